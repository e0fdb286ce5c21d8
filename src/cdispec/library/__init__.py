"""A policy library: the only reader of its files.

Reading is total: every function returns what it could read and every issue it found, and never raises on bad input.
"""

from cdispec.library.files import LARGEST_FILE, decode, find_library, read_text, source_lines
from cdispec.library.frozen import read_frozen
from cdispec.library.memory import Memory
from cdispec.library.policies import Library, read_library, read_working, sorted_issues, undecidable
from cdispec.library.states import deciding, working
from cdispec.library.suite import Reading, Suite, read_suite

__all__ = [
    "LARGEST_FILE",
    "Library",
    "Memory",
    "Reading",
    "Suite",
    "deciding",
    "decode",
    "find_library",
    "read_frozen",
    "read_library",
    "read_suite",
    "read_text",
    "read_working",
    "sorted_issues",
    "source_lines",
    "undecidable",
    "working",
]
