"""Rooms, trainers, equipment, their bookings, and what participants need."""
