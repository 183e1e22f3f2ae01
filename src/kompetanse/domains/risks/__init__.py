"""What may go wrong for the region's work: how likely, how grave, who owns it, and what is done about it."""
