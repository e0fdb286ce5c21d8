"""Checks: what is wrong with a policy that could be read."""
