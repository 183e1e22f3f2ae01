"""What the municipalities need to know, find or use: told, pooled across them, and prioritised."""
