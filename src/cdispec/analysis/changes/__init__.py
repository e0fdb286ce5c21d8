"""What a revision says: clauses, facts, codes and definitions that differ from those of the one before."""
