"""Kompetanseregionen."""
