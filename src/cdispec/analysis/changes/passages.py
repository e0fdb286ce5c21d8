"""Texts of two states of a policy compared: paragraph with paragraph, then word with word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from cdispec.analysis.changes.alignment import most_alike, side_by_side
from cdispec.analysis.changes.change import Passage
from cdispec.analysis.changes.words import SpanKind, WordSpan, redline, tokens_of
from cdispec.model.inlines import plain_words
from cdispec.model.policy import Policy

_ALIKE = 0.5
"""From this share of common words on, two paragraphs are one that was reworded, and not one in the other's place."""


class TextPart(NamedTuple):
    """A piece of words as its author wrote it in Markdown, and what part it is: a title, a paragraph, a list item."""

    part: str
    markdown: str


class Wording:
    """Tells in which words two states of a policy differ.

    A cross reference is compared by the clause that it names. Where only that clause's label changed, the words did
    not; both states are then told with the newer label.
    """

    def __init__(self, before: Policy, after: Policy) -> None:
        by_id = (replace(before, clauses={}), replace(after, clauses={}))
        labelled = (replace(before, clauses={**before.clauses, **after.clauses}), after)
        self._by_id = tuple(_reader(state) for state in by_id)
        self._labelled = tuple(_reader(state) for state in labelled)

    def differences(self, before: Sequence[TextPart], after: Sequence[TextPart]) -> tuple[Passage, ...]:
        """The passages in which the pieces differ, in their order: reworded, removed and added ones."""
        if [*before] == [*after]:
            return ()
        old = [self._by_id[0](piece.markdown) for piece in before]
        new = [self._by_id[1](piece.markdown) for piece in after]
        found = []
        for left, right in aligned_texts(old, new):
            piece = after[right] if right is not None else before[left or 0]
            spans = self._spans(
                None if left is None else before[left].markdown, None if right is None else after[right].markdown
            )
            if spans:
                found.append(Passage(piece.part, spans))
        return tuple(found)

    def difference(self, part: str, before: str, after: str) -> tuple[Passage, ...]:
        """The passage in which one text differs from another, or none; "" is a text that is absent."""
        spans = self._spans(before or None, after or None)
        return (Passage(part, spans),) if spans else ()

    def _spans(self, before: str | None, after: str | None) -> tuple[WordSpan, ...]:
        """What differs between two texts; empty where nothing does. None is a text that is absent."""
        if before == after:
            return ()
        if before is None or after is None:
            state, kind = (1, SpanKind.ADDED) if before is None else (0, SpanKind.REMOVED)
            words = self._labelled[state](before or after or "")
            return (WordSpan(kind, words),) if words else ()
        if self._by_id[0](before) == self._by_id[1](after):
            return ()
        old, new = self._labelled[0](before), self._labelled[1](after)
        if old == new:
            # Another clause stands under the same label now: only its id tells them apart.
            old, new = self._by_id[0](before), self._by_id[1](after)
        return redline(old, new)


def _reader(policy: Policy) -> Callable[[str], str]:
    return cache(lambda text: plain_words(policy, text))


def aligned_texts(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which paragraph of one text became which of another, in order; one without a partner was removed or added."""
    pairs: dict[int, int] = {}
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old, older, new, newer in matcher.get_opcodes():
        if tag == "equal":
            pairs |= zip(range(new, newer), range(old, older), strict=True)
        else:
            alike = most_alike([*map(_words, before[old:older])], [*map(_words, after[new:newer])], _ALIKE)
            pairs |= {new + m: old + n for n, m in alike}
    return side_by_side(range(len(before)), range(len(after)), pairs)


def _words(text: str) -> list[str]:
    return [token for token in tokens_of(text) if not token.isspace()]
