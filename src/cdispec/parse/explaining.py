"""Which slip a problem of the parser comes from: that of the lines that could be meant with which it comes furthest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cdispec.parse.indents import belonging, lead_of, open_above
from cdispec.parse.slips import LIKELY, OF_REPEATED, PAIRS, SURE, Slip, indentation

_FURTHER_UP = 200

Reach = Callable[[list[str]], tuple[tuple[int, int], int]]
"""How far a parser comes in lines, which is where it finds the first problem, counted from 0; and what it reads there,
as a number that is another one where something else is read."""


def explained(lines: list[str], places: Iterable[int], at: tuple[int, int], repeats: bool, reach: Reach) -> Slip | None:
    """The slip for which the parser finds a problem at a place: the first with which it comes furthest.

    `places` are the lines to look at, likeliest first; `repeats` says that the problem is a key that is there twice.
    """
    furthest, rivals, tried = at, list[tuple[Slip, int]](), set[Slip]()
    near = list(dict.fromkeys(_and_above(lines, places)))
    looks = (OF_REPEATED,) if repeats else (SURE, LIKELY)
    for slip in (slip for group in looks for n in near for look in group for slip in look(lines, n)):
        tried.add(slip)
        reached, read = reach(slip.applied(lines))
        if reached > furthest and (not slip.moves or reached[0] > at[0]):
            furthest, rivals = reached, []
        if reached == furthest > at:
            rivals.append((slip, read))
    if not rivals:
        return None
    best, meant = rivals[0]
    if best.moves and not best.blank:
        # Instead of a line what it is compared with can be indented wrongly, however far above that is.
        further = (one for m, _ in open_above(lines, at[0]) for one in indentation(lines, m, at[0]))
        reached_by = ((one, reach(one.applied(lines))) for one in further if one not in tried)
        rivals += [(one, read) for one, (reached, read) in reached_by if reached >= furthest]
    others = [one for one, read in rivals if read != meant and _rivals(one, best)]
    if not others:
        return best
    widths = dict.fromkeys(len(lead_of(one.fix.new)) for one in (best, *others) if one.line == best.line)
    if not best.moves or len(widths) < 2:
        return best.doubted()
    ways = [f"{width} spaces to {belonging(lines, best.line, width)}" for width in _nearest(best, widths)]
    return best.doubted()._replace(hint=f"indent it as it is meant: it belongs with {'; with '.join(ways)}")


def _rivals(one: Slip, best: Slip) -> bool:
    """Whether one slip can be made as well as another: each that moves a line can where another does."""
    return one.moves if best.moves and not best.blank else one.message == best.message


def _nearest(slip: Slip, widths: Iterable[int]) -> list[int]:
    return sorted(widths, key=lambda width: abs(width - len(lead_of(slip.fix.old))))


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
