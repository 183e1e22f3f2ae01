"""Measurements. Timings belong here and never in the tests."""
