"""Runs the scenarios of a library with pytest: what `steps/` of a library imports. No other part of the tool knows pytest."""
