"""What pages tell beside a policy's own words: its evidence, its codes, what to document, what has changed."""
