"""Mutants of a policy: small edits of it, each of which a scenario should notice unless it changes nothing."""
