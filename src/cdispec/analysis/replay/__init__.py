"""The cases of scenarios, decided by their policy and by small edits of it."""
