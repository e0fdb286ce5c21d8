"""How much work a proof may take. Nothing here needs the solver itself."""

from __future__ import annotations

from importlib.util import find_spec

from cdispec.core.work import SECOND, Work
from cdispec.source import Refused

LIMIT = 10.0
"""The work that a question is given where nothing else is said: so many seconds of an ordinary machine."""

ALL = 6
"""All questions about one policy or revision together are given this many times as much as one."""


def of_one(limit: float) -> int:
    """The steps that one question may take."""
    return int(limit * SECOND)


def of_all(limit: float) -> Work:
    """The work that all questions together may take: making formulas, solving, and making cases smaller."""
    return Work(of_one(ALL * limit))


def can_prove() -> bool:
    """Whether the solver is installed."""
    return find_spec("z3") is not None


def require_prover() -> None:
    """Refuse what needs the solver where it is not installed, and say how to get it."""
    if not can_prove():
        raise Refused("proving needs z3, which is not installed", "pip install 'cdispec[prove]'")
