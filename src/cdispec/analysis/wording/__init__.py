"""Where the printed words of a policy and the logic that they stand for disagree."""
