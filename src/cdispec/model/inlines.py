"""What a line of a policy's Markdown says: its words, how they are marked, and what it lets through.

Raw HTML is text unless it is on a short list; links lead to the web, to mail or into the document; nothing is fetched.
Documents are printed from the nodes, and plain words are read off them, so that both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

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

_Tag = Literal["sup", "sub", "abbr"]
Kind = Literal["text", "break", "code", "strong", "em", "link", "clause", _Tag]
_TAGS: Mapping[str, _Tag] = {name: name for name in get_args(_Tag)}
_MARKS: Mapping[str, Kind] = {"strong_open": "strong", "em_open": "em", "link_open": "link"}


class Node(NamedTuple):
    """Words, or a mark around what stands `inside` it.

    `text` is the words of text and code, the id of a clause, where a link leads, and what an abbreviation stands for.
    """

    kind: Kind
    text: str = ""
    inside: tuple[Node, ...] = ()


def nodes_of(text: str) -> tuple[Node, ...]:
    """A line or paragraph of Markdown as it is marked."""
    tokens = _reader().parseInline(text)[0].children or []
    return tuple(_nodes(nested(tokens)))


def plain_words(policy: Policy, text: str) -> str:
    """The words that a line or paragraph of a policy's Markdown prints, without their form."""
    if not UNMARKED.fullmatch(text):
        text = "".join(_words(nodes_of(text), policy.clauses))
    return " ".join(text.split())


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


def _words(nodes: Sequence[Node], clauses: Mapping[str, str]) -> Iterator[str]:
    for kind, text, inside in nodes:
        match kind:
            case "text" | "code":
                yield text
            case "break":
                yield " "
            case "clause":
                yield clauses.get(text, f"{{{text}}}")
            case "strong" | "em" | "link" | "sup" | "sub" | "abbr":
                yield from _words(inside, clauses)


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


def _nodes(found: Sequence[Nested]) -> Iterator[Node]:
    at = 0
    while at < len(found):
        token, inside = found[at]
        at += 1
        match token.type:
            case "text":
                yield Node("text", token.content)
            case "softbreak":
                yield Node("text", "\n")
            case "hardbreak":
                yield Node("break")
            case "code_inline":
                yield Node("code", token.content)
            case "clause":
                yield Node("clause", token.content)
            case "html_inline":
                end = _end_of(found, at)
                if end is not None:
                    yield _tagged(token.content, found[at:end])
                    at = end + 1
                elif _BREAK.fullmatch(token.content):
                    yield Node("break")
                else:
                    yield Node("text", token.content)
            case mark:
                yield Node(_MARKS[mark], str(token.attrGet("href") or ""), tuple(_nodes(inside)))


def _tagged(tag: str, inside: Sequence[Nested]) -> Node:
    match = _TAG.fullmatch(tag)
    assert match is not None
    return Node(_TAGS[match["name"] or match["titled"]], match["title"] or "", tuple(_nodes(inside)))


def _end_of(siblings: Sequence[Nested], after: int) -> int | None:
    """Where the allowed tag just before `after` is closed among its siblings; None where it is not, or not allowed."""
    opening = _TAG.fullmatch(siblings[after - 1].token.content)
    if opening is None:
        return None
    closing = f"</{opening['name'] or opening['titled']}>"
    tokens = (siblings[n].token for n in range(after, len(siblings)))
    found = (n for n, token in enumerate(tokens, after) if token.type == "html_inline" and token.content == closing)
    return next(found, None)
