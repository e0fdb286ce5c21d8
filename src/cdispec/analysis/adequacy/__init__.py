"""How well the scenarios of a policy test it: what they show of each clause, and which slips they notice."""
