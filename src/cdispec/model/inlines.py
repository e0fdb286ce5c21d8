"""What a line of a policy's Markdown says: its words, how they are marked, and what it lets through.

Raw HTML is text unless it is on a short list; links lead to the web, to mail or into the document; nothing is fetched.
Documents are printed from what is read here, and plain words are read off it, so that both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, assert_never

from cdispec.model.policy import REFERENCE, Policy

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

UNMARKED = re.compile(r"(?!\s)[^\\`*_\[\]<>&{}!\n\r\0]*(?<!\s)(?:\n(?!\s)[^\\`*_\[\]<>&{}!\n\r\0]+(?<!\s))*")
"""Lines in which Markdown has nothing to mark, as most are; reading them as Markdown takes most of the time."""

_ALLOWED_LINK = re.compile(r"https?://|mailto:|#", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>")
_TAG = re.compile(r"<(?P<name>sup|sub|abbr)>|<(?P<titled>abbr) title=\"(?P<title>[^\"<>]*)\">")


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are read; a line end in them is a space that the author broke the line at."""

    text: str


class Mark(StrEnum):
    """How words are marked, by the element of HTML that marks them.

    Words are inserted and deleted in a redline alone. These stand around all other marks, and never in another; nothing
    in words that are deleted leads into the document.
    """

    STRONG = "strong"
    EMPHASIS = "em"
    RAISED = "sup"
    LOWERED = "sub"
    INSERTED = "ins"
    DELETED = "del"


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that are marked."""

    mark: Mark
    of: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    """Words to be read letter by letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the web, to mail or, with `#`, into the document."""

    href: str
    of: Inlines


@dataclass(frozen=True, slots=True)
class CrossReference:
    """The label of a clause; `anchor` is where it stands, or "" where no link can be."""

    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A term or code that the policy explains at `anchor`."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for."""

    text: str
    long: str


Inline = Text | Marked | Code | Break | Link | CrossReference | Mention | Abbreviation
Inlines = tuple[Inline, ...]


def words_of(of: Inlines) -> str:
    """The words without their form, with the spaces between them as they are."""
    return "".join(map(_words, of))


def _words(inline: Inline) -> str:
    match inline:
        case Text(words) | Code(words) | Mention(words, _) | CrossReference(words, _) | Abbreviation(words, _):
            return words
        case Marked(_, of) | Link(_, of):
            return words_of(of)
        case Break():
            return " "
        case _:
            assert_never(inline)


def plain_of(of: Inlines) -> str:
    """The words without their form, in one line."""
    return " ".join(words_of(of).split())


def plain_words(policy: Policy, text: str) -> str:
    """The words that a line or paragraph of a policy's Markdown prints, without their form."""
    return " ".join(text.split()) if UNMARKED.fullmatch(text) else plain_of(inlines_of(text, policy.clauses, {}))


def _unmarked(words: str) -> Iterable[Inline]:
    return [Text(words)] if words else []


Marking = Callable[[str], Iterable[Inline]]
"""Finds more to mark in words that are not yet within a link."""


def inlines_of(
    text: str, labels: Mapping[str, str], anchors: Mapping[str, str], marked: Marking = _unmarked
) -> Inlines:
    """A line or paragraph of Markdown. Each clause has by its id a label, and where it can be led to an anchor."""
    if UNMARKED.fullmatch(text):
        return tuple(marked(text))
    found = nested(_reader().parseInline(text)[0].children or [])
    return tuple(_Line(labels, anchors).inlines(found, marked, linked=False))


def parser() -> MarkdownIt:
    """The Markdown of policies."""
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 (the name is markdown-it-py's)
            return _ALLOWED_LINK.match(url) is not None

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802 (as above)
            # An address prints as it is written.
            return link

    made = Parser("commonmark").enable("table")
    # A heading is a section; what stands within a list or a quotation cannot be one. An image would be fetched. What
    # would define links for other lines prints as it stands, for each line is read alone.
    made.disable(["heading", "lheading", "html_block", "image", "reference"])
    made.inline.ruler.before("link", "clause", _clause)
    return made


@cache
def _reader() -> MarkdownIt:
    return parser()


def _clause(state: StateInline, silent: bool) -> bool:
    match = REFERENCE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("clause", "", 0).content = match[1]
    state.pos = match.end()
    return True


class Nested(NamedTuple):
    """A token of Markdown with those between it and the token that closes it."""

    token: Token
    inside: list[Nested]


def nested(tokens: Sequence[Token]) -> list[Nested]:
    """Tokens as a tree."""
    top: list[Nested] = []
    levels = [top]
    for token in tokens:
        if token.nesting == -1:
            levels.pop()
            continue
        node = Nested(token, [])
        levels[-1].append(node)
        if token.nesting == 1:
            levels.append(node.inside)
    return top


_MARKS = {"strong_open": Mark.STRONG, "em_open": Mark.EMPHASIS, "sup": Mark.RAISED, "sub": Mark.LOWERED}


class _Line:
    """Reads the tokens of a line."""

    def __init__(self, labels: Mapping[str, str], anchors: Mapping[str, str]) -> None:
        self.labels, self.anchors = labels, anchors

    def inlines(self, found: Sequence[Nested], marked: Marking, linked: bool) -> Iterator[Inline]:
        """What stands among these; `linked` says that it is within a link, where nothing else links."""
        words, at = "", 0
        while at < len(found):
            token, inside = found[at]
            at += 1
            tag = _TAG.fullmatch(token.content) if token.type == "html_inline" else None
            end = _end_of(found, at, tag) if tag else None
            is_break = token.type == "hardbreak" or (token.type == "html_inline" and _BREAK.fullmatch(token.content))
            if token.type in ("text", "softbreak", "html_inline") and end is None and not is_break:
                words += "\n" if token.type == "softbreak" else token.content
                continue
            yield from marked(words)
            words = ""
            if is_break:
                yield Break()
            elif tag and end is not None:
                yield self._tagged(tag, found[at:end], marked, linked)
                at = end + 1
            else:
                yield from self._inline(token, inside, marked, linked)
        yield from marked(words)

    def _inline(self, token: Token, inside: Sequence[Nested], marked: Marking, linked: bool) -> Iterator[Inline]:
        match token.type:
            case "clause":
                label = self.labels.get(token.content)
                anchor = "" if linked else self.anchors.get(token.content, "")
                yield Text(f"{{{token.content}}}") if label is None else CrossReference(label, anchor)
            case "code_inline":
                yield Code(token.content)
            case "link_open" if linked:
                yield from self.inlines(inside, _unmarked, linked)
            case "link_open":
                yield Link(str(token.attrGet("href") or ""), tuple(self.inlines(inside, _unmarked, linked=True)))
            case mark:
                yield Marked(_MARKS[mark], tuple(self.inlines(inside, marked, linked)))

    def _tagged(self, tag: re.Match[str], inside: Sequence[Nested], marked: Marking, linked: bool) -> Inline:
        if tag["name"] in _MARKS:
            return Marked(_MARKS[tag["name"]], tuple(self.inlines(inside, marked, linked)))
        return Abbreviation(words_of(tuple(self.inlines(inside, _unmarked, linked))), tag["title"] or "")


def _end_of(siblings: Sequence[Nested], after: int, tag: re.Match[str]) -> int | None:
    """Where a tag just before `after` is closed among its siblings; None where it is not."""
    closing = f"</{tag['name'] or tag['titled']}>"
    found = (n for n in range(after, len(siblings)) if siblings[n].token.content == closing)
    return next((n for n in found if siblings[n].token.type == "html_inline"), None)
