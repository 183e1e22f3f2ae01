"""What people think of the courses, and whether what was learnt is used."""
