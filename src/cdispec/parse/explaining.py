"""Which slip a problem of the parser comes from: that of the lines that could be meant with which it comes furthest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cdispec.parse.slips import LIKELY, OF_REPEATED, PAIRS, SURE, Slip, lead_of

_FURTHER_UP = 200

Reach = Callable[[list[str]], tuple[int, int]]
"""How far a parser comes in lines: where it finds the first problem, counted from 0."""


def explained(lines: list[str], places: Iterable[int], at: tuple[int, int], repeats: bool, reach: Reach) -> Slip | None:
    """The slip for which the parser finds a problem at a place: the first with which it comes furthest.

    `places` are the lines to look at, likeliest first; `repeats` says that the problem is a key that is there twice.
    """
    best, furthest, rivals = None, at, set()
    near = list(dict.fromkeys(_and_above(lines, places)))
    looks = (OF_REPEATED,) if repeats else (SURE, LIKELY)
    for slip in (slip for group in looks for n in near for look in group for slip in look(lines, n)):
        reached = reach(slip.applied(lines))
        if reached > furthest:
            best, furthest, rivals = slip, reached, {slip.fix.new}
        elif best is not None and reached == furthest and slip.message == best.message:
            rivals.add(slip.fix.new)
    if best is None or len(rivals) == 1:
        return best
    return best.doubted()


def _and_above(lines: list[str], places: Iterable[int]) -> Iterator[int]:
    """The lines, the nearest one above each, the first of those that it belongs to, and one that leaves a sign open."""
    named = [min(n, len(lines) - 1) for n in places]
    yield from named
    for n in named:
        above = [m for m in range(n - 1, max(n - _FURTHER_UP, -1), -1) if lines[m].strip()]
        yield from above[:1]
        if above:
            lead = lead_of(lines[above[0]])
            other = next((place for place, m in enumerate(above) if lead_of(lines[m]) != lead), len(above))
            yield above[other - 1]
        for leaves_open in (_odd, _opens):
            yield from [m for m in (n, *above) if leaves_open(lines[m])][:1]


def _odd(line: str) -> bool:
    """Whether a line leaves a quote open."""
    return line.count('"') % 2 == 1


def _opens(line: str) -> bool:
    """Whether a line has more opening than closing brackets."""
    return any(line.count(opening) > line.count(closing) for opening, closing in PAIRS.items())
