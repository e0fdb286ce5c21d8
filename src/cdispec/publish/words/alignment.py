"""Which pieces of a state are those of another one, and where what was removed stood among those that stayed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

_ENOUGH = 0.4
"""Pieces that share less of their words are two different ones."""

_Piece = TypeVar("_Piece")


def aligned(
    before: Sequence[_Piece],
    after: Sequence[_Piece],
    key: Callable[[_Piece], str],
    words: Callable[[_Piece], Sequence[str]],
) -> Iterator[tuple[_Piece | None, _Piece | None]]:
    """Pieces of two states side by side, in the order of the state after; what was removed stands where it stood.

    Pieces are matched by their keys, wherever they stand. Where several have one key, or none (""), those are matched
    that say most alike, in their order.
    """
    pairs: dict[int, int] = {}
    former, later = _by_key(before, key), _by_key(after, key)
    for name in former.keys() & later.keys():
        if name and len(former[name]) == len(later[name]) == 1:
            pairs[later[name][0]] = former[name][0]
        else:
            pairs |= _most_alike(former[name], later[name], lambda n: words(before[n]), lambda n: words(after[n]))
    yield from _side_by_side(before, after, pairs)


def _by_key(pieces: Sequence[_Piece], key: Callable[[_Piece], str]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, piece in enumerate(pieces):
        places[key(piece)].append(place)
    return places


def _side_by_side(
    before: Sequence[_Piece], after: Sequence[_Piece], pairs: Mapping[int, int]
) -> Iterator[tuple[_Piece | None, _Piece | None]]:
    """`pairs` gives for places of the state after the place before. What was removed follows what it followed."""
    kept = set(pairs.values())
    following: defaultdict[int, list[_Piece]] = defaultdict(list)
    last = -1
    for place, piece in enumerate(before):
        if place in kept:
            last = place
        else:
            following[last].append(piece)
    yield from ((removed, None) for removed in following[-1])
    for place, piece in enumerate(after):
        was = pairs.get(place)
        yield None if was is None else before[was], piece
        if was is not None:
            yield from ((removed, None) for removed in following[was])


def _most_alike(
    before: list[int],
    after: list[int],
    words_before: Callable[[int], Sequence[str]],
    words_after: Callable[[int], Sequence[str]],
) -> dict[int, int]:
    """The places after with their places before, so that in their order as much as can be is alike."""
    former, later = [Counter(words_before(n)) for n in before], [Counter(words_after(n)) for n in after]
    # What is alike at both ends is set aside first, for the rest takes a step for each two of them.
    shorter = min(len(former), len(later))
    head = next((n for n in range(shorter) if former[n] != later[n]), shorter)
    tail = next((n for n in range(shorter - head) if former[-1 - n] != later[-1 - n]), shorter - head)
    pairs = {after[n]: before[n] for n in range(head)}
    pairs |= {after[-1 - n]: before[-1 - n] for n in range(tail)}
    rows, columns = range(head, len(former) - tail), range(head, len(later) - tail)
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    alike = [[_alike(former[row], later[column]) for column in columns] for row in rows]
    for n in reversed(range(len(rows))):
        for m in reversed(range(len(columns))):
            best[n][m] = max(best[n + 1][m], best[n][m + 1], alike[n][m] and alike[n][m] + best[n + 1][m + 1])
    n = m = 0
    while n < len(rows) and m < len(columns):
        if alike[n][m] and best[n][m] == alike[n][m] + best[n + 1][m + 1]:
            pairs[after[columns[m]]] = before[rows[n]]
            n, m = n + 1, m + 1
        elif best[n][m] == best[n + 1][m]:
            n += 1
        else:
            m += 1
    return pairs


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two pieces have in common; 0 where that is too little."""
    both = one.total() + other.total()
    share = 2 * (one & other).total() / both if both else 1.0
    return share if share >= _ENOUGH else 0.0
