"""The embedded stack: real servers out of wheels, and the supervisor that keeps them running."""
