"""A policy library: the only reader of its files.

Reading is total: every function returns what it could read and every issue of reading it, and never raises on bad
input. What is wrong with what was read is the matter of `check`.
"""

from cdispec.library.files import LARGEST_FILE, decode, find_library, read_text, source_lines
from cdispec.library.memory import Memory
from cdispec.library.policies import PolicyFolder, PolicyLibrary, read_library, read_working_states
from cdispec.library.suite import ScenarioReading, Suite, read_frozen, read_suite

__all__ = [
    "LARGEST_FILE",
    "Memory",
    "PolicyFolder",
    "PolicyLibrary",
    "ScenarioReading",
    "Suite",
    "decode",
    "find_library",
    "read_frozen",
    "read_library",
    "read_suite",
    "read_text",
    "read_working_states",
    "source_lines",
]
