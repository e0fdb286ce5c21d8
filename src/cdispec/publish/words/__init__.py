"""The printed words of a policy, as a tree that every format is written from."""
