"""Courses: from a measure to people in the room and competence in the ledger."""
