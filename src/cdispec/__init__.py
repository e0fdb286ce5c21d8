"""cdispec makes coverage policies executable, tested, explained and published.

The names in `__all__` are what other programs may use, as PYTHON.md describes them. All else may change at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cdispec.api import (
        Case,
        Determination,
        Difference,
        Explanation,
        Including,
        Issue,
        Later,
        Library,
        Month,
        NoValue,
        Outcome,
        Policy,
        PolicyStates,
        Refused,
        Rows,
        Truth,
        Way,
        as_json,
        open_library,
    )
else:

    def __getattr__(name: str) -> object:
        """A name of the API, which is imported with the first one, so that the command line starts without it."""
        if name not in __all__:
            raise AttributeError(f"module `cdispec` has no `{name}`")
        from cdispec import api

        return getattr(api, name)


__all__ = [
    "Case",
    "Determination",
    "Difference",
    "Explanation",
    "Including",
    "Issue",
    "Later",
    "Library",
    "Month",
    "NoValue",
    "Outcome",
    "Policy",
    "PolicyStates",
    "Refused",
    "Rows",
    "Truth",
    "Way",
    "as_json",
    "open_library",
]


def __dir__() -> list[str]:
    return __all__
