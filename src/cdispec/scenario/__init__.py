"""Scenarios: what the sentences of a feature say of a policy, and whether the policy agrees."""
