"""Four languages for the same answers."""
