"""Scenarios that write themselves: the shortest that show what no scenario shows, and that notice what none notices."""
