"""A policy library: the only reader of its files.

Reading is total: every function returns what it could read and every issue it found, and never raises on bad input.
"""

from cdispec.library.files import LARGEST_FILE, decode, find_library, read_text, source_lines
from cdispec.library.policies import Library, read_library, sorted_issues, undecidable
from cdispec.library.revisions import read_revisions
from cdispec.library.sources import Memory, source_digests
from cdispec.library.suite import Reading, Suite, read_suite

__all__ = [
    "LARGEST_FILE",
    "Library",
    "Memory",
    "Reading",
    "Suite",
    "decode",
    "find_library",
    "read_library",
    "read_revisions",
    "read_suite",
    "read_text",
    "sorted_issues",
    "source_digests",
    "source_lines",
    "undecidable",
]
