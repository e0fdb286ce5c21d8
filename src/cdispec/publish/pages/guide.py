"""The pages for authors: the guide, as its test follows it, and the reference of the language.

The reference is words, tables and examples. The guide also says what is typed, what is told and what is saved. Its text
is the tool's own Markdown in `build/`. The words after the opening of a fenced block say what the reader does:

| opening | the reader |
|---|---|
| `console` | types each line that begins with `$ ` and is told those below it; `...` stands for what is left out |
| `console install` | does the same once, before there is a cdispec |
| `console watch` | does the same, and ends the command with Ctrl-C |
| `yaml save=PATH` | saves the block as this file |
| `yaml append=PATH` | puts the block at the end of this file |
| `yaml find=PATH` | finds the block in this file |
| `yaml replace=PATH` | puts the block in the place of the one found before |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

PROMPT = "$ "

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_LEFT_OUT_OF_IDS = re.compile(r"[^\w\- ]")


class Save(StrEnum):
    """How a block gets into a file."""

    WHOLE = "save"
    END = "append"
    FIND = "find"
    REPLACE = "replace"


class Way(StrEnum):
    """How a command is run."""

    PLAIN = ""
    INSTALL = "install"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs and lists."""

    html: Markup


@dataclass(frozen=True, slots=True)
class Table:
    """The head and body of a table; `caption` says what it shows."""

    caption: str
    rows: Markup


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its id, by which links lead to it."""

    level: int
    id: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Command:
    """What the reader types, and what they are then told."""

    typed: str
    told: str
    way: Way


@dataclass(frozen=True, slots=True)
class File:
    """What the reader puts into a file, or looks for in it."""

    path: str
    text: str
    save: Save


@dataclass(frozen=True, slots=True)
class Example:
    """What something looks like; its reader does nothing with it."""

    example: str


Piece = Words | Table | Heading | Command | File | Example


class GuideError(Exception):
    """A block of the guide does not say what its reader does."""


def read_guide(markdown: str) -> tuple[Piece, ...]:
    """The pieces of a guide in their order."""
    return tuple(_pieces(_PARSER.parse(markdown), _block))


def read_reference(markdown: str) -> tuple[Piece, ...]:
    """The pieces of a reference in their order: each of its blocks is an example."""
    return tuple(_pieces(_PARSER.parse(markdown), lambda token: iter([Example(token.content)])))


def _commands(block: str, way: Way) -> Iterator[Command]:
    """The commands of a block with what they tell. Raises ValueError where something is told before any."""
    typed, told = "", ""
    for line in block.splitlines(keepends=True):
        if line.startswith(PROMPT):
            if typed:
                yield Command(typed, told, way)
            typed, told = line.removeprefix(PROMPT).rstrip("\n"), ""
        elif typed:
            told += line
        else:
            raise ValueError(line)
    yield Command(typed, told, way)


def _pieces(tokens: Sequence[Token], block: Callable[[Token], Iterator[Piece]]) -> Iterator[Piece]:
    title = ""
    for group in _groups(tokens):
        match group[0].type:
            case "heading_open":
                title = group[1].content
                yield Heading(int(group[0].tag[1]), _id(title), _html(group[1:2]))
            case "fence":
                yield from block(group[0])
            case "table_open":
                yield _table(group, title)
            case _:
                yield Words(_html(group))


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that stands in nothing else."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0 and token.type != "inline":
            yield group
            group = []


def _block(token: Token) -> Iterator[Piece]:
    opening = token.info.split()[1:]
    line = (token.map or [0])[0] + 1
    try:
        if token.info.startswith("console"):
            yield from _commands(token.content, Way(" ".join(opening)))
        else:
            save, _, path = " ".join(opening).partition("=")
            yield File(path, token.content, Save(save))
    except ValueError:
        raise GuideError(
            f"line {line} of the guide: `{token.info}` opens a block that its reader cannot follow"
        ) from None


def _table(tokens: Sequence[Token], caption: str) -> Table:
    for at, token in enumerate(tokens):
        if token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "td_open" and tokens[at - 1].type == "tr_open":
            # The first cell names its row.
            token.tag = tokens[at + 2].tag = "th"
            token.attrSet("scope", "row")
    return Table(caption, _html(tokens[1:-1]))


def _html(tokens: Sequence[Token]) -> Markup:
    return Markup(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def _id(title: str) -> str:
    """The id of a heading, as a forge makes it of its words."""
    return _LEFT_OUT_OF_IDS.sub("", title.lower()).replace(" ", "-")
