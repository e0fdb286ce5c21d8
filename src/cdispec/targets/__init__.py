"""Other languages that a policy compiles to, each held equal to the reference by tests."""
