"""Questions about policies that take a whole library: do the scenarios hold?"""
