"""YAML as a tree that knows its places.

PyYAML's parser gives the events; the tree is built here without recursion, so that no input is too deep, keeps every
scalar as its author wrote it (`no` stays `no`, `00036` keeps its zeros), and refuses aliases and duplicate keys.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence as Listing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

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
from cdispec.parse.explaining import explained
from cdispec.parse.published import PUBLISHED
from cdispec.parse.slips import LEFT_OUT, Slip
from cdispec.source import Issue, Place

DEEPEST_YAML = 150
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OTHER_LINE_ENDS = {ord(sign): " " for sign in "\x85\u2028\u2029"}
"""YAML ends lines at these; an editor does not, and would show another line than the one told."""

_COMMENT = re.compile(r"(\s*(?<!\s\s))#(\S?)")
_DOUBTFUL = re.compile(
    r"(?:fact|text|meets|not|any|all|id|is|includes|at most|at least|kind|phrase|question|name):\S"
    r"|-[A-Za-z{\[]|[\u201c\u201e\u2018][^\u201c\u201d\u2018\u2019\"]*[\u201c\u201d\u2018\u2019\"]$|[^\[{]*[\]}]$"
)
"""What is hardly a text: a key or a dash with no space after it, quotes of a word processor around all, a bracket."""

_TIGHT_KEY = re.compile(r"\s*[a-z][a-z -]*:[^\s/]")

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as written; `plain` when it stands without quotes, else in those that are named."""

    text: str
    plain: bool
    place: Place
    quote: str = ""

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
        case Scalar(null=True):
            return f"`{node.text}`, which YAML reads as nothing"
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
    """The documents of a YAML text that begins at a line of a file, read as if its slips were corrected.

    What cannot be understood is an issue, and the documents before it are read. `margins` are the widths that its lines
    have lost at their left.
    """
    text = text.translate(_OTHER_LINE_ENDS)
    lines = text.rstrip("\n").split("\n")
    issues: list[Issue] = []
    written, work = lines, 0
    mended: set[int] = set()
    moving: list[int] = []
    told = (-1, -1)
    read = _parsed(lines, path, line, written, margins)
    while True:
        problem = next((one for one in read.problems if one.at > told), None)
        if problem is None:
            return read.documents, _alone(issues, moving)
        slip, work = _explained(lines, problem, read.problems[-1].at, told, work)
        if slip is None or slip.line in mended:
            issues.append(problem.issue)
            told = problem.at
            if problem.fatal:
                return read.documents, _alone(issues, moving)
            continue
        own = set(range(slip.fix.line - 1, slip.fix.line + slip.fix.old.count("\n")))
        issues.append(_told(slip, problem, read, not own & mended))
        moving += [len(issues) - 1] if slip.moves else []
        if slip.breaks:
            return read.documents, _alone(issues, moving)
        lines = slip.applied(lines)
        read = _parsed(lines, path, line, written, margins)
        mended |= own


def _alone(issues: list[Issue], moving: list[int]) -> list[Issue]:
    """The issues where several lines are indented otherwise than they are meant: then none is certain."""
    if len(moving) < 2:
        return issues
    return [
        replace(issue, fix=issue.fix._replace(certain=False)) if n in moving and issue.fix else issue
        for n, issue in enumerate(issues)
    ]


_THE_END = (sys.maxsize, 0)
_MOST_WORK = 2_000_000
"""So many characters are parsed to understand what is wrong with a text."""


def _explained(
    lines: list[str], problem: _Problem, last: tuple[int, int], told: tuple[int, int], work: int
) -> tuple[Slip | None, int]:
    """The slip that a problem comes from, if it is understood within the work that is left.

    `last` is where the last problem is: a key is repeated by a slip only where that is true of all that follow it.
    """
    if not problem.explicable or work > _MOST_WORK:
        return None, work
    size = sum(map(len, lines)) + 1000

    def reach(corrected: list[str]) -> tuple[tuple[int, int], int]:
        nonlocal work
        work += size
        if work > _MOST_WORK:
            return (-1, -1), 0
        read = _parsed(corrected, "", 1, corrected, ())
        return next((one.at for one in read.problems if one.at > told), _THE_END), read.said

    repeats = problem.issue.code == "duplicate-key"
    slip = explained(lines, problem.lines, last if repeats else problem.at, repeats, reach)
    return (None if work > _MOST_WORK else slip), work


def _told(slip: Slip, problem: _Problem, read: _Builder, first: bool) -> Issue:
    """The issue of a slip, at its place in the file; what the parser could read is told by its own name.

    Only the first slip of a line is certain: what it leaves is no longer what stands in the file.
    """
    at, start = read.at(slip.line, slip.column), read.at(slip.fix.line - 1, slip.fix.column - 1)
    made = not_yaml(at, slip.message, slip.hint)
    named = problem.issue if problem.issue.code in ("yaml-alias", "yaml-tag") else made
    certain = slip.fix.certain and first
    fix = slip.fix._replace(line=start.line, column=start.column, certain=certain)
    return replace(made, code=named.code, fix=fix)


def _parsed(lines: list[str], path: str, line: int, written: list[str], margins: Listing[int]) -> _Builder:
    """What the parser makes of lines, up to where it gives up."""
    text = "\n".join(lines)
    builder = _Builder(path, line, lines, written, margins)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        marks = [mark for mark in (error.context_mark, error.problem_mark) if mark is not None]
        if error.context and "simple key" not in error.context and "scalar" not in error.context:
            marks.reverse()
        mark = error.problem_mark or error.context_mark
        builder.give_up((mark.line, mark.column) if mark else (len(lines), 0), [mark.line for mark in marks])
    except yaml.reader.ReaderError as error:
        before = _before(error.position, text)
        at = (before.count("\n"), len(before) - before.rfind("\n") - 1)
        builder.give_up(at, [], "a character stands here that no editor shows")
    builder.problems.sort(key=lambda one: one.at)
    return builder


class _Problem(NamedTuple):
    """Something that the parser cannot read, or that is hardly meant as it reads it; `lines` are those to look at."""

    at: tuple[int, int]
    issue: Issue
    lines: Listing[int]
    fatal: bool
    explicable: bool


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
    """Builds the tree from events with a stack of its own; `written` are the lines before slips were corrected."""

    def __init__(self, path: str, line: int, lines: list[str], written: list[str], margins: Listing[int]) -> None:
        self.path, self.line, self.lines, self.written, self.margins = path, line, lines, written, margins
        self.documents: list[YamlNode] = []
        self.said = 0
        self.problems: list[_Problem] = []
        self._open: list[tuple[yaml.Event, list[YamlNode]]] = []

    def place(self, mark: yaml.Mark | CMark | None) -> Place:
        assert mark is not None
        return self.at(mark.line, mark.column)

    def at(self, line: int, column: int) -> Place:
        """The place in the file of a line and column of the text, counted from 0."""
        if line >= len(self.written):
            # The text ended too early: YAML's mark lies behind it, perhaps on a line that it does not have.
            line, column = len(self.written) - 1, len(self.written[-1])
        margin = self.margins[line] if line < len(self.margins) else 0
        if self.written is not self.lines:
            column = min(column, len(self.written[line]))
        return Place(self.path, self.line + line, column + margin + 1)

    def give_up(self, at: tuple[int, int], lines: Listing[int], why: str = "") -> None:
        """Note where the parser cannot go on."""
        hint = "type it again" if why else "look at its quotes and brackets, colons and dashes, and at the indentation"
        issue = not_yaml(self.at(*at), why or "this line cannot be understood, or one above it", hint)
        self.problems.append(_Problem(at, issue, lines, True, not why))

    def take(self, event: yaml.Event) -> bool:
        """Add an event; False when reading must stop."""
        if isinstance(event, yaml.NodeEvent):
            self._no_marks(event)
        words = (event.value, event.style) if isinstance(event, yaml.ScalarEvent) else ()
        self.said = hash((self.said, type(event), words))
        match event:
            case yaml.ScalarEvent():
                named = PUBLISHED.get() and event.value.lower() in ("null", "~")
                made = Scalar(
                    event.value, not event.style and not named, self.place(event.start_mark), event.style or ""
                )
                if made.plain:
                    self._doubtful(made.text, made.place, event.end_mark)
                self._add(made)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                if len(self._open) >= DEEPEST_YAML:
                    issue = nested_too_deep(self.place(event.start_mark), DEEPEST_YAML)
                    self.problems.append(_Problem(self._within(issue.place), issue, (), True, False))
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

    def _within(self, place: Place) -> tuple[int, int]:
        """The line and column of the text, counted from 0, of a place in the file."""
        line = place.line - self.line
        return line, place.column - 1 - (self.margins[line] if line < len(self.margins) else 0)

    def _doubt(self, issue: Issue) -> None:
        """Note what can be read and is hardly meant so, unless it was published so."""
        if PUBLISHED.get() and issue.code == "not-yaml":
            return
        at = self._within(issue.place)
        self.problems.append(_Problem(at, issue, at[:1], False, True))

    def _no_marks(self, event: yaml.NodeEvent) -> None:
        """Anchors, aliases and tags would take words out of a text in silence."""
        if event.anchor is not None:
            self._doubt(yaml_alias(self.place(event.start_mark), event.anchor))
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._doubt(yaml_tag(self.place(event.start_mark), tag.replace("tag:yaml.org,2002:", "!!")))

    def _doubtful(self, text: str, start: Place, end: yaml.Mark | CMark | None) -> None:
        """Words without quotes that YAML reads otherwise than people do."""
        assert end is not None
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if "#" in line and (comment := _COMMENT.match(line[end.column :])) and (comment[2] or " " in text):
            at = self.at(end.line, end.column + comment.end(1))
            self._doubt(not_yaml(at, *LEFT_OUT))
            return
        for below in range(start.line - self.line + 1, min(end.line + 1, len(self.lines))):
            if _TIGHT_KEY.match(self.lines[below]):
                at = self.at(below, len(self.lines[below]) - len(self.lines[below].lstrip()))
                said = "this line is read as part of the text above"
                self._doubt(not_yaml(at, said, "write a space after the colon"))
                return
        if _DOUBTFUL.match(text):
            self._doubt(not_yaml(start, f"`{shortened(text)}` is hardly meant as one text", "put it in quotes"))

    def _add(self, node: YamlNode) -> None:
        (self._open[-1][1] if self._open else self.documents).append(node)

    def _pairs(self, items: list[YamlNode]) -> tuple[tuple[Scalar, YamlNode], ...]:
        seen: dict[str, tuple[Scalar, YamlNode]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                issue = wrong_kind(key.place, "a word before the colon", described(key))
            elif key.text in seen:
                first = seen[key.text][0].place.line
                issue = duplicate_key(key.place, key.text, first)
            else:
                seen[key.text] = (key, value)
                if not self._without_colon(key, value):
                    continue
                issue = not_yaml(
                    key.place, f"`{shortened(key.text)}` has no value", "write a colon and its value after it"
                )
            self._doubt(issue)
        return tuple(seen.values())

    def _without_colon(self, key: Scalar, value: YamlNode) -> bool:
        """Whether a key between braces stands alone, as a text with a comma in it does."""
        if not (key.plain and isinstance(value, Scalar) and value.plain and not value.text):
            return False
        return key.place.line == value.place.line and value.place.column - key.place.column == len(key.text)
