"""The region's year: steps with days, who does what, where each municipality stands, and what is late."""
