"""Questions about all cases of a policy at once, answered by a solver, and the smallest cases that show an answer."""
