"""Runs the scenarios of a library with pytest, which no other part of the tool knows. `steps/` imports it."""
