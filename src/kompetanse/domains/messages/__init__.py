"""What is written to people: its words, its way out, its state; and the appointments in their calendars."""
