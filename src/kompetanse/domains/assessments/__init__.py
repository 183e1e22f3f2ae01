"""Assessments (kartlegging): how well people master what is required of them, said by several, side by side."""
