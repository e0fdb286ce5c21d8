"""Choices: what random policies and cases are made by.

To be asked for each of them takes Hypothesis longer than most tests do with what is made, so that it draws bytes, which
decide many. At night it is asked for each: it then finds a simpler example of what fails. Either way a lower number is
an earlier choice, and what stands first is what is simplest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st

T = TypeVar("T")

BLOCK = 32
"""So many bytes are drawn at once, and made simple at once."""


class Choices:
    """Makes choices by a function that gives a number below another one."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below

    def between(self, low: int, high: int) -> int:
        """A number from one to another, both included."""
        return low + self.below(high - low + 1)

    def rarely(self, times: int = 6) -> bool:
        """Once in so many times."""
        return self.below(times) == times - 1

    def either(self) -> bool:
        """As often as not."""
        return self.rarely(2)

    def of(self, values: Sequence[T]) -> T:
        """One of these."""
        return values[self.below(len(values))]

    def some(self, values: Iterable[T], least: int = 0) -> list[T]:
        """Any of these in their order, at least so many of them."""
        known = list(values)
        chosen = [self.either() for _ in known]
        missing = least - sum(chosen)
        return [value for n, (value, so) in enumerate(zip(known, chosen, strict=True)) if so or n < missing]

    def shuffled(self, values: Iterable[T]) -> list[T]:
        """All of these in any order."""
        left = list(values)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]


def chosen(make: Callable[[Choices], T], choices: int = 256) -> st.SearchStrategy[T]:
    """What is made by about so many choices: beyond them each is the first."""
    blocks = st.tuples(*[st.binary(min_size=BLOCK, max_size=BLOCK)] * -(-choices // BLOCK))

    @st.composite
    def drawn(draw: st.DrawFn) -> T:
        if settings.get_current_profile_name() == "night":
            return make(Choices(lambda count: draw(_below(count))))
        return make(Choices(_by_bytes(draw(blocks))))

    return drawn()


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def _by_bytes(drawn: Iterable[bytes]) -> Callable[[int], int]:
    left = chain.from_iterable(drawn)

    def below(count: int) -> int:
        number, limit = 0, 1
        while limit < count:
            number, limit = number * 256 + next(left, 0), limit * 256
        return number % count

    return below
