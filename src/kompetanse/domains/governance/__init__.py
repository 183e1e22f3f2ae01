"""What is to be reached, within which limits, and who decided what: goals, frames, meetings, cases, minutes."""
