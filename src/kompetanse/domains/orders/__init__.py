"""Orders: the municipalities ask the office for seats on what the plan says."""
