"""How a command ends."""

DONE, FAILED, USAGE = 0, 1, 2
