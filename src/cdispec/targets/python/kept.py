"""What was worked out for a case is kept for others, within bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

KEPT = 20_000
"""Values that are kept of one kind; the oldest makes room."""

PARTS = 2_000_000
"""The parts that kept values have in all, so that those of a long list of codes fit into memory too."""


class Kept(dict[Any, Any]):
    """Values by what they depend on, as many as there is room for; `parts` is how many one has."""

    def __init__(self, parts: int) -> None:
        super().__init__()
        self._room = max(1, min(KEPT, PARTS // max(1, parts)))

    def __setitem__(self, key: Any, value: Any) -> None:
        if len(self) >= self._room:
            del self[next(iter(self))]
        super().__setitem__(key, value)


class Made(Kept):
    """Values that are made when they are first asked for."""

    def __init__(self, make: Callable[[Any], Any], parts: int = 1) -> None:
        super().__init__(parts)
        self._make = make

    def __missing__(self, key: Any) -> Any:
        value = self[key] = self._make(key)
        return value
