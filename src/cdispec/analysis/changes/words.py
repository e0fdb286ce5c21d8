"""The redline: what of a text was kept, removed and added, word by word, so that it reads well."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate, groupby
from typing import NamedTuple, TypeVar

from cdispec.analysis.changes.alignment import alike_ends


class SpanKind(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class WordSpan:
    """A stretch of text and what became of it."""

    kind: SpanKind
    text: str


T = TypeVar("T", bound=Hashable)

_TOKEN = re.compile(r"\s+|and/or\b|\d+(?:[.,/]\d+)*(?!\w)|\w+(?:[-'’.]\w+)*|.", re.DOTALL)
_LITTLE = re.compile(r"[a-z]{1,3}|\W+")
_SENTENCE_END = re.compile(r"[.!?:;]")


def redline(before: str, after: str) -> tuple[WordSpan, ...]:
    """The spans of both texts: kept and removed ones joined are the first text, kept and added ones the second."""
    return tuple(WordSpan(kind, "".join(tokens)) for kind, tokens in matched(tokens_of(before), tokens_of(after)))


def tokens_of(text: str) -> list[str]:
    """The words, spaces and signs of a text; joined they are the text."""
    return _TOKEN.findall(text)


def matched(
    before: Sequence[T], after: Sequence[T], text: Callable[[T], str] = str
) -> Iterator[tuple[SpanKind, Sequence[T]]]:
    """Which tokens were kept, removed and added, in runs; where both, the removed ones come first.

    Words, spaces and signs should be tokens of their own (see `tokens_of`). `text` gives what a token prints; it says
    which kept ones are too little to stand alone between two changes. Kept tokens are those of `after`.
    """
    for step in _well_cut(_readable(_steps(before, after, text), before, after, text), before, after, text):
        if step.same:
            yield SpanKind.KEPT, after[step.new]
            continue
        if step.removes:
            yield SpanKind.REMOVED, before[step.old]
        if step.adds:
            yield SpanKind.ADDED, after[step.new]


class _Step(NamedTuple):
    """A stretch of both sides: the same in each, or one that replaces the other."""

    same: bool
    old: slice
    new: slice

    @property
    def removes(self) -> int:
        return int(self.old.stop - self.old.start)

    @property
    def adds(self) -> int:
        return int(self.new.stop - self.new.start)


def _steps(before: Sequence[T], after: Sequence[T], text: Callable[[T], str]) -> list[_Step]:
    """Words are matched first. Spaces are alike everywhere: they are kept beside words that are, and match nothing."""
    old_words, new_words = (
        [n for n, token in enumerate(tokens) if not text(token).isspace()] for tokens in (before, after)
    )
    matcher = SequenceMatcher(None, [before[n] for n in old_words], [after[n] for n in new_words], autojunk=False)
    pairs = (
        (old_words[old + n], new_words[new + n])
        for old, new, size in matcher.get_matching_blocks()
        for n in range(size)
    )
    steps: list[_Step] = []
    old_start = new_start = 0
    for old, new in (*pairs, (len(before), len(after))):
        steps += _between(before, after, slice(old_start, old), slice(new_start, new))
        old_start, new_start = old + 1, new + 1
        steps.append(_Step(True, slice(old, min(old_start, len(before))), slice(new, min(new_start, len(after)))))
    return _joined(steps)


def _between(before: Sequence[T], after: Sequence[T], old: slice, new: slice) -> Iterator[_Step]:
    """What stands between two words that were kept: what is alike at both of its ends was kept as well."""
    head, tail = alike_ends(before[old], after[new])
    yield _Step(True, slice(old.start, old.start + head), slice(new.start, new.start + head))
    yield _Step(False, slice(old.start + head, old.stop - tail), slice(new.start + head, new.stop - tail))
    yield _Step(True, slice(old.stop - tail, old.stop), slice(new.stop - tail, new.stop))


def _joined(steps: list[_Step]) -> list[_Step]:
    """Neighbours of one kind as one step, without the empty ones."""
    full = [step for step in steps if step.removes or step.adds]
    runs = (list(run) for _, run in groupby(full, key=lambda step: step.same))
    return [
        _Step(run[0].same, slice(run[0].old.start, run[-1].old.stop), slice(run[0].new.start, run[-1].new.stop))
        for run in runs
    ]


def _readable(steps: list[_Step], before: Sequence[T], after: Sequence[T], text: Callable[[T], str]) -> list[_Step]:
    """Without kept islands: words so few between two changes that they are alike by chance."""
    ends = [[0, *accumulate(len(text(token)) for token in tokens)] for tokens in (before, after)]

    def size(step: _Step) -> int:
        sides = zip(ends, (step.old, step.new), strict=True)
        return max(int(lengths[part.stop] - lengths[part.start]) for lengths, part in sides)

    def absorbed(left: _Step, island: _Step, right: _Step) -> bool:
        # Between two mere additions, words that stayed would have to be told as removed and added again.
        if not (island.same and left.removes + right.removes and left.adds + right.adds):
            return False
        little = all(_LITTLE.fullmatch(text(token)) for token in after[island.new])
        return size(island) * (1 if little else 4) <= min(size(left), size(right))

    while True:
        merged: list[_Step] = []
        for step in steps:
            merged.append(step)
            if len(merged) > 2 and absorbed(*merged[-3:]):
                merged[-3:] = _joined([part._replace(same=False) for part in merged[-3:]])
        if len(merged) == len(steps):
            return steps
        steps = merged


def _well_cut(steps: list[_Step], before: Sequence[T], after: Sequence[T], text: Callable[[T], str]) -> list[_Step]:
    """With what is only added or only removed cut where a reader would: one whole sentence, not halves of two.

    "One. Two." that becomes "One. New. Two." has gained ". New" as well as "New. "; the second reads better.
    """
    # What a step gives up at either end of the text is kept, too.
    first, last = (_Step(True, slice(old, old), slice(new, new)) for old, new in ((0, 0), (len(before), len(after))))
    steps = [first, *steps, last]
    for n, step in enumerate(steps):
        if step.same or (step.removes and step.adds):
            continue
        tokens, at = (before, step.old) if step.removes else (after, step.new)
        by = _best_shift(tokens, at, steps[n - 1].adds, steps[n + 1].adds, text)
        steps[n - 1] = _moved(steps[n - 1], end=by)
        steps[n] = _moved(step, by, by)
        steps[n + 1] = _moved(steps[n + 1], start=by)
    return _joined(steps)


def _best_shift(tokens: Sequence[T], at: slice, left: int, right: int, text: Callable[[T], str]) -> int:
    """By how many tokens a stretch may begin later (or earlier, below 0) and say the same, where it is cut best."""
    shifts = [0]
    for by in range(1, min(left, len(tokens)) + 1):
        if tokens[at.start - by] != tokens[at.stop - by]:
            break
        shifts.append(-by)
    for by in range(right):
        if tokens[at.start + by] != tokens[at.stop + by]:
            break
        shifts.append(by + 1)
    return max(shifts, key=lambda by: _cut(tokens, at.start + by, text) + _cut(tokens, at.stop + by, text))


def _cut(tokens: Sequence[T], at: int, text: Callable[[T], str]) -> int:
    """How well a text can be cut before a token: between sentences best, then between words."""
    if at in (0, len(tokens)):
        return 3
    if not text(tokens[at - 1]).isspace():
        return 0
    return 3 if at > 1 and _SENTENCE_END.fullmatch(text(tokens[at - 2])) else 2


def _moved(step: _Step, start: int = 0, end: int = 0) -> _Step:
    old, new = step.old, step.new
    return _Step(step.same, slice(old.start + start, old.stop + end), slice(new.start + start, new.stop + end))
