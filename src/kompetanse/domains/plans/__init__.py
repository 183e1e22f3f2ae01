"""The yearly action plan of the region: measures, budget, and the frame that it must keep within."""
