"""A policy's meaning, written once: a program of numbered nodes, and what is known of them in a case. No words."""
