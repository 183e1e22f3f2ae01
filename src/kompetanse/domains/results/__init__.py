"""What came of it: results against the plan, the golden thread, and everybody's first page."""
