"""Choosing few and short cases that do together all that some do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction


def cover(closed: Mapping[int, set[int]], effort: Callable[[int], int]) -> dict[int, set[int]]:
    """Cases, by number, with what each is chosen for, where `closed` says what each could do.

    The next one chosen is the one that takes a reader the least effort for each thing that is still to be done.
    """
    rest = {number: set(own) for number, own in closed.items()}
    found: dict[int, set[int]] = {}
    while rest := {number: own for number, own in rest.items() if own}:
        best = min(rest, key=lambda number: (Fraction(effort(number), len(rest[number])), number))
        found[best] = done = rest.pop(best)
        rest = {number: own - done for number, own in rest.items()}
    return _without_needless(found, closed)


def _without_needless(found: dict[int, set[int]], closed: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """What others that were chosen do as well need not be chosen for itself; what they do is put down to them."""
    for number in [*found]:
        others = [other for other in found if other != number]
        if all(any(thing in closed[other] for other in others) for thing in found[number]):
            for thing in found.pop(number):
                found[next(other for other in others if thing in closed[other])].add(thing)
    return found
