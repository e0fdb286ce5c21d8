"""YAML as a tree that knows its places.

PyYAML's parser gives the events; the tree is built here without recursion, so that no input is too deep, keeps every
scalar as its author wrote it (`no` stays `no`, `00036` keeps its zeros), and refuses aliases and duplicate keys.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Listing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from yaml._yaml import Mark as CMark

from cdispec.issues.files import (
    duplicate_key,
    nested_too_deep,
    not_yaml,
    several_documents,
    wrong_kind,
    yaml_alias,
    yaml_tag,
)
from cdispec.model.facts import Amount, amount
from cdispec.source import Issue, Place

DEEPEST_YAML = 150
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OTHER_LINE_ENDS = {ord(sign): " " for sign in "\x85\u2028\u2029"}
"""YAML ends lines at these; an editor does not, and would show another line than the one told."""

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as written; `plain` when it stands without quotes."""

    text: str
    plain: bool
    place: Place

    @property
    def boolean(self) -> bool | None:
        """Yes or no where the scalar says so without quotes."""
        if not self.plain:
            return None
        return {"yes": True, "true": True, "no": False, "false": False}.get(self.text.lower())

    @property
    def null(self) -> bool:
        """Whether nothing is written, or that there is nothing."""
        return self.plain and self.text.lower() in ("", "null", "~")

    @property
    def number(self) -> Amount | None:
        """The number where the scalar is one without quotes, exactly."""
        return amount(self.text) if self.plain and _NUMBER.fullmatch(self.text) else None


class _NoScalar:
    """What lists and mappings have in place of what a single value says."""

    __slots__ = ()

    text: str = ""
    boolean: bool | None = None
    null: bool = False
    number: Amount | None = None


@dataclass(frozen=True, slots=True)
class Sequence(_NoScalar):
    """A list."""

    items: tuple[YamlNode, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping(_NoScalar):
    """Keys and values in the order written; each key once."""

    pairs: tuple[tuple[Scalar, YamlNode], ...]
    place: Place


YamlNode = Scalar | Sequence | Mapping


def described(node: YamlNode) -> str:
    """What a node is, for a message."""
    match node:
        case Scalar(text=""):
            return "nothing"
        case Scalar():
            return f"`{shortened(node.text)}`"
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"


def shortened(text: str, most: int = 60) -> str:
    """The text on one line, cut where it is too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def read_yaml(text: str, path: str, line: int = 1, margins: Listing[int] = ()) -> tuple[list[YamlNode], list[Issue]]:
    """The documents of a YAML text that begins at a line of a file; on an issue those before it.

    `margins` are the widths that its lines have lost at their left.
    """
    text = text.translate(_OTHER_LINE_ENDS)
    builder = _Builder(path, line, text.rstrip("\n").split("\n"), margins)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = builder.place(mark) if mark else builder.at(len(text), 0)
        found = builder.lines[mark.line] if mark and mark.line < len(builder.lines) else ""
        builder.issues.append(not_yaml(place, error.problem or "it cannot be read", _in_braces(found)))
    except yaml.reader.ReaderError as error:
        before = _before(error.position, text)
        place = builder.at(before.count("\n"), len(before) - before.rfind("\n") - 1)
        builder.issues.append(not_yaml(place, "a character that is not allowed in YAML"))
    return builder.documents, builder.issues


def _in_braces(line: str) -> str:
    """What stands first in braces without quotes on a line, as `{value}` does in a phrase; "" where nothing does."""
    found = re.search(r"\{[a-z0-9-]+\}", re.sub(r"\"[^\"]*\"|'[^']*'", "", line))
    return found[0] if found else ""


def _before(position: object, text: str) -> str:
    """The text before a position, which libyaml counts in bytes."""
    if not isinstance(position, int):
        return ""
    return text[:position] if _LOADER is yaml.SafeLoader else text.encode()[:position].decode("utf-8", "ignore")


def read_document(
    text: str, path: str, line: int = 1, margins: Listing[int] = ()
) -> tuple[YamlNode | None, list[Issue]]:
    """The one document of a YAML text, as `read_yaml` reads it, or None; a second one is an issue."""
    documents, issues = read_yaml(text, path, line, margins)
    if len(documents) > 1:
        issues.append(several_documents(documents[1].place))
    return (documents[0] if documents else None), issues


class _Builder:
    """Builds the tree from events with a stack of its own."""

    def __init__(self, path: str, line: int, lines: list[str], margins: Listing[int]) -> None:
        self.path, self.line, self.lines, self.margins = path, line, lines, margins
        self.documents: list[YamlNode] = []
        self.issues: list[Issue] = []
        self._open: list[tuple[yaml.Event, list[YamlNode]]] = []

    def place(self, mark: yaml.Mark | CMark | None) -> Place:
        assert mark is not None
        return self.at(mark.line, mark.column)

    def at(self, line: int, column: int) -> Place:
        """The place in the file of a line and column of the text, counted from 0."""
        if line >= len(self.lines):
            # The text ended too early: YAML's mark lies behind it, perhaps on a line that it does not have.
            line, column = len(self.lines) - 1, len(self.lines[-1])
        margin = self.margins[line] if line < len(self.margins) else 0
        return Place(self.path, self.line + line, column + margin + 1)

    def take(self, event: yaml.Event) -> bool:
        """Add an event; False when reading must stop."""
        if isinstance(event, yaml.NodeEvent):
            self._no_marks(event)
        match event:
            case yaml.ScalarEvent():
                self._add(Scalar(event.value, not event.style, self.place(event.start_mark)))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                if len(self._open) >= DEEPEST_YAML:
                    self.issues.append(nested_too_deep(self.place(event.start_mark), DEEPEST_YAML))
                    return False
                self._open.append((event, []))
            case yaml.SequenceEndEvent():
                start, items = self._open.pop()
                self._add(Sequence(tuple(items), self.place(start.start_mark)))
            case yaml.MappingEndEvent():
                start, items = self._open.pop()
                self._add(Mapping(self._pairs(items), self.place(start.start_mark)))
            case yaml.AliasEvent():
                self._add(Scalar("", True, self.place(event.start_mark)))
        return True

    def _no_marks(self, event: yaml.NodeEvent) -> None:
        """Anchors, aliases and tags would take words out of a text in silence."""
        if event.anchor is not None:
            self.issues.append(yaml_alias(self.place(event.start_mark), event.anchor))
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.issues.append(yaml_tag(self.place(event.start_mark), tag.replace("tag:yaml.org,2002:", "!!")))

    def _add(self, node: YamlNode) -> None:
        (self._open[-1][1] if self._open else self.documents).append(node)

    def _pairs(self, items: list[YamlNode]) -> tuple[tuple[Scalar, YamlNode], ...]:
        seen: dict[str, tuple[Scalar, YamlNode]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.issues.append(wrong_kind(key.place, "a word before the colon", described(key)))
            elif key.text in seen:
                first = seen[key.text][0].place.line
                self.issues.append(duplicate_key(key.place, key.text, first))
            else:
                seen[key.text] = (key, value)
        return tuple(seen.values())
