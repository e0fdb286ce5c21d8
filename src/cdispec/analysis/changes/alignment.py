"""Which pieces of one state are those of another, and where what was removed stood among those that stayed."""

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
    words: Callable[[_Piece], Sequence[str]] = lambda _: (),
) -> Iterator[tuple[_Piece | None, _Piece | None]]:
    """Pieces of two states side by side, in the order of the state after; what was removed stands where it stood.

    Pieces are matched by their keys, wherever they stand. Where several have one key, or none (""), those are matched
    that say most alike, in their order.
    """
    pairs: dict[int, int] = {}
    former, later = _by_key(before, key), _by_key(after, key)
    for name in former.keys() & later.keys():
        old, new = former[name], later[name]
        if name and len(old) == len(new) == 1:
            pairs[new[0]] = old[0]
        else:
            alike = most_alike([words(before[n]) for n in old], [words(after[n]) for n in new], _ENOUGH)
            pairs |= {new[m]: old[n] for n, m in alike}
    yield from side_by_side(before, after, pairs)


def _by_key(pieces: Sequence[_Piece], key: Callable[[_Piece], str]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, piece in enumerate(pieces):
        places[key(piece)].append(place)
    return places


def side_by_side(
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


def most_alike(
    before: Sequence[Sequence[str]], after: Sequence[Sequence[str]], enough: float
) -> Iterator[tuple[int, int]]:
    """The places, before and after, of pieces that are matched in their order so that as much as can be is alike.

    A piece is given by its words. Two that share less of them than `enough`, a share of 1, are not matched.
    """
    former, later = [Counter(words) for words in before], [Counter(words) for words in after]
    # What is alike at both ends is set aside first, for the rest takes a step for each two of them.
    head, tail = alike_ends(former, later)
    yield from ((n, n) for n in range(head))
    rows, columns = former[head : len(former) - tail], later[head : len(later) - tail]
    alike = [[_alike(row, column, enough) for column in columns] for row in rows]
    # best[n][m]: the greatest likeness that the pieces from the n-th and the m-th on can be matched with.
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for n in reversed(range(len(rows))):
        for m in reversed(range(len(columns))):
            best[n][m] = max(best[n + 1][m], best[n][m + 1], alike[n][m] and alike[n][m] + best[n + 1][m + 1])
    n = m = 0
    while n < len(rows) and m < len(columns):
        if alike[n][m] and best[n][m] == alike[n][m] + best[n + 1][m + 1]:
            yield head + n, head + m
            n, m = n + 1, m + 1
        elif best[n][m] == best[n + 1][m]:
            n += 1
        else:
            m += 1
    yield from ((len(former) - n, len(later) - n) for n in range(tail, 0, -1))


def alike_ends(before: Sequence[object], after: Sequence[object]) -> tuple[int, int]:
    """How many pieces are the same at the beginning of two sequences, and how many of the others at their end."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    tail = next((n for n in range(shorter - head) if before[-1 - n] != after[-1 - n]), shorter - head)
    return head, tail


def _alike(one: Counter[str], other: Counter[str], enough: float) -> float:
    """The share of words that two pieces have in common; 0 where that is too little."""
    both = one.total() + other.total()
    share = 2 * (one & other).total() / both if both else 1.0
    return share if share >= enough else 0.0
