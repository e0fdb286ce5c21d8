"""What a revision does: which requests it decides otherwise than the one before, proved by a solver."""
