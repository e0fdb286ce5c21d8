"""A line of the redline: its words with those that were removed and added marked, in the form that they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import assert_never

from cdispec.analysis.changes.words import SpanKind, matched, tokens_of
from cdispec.model.inlines import (
    Abbreviation,
    Break,
    Code,
    CrossReference,
    Inline,
    Inlines,
    Link,
    Mark,
    Marked,
    Mention,
    Text,
    words_of,
)


def reworded(before: Inlines, after: Inlines) -> Inlines:
    """A line as it reads after, with the words that were removed and added marked."""
    found: list[Inline] = []
    for kind, run in matched(_tokens(before), _tokens(after), lambda token: token.text):
        start, end = _edges(run)
        words = _built(run[start:end])
        match kind:
            case SpanKind.KEPT:
                found += _built(run)
            case SpanKind.REMOVED if words:
                found += (*_space(start > 0), Marked(Mark.DELETED, _leading_nowhere(words)), *_space(end < len(run)))
            case SpanKind.ADDED if words:
                # What takes the place of removed words stands apart from them.
                apart = bool(found) and isinstance(found[-1], Marked) and found[-1].mark is Mark.DELETED
                found += (*_space(start > 0 or apart), Marked(Mark.INSERTED, words), *_space(end < len(run)))
            case SpanKind.ADDED:
                found += _built(run)
            case SpanKind.REMOVED:
                pass
            case _:
                assert_never(kind)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, space or sign. Those are equal that print the same and lead to the same place on the web.

    `inline` is what it is printed as, and `around` the marks that it stands in.
    """

    text: str
    target: str
    inline: Inline = field(compare=False)
    around: tuple[Inline, ...] = field(compare=False)


def _tokens(inlines: Inlines, around: tuple[Inline, ...] = ()) -> list[_Token]:
    found: list[_Token] = []
    for inline in inlines:
        match inline:
            case Text(text):
                found += _words(text, around)
            case Code(text) | Mention(text, _) | Abbreviation(text, _):
                found += _words(text, (*around, inline))
            case Marked(_, of):
                found += _tokens(of, (*around, inline))
            case Link(href, of):
                target = "" if href.startswith("#") else href
                found.append(_Token(words_of(of), target, inline, around))
            case CrossReference(label, _):
                found.append(_Token(label, "", inline, around))
            case Break():
                found.append(_Token(" ", "", inline, around))
            case _:
                assert_never(inline)
    return found


def _words(text: str, around: tuple[Inline, ...]) -> Iterator[_Token]:
    for word in tokens_of(text):
        yield _Token(" " if word.isspace() else word, "", Text(word), around)


def _edges(run: Sequence[_Token]) -> tuple[int, int]:
    """Where the words of a run begin and end: a space at its edges is not marked."""
    start, end = 0, len(run)
    while start < end and run[start].text == " ":
        start += 1
    while end > start and run[end - 1].text == " ":
        end -= 1
    return start, end


def _space(stands: bool) -> Inlines:
    return (Text(" "),) if stands else ()


def _built(tokens: Sequence[_Token], depth: int = 0) -> Inlines:
    """The tokens with the marks that they stood in."""
    found: list[Inline] = []
    for mark, group in groupby(tokens, key=lambda token: id(token.around[depth]) if token.around[depth:] else None):
        run = list(group)
        if mark is not None:
            found.append(_marked(run, depth))
            continue
        for is_text, same in groupby((token.inline for token in run), key=lambda inline: isinstance(inline, Text)):
            inlines = tuple(same)
            found += [Text(words_of(inlines))] if is_text else inlines
    return tuple(found)


def _marked(run: Sequence[_Token], depth: int) -> Inline:
    within = _built(run, depth + 1)
    mark = run[0].around[depth]
    match mark:
        case Marked():
            return replace(mark, of=within)
        case Code() | Mention() | Abbreviation():
            return replace(mark, text=words_of(within))
        case Text() | Link() | CrossReference() | Break():
            raise AssertionError(mark)
        case _:
            assert_never(mark)


def _leading_nowhere(inlines: Inlines) -> Inlines:
    """The words without what leads into the document: what it led to may be gone, or be another clause now."""
    found: list[Inline] = []
    for inline in inlines:
        match inline:
            case Mention(text, _):
                found.append(Text(text))
            case CrossReference(label, _):
                found.append(CrossReference(label, ""))
            case Link(href, of):
                found += _leading_nowhere(of) if href.startswith("#") else (inline,)
            case Marked(_, of):
                found.append(replace(inline, of=_leading_nowhere(of)))
            case Text() | Code() | Break() | Abbreviation():
                found.append(inline)
            case _:
                assert_never(inline)
    return tuple(found)
