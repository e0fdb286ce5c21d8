"""How long the solver may try, and what is said where that was too short. Nothing here needs the solver itself."""

from __future__ import annotations

from importlib.util import find_spec

from cdispec.issues.catalogue import seconds_words
from cdispec.source import Refused

__all__ = ["ALL", "LIMIT", "UndecidedError", "can_prove", "require_prover", "seconds_words"]

LIMIT = 10.0
"""How many seconds a question is given where nothing else is said."""

ALL = 6
"""All questions about one policy or revision together are given this many times as long as one."""


class UndecidedError(Exception):
    """The solver did not answer a question within its limit of `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"not decided in {seconds_words(seconds)}")


def can_prove() -> bool:
    """Whether the solver is installed."""
    return find_spec("z3") is not None


def require_prover() -> None:
    """Refuse what needs the solver where it is not installed, and say how to get it."""
    if not can_prove():
        raise Refused("proving needs z3, which is not installed", "pip install 'cdispec[prove]'")
