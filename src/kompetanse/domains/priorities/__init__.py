"""The forum weighs pooled needs against each other, sees where it disagrees, and puts them in order."""
