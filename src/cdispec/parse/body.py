"""The body of a policy's document: its sections, prose, blocks and data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cdispec.issues.documents import unknown_heading_mark
from cdispec.issues.files import duplicate_id, malformed_id, wrong_kind
from cdispec.issues.others import misplaced_include, unknown_shared_clause
from cdispec.issues.policies import (
    heading_level,
    heading_without_id,
    hidden_block,
    html_comment,
    malformed_table,
    missing_table,
    nested_block,
    unclosed_block,
    unknown_block,
)
from cdispec.model.facts import ID
from cdispec.model.family import Family
from cdispec.model.labels import Numbering, document_numbering
from cdispec.model.policy import (
    Answer,
    Citation,
    Content,
    Definition,
    Interpretation,
    LogicBlock,
    Otherwise,
    ProcedureCode,
    Prose,
    Section,
)
from cdispec.parse.criteria import CriteriaReader
from cdispec.parse.fences import FENCES
from cdispec.parse.fields import Fields, fields_of, items_of, text_of
from cdispec.parse.ids import Ids
from cdispec.parse.included import Clauses
from cdispec.parse.labels import DEEPEST_HEADING, UNLABELLED, heading_of, plain_title
from cdispec.parse.tables import TableRow, read_citations, read_codes, read_definitions, table_rows
from cdispec.parse.yamltree import YamlNode, read_document
from cdispec.source import Issue, Place

_CELL_END = re.compile(r"(?<!\\)\|")
_LIKE_FENCE = re.compile(r"\s*[~`]{1,3}\s*(criteria|interpretation|include)\b")

# An HTML block would swallow the headings and criteria below it in silence; printing escapes HTML anyway.
_PARSER = MarkdownIt("commonmark").enable("table").disable("html_block")
_PARSER.core.ruler.disable(["inline", "text_join"])


@dataclass(slots=True)
class _Open:
    """A section while its content is read; `head` is what its heading says. The document itself stands around all."""

    head: Section
    numbers: Numbering
    content: list[Content] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    decided: bool = False


def _opened(id: str, title: str, level: int, numbers: Numbering, place: Place) -> _Open:
    return _Open(Section(id, numbers.label, numbers.number, title, level, (), (), place), numbers)


class Body:
    """Reads the lines of a document from `first` (counted from 0) on, section by section.

    A clause of `clauses` that it includes is read where it stands, at its own places; `included` are their files.
    """

    def __init__(
        self, path: str, lines: list[str], first: int, reading: CriteriaReader, family: Family, clauses: Clauses
    ) -> None:
        self.path, self.lines, self.first, self.reading = path, lines, first, reading
        self.document_path, self.clauses = path, clauses
        self.included: dict[str, str] = {}
        self.issues, self.ids, self.family = reading.issues, Ids(), family
        self._fences: dict[Place, tuple[YamlNode | None, list[Issue]]] = {}
        self.blocks: list[LogicBlock] = []
        self.interpretations: dict[str, Interpretation] = {}
        self.definitions: tuple[Definition, ...] = ()
        self.codes: tuple[ProcedureCode, ...] = ()
        self.citations: tuple[Citation, ...] = ()
        self.history_table = False
        self.leads: dict[str, str] = {}
        self.document = _opened("", "", 1, document_numbering(family.labels), Place(path))
        self._open = [self.document]

    def read(self) -> None:
        """Read the whole body."""
        tokens = _PARSER.parse("\n".join(self.lines[self.first :]))
        self._derive_ids(tokens)
        self.reading.tables = self._tables(tokens)
        self._read(tokens)
        self._close(2)
        self._check_data()
        for id, place in self.reading.mentions:
            if id not in self.reading.labels:
                self.issues.append(self.ids.unknown(place, id, self.reading.labels))

    def _read(self, tokens: list[Token]) -> None:
        """Read the lines at hand."""
        start, first_token = 0, 0
        for position, token in enumerate(tokens):
            if token.level and token.type == "fence":
                self._check_nested(token)
            if token.level or token.map is None or token.type not in ("heading_open", "fence"):
                continue
            self._prose(tokens[first_token:position], start, token.map[0])
            if token.type == "heading_open":
                self._heading(token, tokens[position + 1].content)
                first_token = position + 3
            else:
                self._fence(token)
                first_token = position + 1
            start = token.map[1]
        self._prose(tokens[first_token:], start, len(self.lines) - self.first)

    @contextmanager
    def _inside(self, id: str) -> Iterator[list[Token]]:
        """A shared clause as the lines at hand; nothing of one that cannot be read."""
        outer = self.path, self.lines, self.first, self.reading.lines
        clause = self.clauses.get(id)
        if clause is None or clause.text is None:
            yield []
            return
        lines = clause.text.split("\n")
        self.path, self.lines, self.first, self.reading.lines = clause.path, lines, 0, lines
        yield _PARSER.parse(clause.text)
        self.path, self.lines, self.first, self.reading.lines = outer

    def _derive_ids(self, tokens: list[Token]) -> None:
        """Read what the criteria blocks state, and work out the ids that they leave out."""
        self._note_ids(tokens)
        self.reading.derived = self.ids.given()

    def _note_ids(self, tokens: list[Token]) -> None:
        for position, token in enumerate(tokens):
            if token.level or token.map is None:
                continue
            if token.type == "heading_open":
                self.ids.section(heading_of(tokens[position + 1].content).id)
            elif token.type == "fence" and _name(token) == "include" and self.path == self.document_path:
                with self._inside(token.content.strip()) as inside:
                    self._note_ids(inside)
            elif token.type == "fence" and _name(token) == "criteria" and (node := self._stated(token)[0]) is not None:
                self.ids.block(node)

    def _tables(self, tokens: list[Token]) -> dict[str, list[TableRow]]:
        """The rows of the tables below each heading, by the id of its section: a block may stand before them."""
        headings = [position for position, token in enumerate(tokens) if token.type == "heading_open"]
        found: dict[str, list[TableRow]] = {}
        for start, end in pairwise([*headings, len(tokens)]):
            rows = [*table_rows(tokens[start:end], self.path, self.first + 1)]
            for token in tokens[start:end]:
                if token.type == "fence" and _name(token) == "include":
                    with self._inside(token.content.strip()) as inside:
                        rows += table_rows(inside, self.path, 1)
            if rows:
                found[heading_of(tokens[start + 1].content).id] = rows
        return found

    def _place(self, line: int) -> Place:
        return Place(self.path, self.first + line + 1)

    def _prose(self, tokens: list[Token], start: int, end: int) -> None:
        lines = self.lines[self.first + start : self.first + end]
        filled = [number for number, line in enumerate(lines) if line.strip()]
        if not filled:
            return
        lines, start = lines[filled[0] : filled[-1] + 1], start + filled[0]
        self._open[-1].content.append(Prose("\n".join(lines), self._place(start)))
        for offset, line in enumerate(lines):
            self.reading.mention(line, self._place(start + offset))
            if "<!--" in line:
                self.issues.append(html_comment(self._place(start + offset)))
        for token in tokens:
            self._check_hidden(token)
        self._check_tables(tokens)
        self._read_data(self._open[-1].head, tokens)

    def _read_data(self, section: Section, tokens: list[Token]) -> None:
        rows = list(table_rows(tokens, self.path, self.first + 1))
        match section.id:
            case "definitions":
                self.definitions += read_definitions(rows, self.issues)
            case "codes":
                self.codes += read_codes(rows, section.label, self.issues)
            case "history":
                self.history_table = self.history_table or bool(rows)
                self._check_columns(tokens)
            case "references":
                self.citations += read_citations(tokens, self.path, self.first + 1)

    def _check_columns(self, tokens: list[Token]) -> None:
        """The table of the history has the columns that the front matter names, or two."""
        wanted = len(self.family.columns) or 2
        for position, token in enumerate(tokens):
            if token.type == "thead_open" and token.map is not None:
                row = takewhile(lambda one: one.type != "thead_close", tokens[position:])
                found = sum(one.type == "th_open" for one in row)
                if found != wanted:
                    problem = f"{wanted} columns, found {found}; `history_columns` says what each holds"
                    self.issues.append(malformed_table(self._place(token.map[0]), problem))

    def _check_data(self) -> None:
        """A section that is read as data and gave none is damaged."""
        tables = {"definitions": self.definitions, "codes": self.codes, "history": self.history_table}
        for id, found in tables.items():
            if id in self.reading.ids and not found:
                self.issues.append(missing_table(self.reading.ids[id], id))

    def _heading(self, token: Token, content: str) -> None:
        assert token.map is not None
        place = self._place(token.map[0])
        if self.path != self.document_path:
            self.issues.append(misplaced_include(place, f"a shared clause has no headings, as `{content}` is one"))
        level = len(token.markup) if token.markup.startswith("#") else 1
        self._close(min(max(level, 2), DEEPEST_HEADING))
        parent = self._open[-1]
        deepest = min(parent.head.level + 1, DEEPEST_HEADING)
        if not 2 <= level <= deepest:
            self.issues.append(heading_level(place, level, deepest))
            level = deepest
        heading = heading_of(content)
        if not heading.id:
            self.issues.append(heading_without_id(place, heading.title))
        elif not ID.fullmatch(heading.id):
            self.issues.append(malformed_id(place, heading.id))
        if heading.mark not in ("", UNLABELLED):
            self.issues.append(unknown_heading_mark(place, heading.mark, UNLABELLED))
        if heading.mark and not heading.title:
            self.issues.append(wrong_kind(place, "a title, since the section has no number", "none"))
        within = parent.numbers
        numbers = within.untitled(plain_title(heading.title)) if heading.mark else within.section()
        self.reading.take(heading.id, numbers.label, place)
        self._open.append(_opened(heading.id, heading.title, level, numbers, place))

    def _close(self, level: int) -> None:
        """Close the open sections of this level and deeper."""
        while self._open[-1].head.level >= level:
            done = self._open.pop()
            closed = replace(done.head, content=tuple(done.content), sections=tuple(done.sections))
            self._open[-1].sections.append(closed)

    def _check_nested(self, token: Token) -> None:
        name = (token.info.split() or [""])[0]
        if name in FENCES:
            assert token.map is not None
            self.issues.append(nested_block(self._place(token.map[0]), name))

    def _check_tables(self, tokens: list[Token]) -> None:
        """Markdown drops the cells by which a row is longer than its header."""
        header = 0
        for token in tokens:
            if token.type == "table_open":
                header = 0
            elif token.type == "tr_open" and token.map is not None:
                row = self.lines[self.first + token.map[0]].strip().removeprefix("|").removesuffix("|")
                cells = len(_CELL_END.split(row))
                if header and cells > header:
                    self.issues.append(malformed_table(self._place(token.map[0]), f"{header} cells, found {cells}"))
                header = header or cells

    def _check_hidden(self, token: Token) -> None:
        """Lines that an author meant as a block and Markdown takes for text."""
        if token.map is not None and not token.level:
            first = self.lines[self.first + token.map[0]]
            if token.type == "code_block" or (token.type == "paragraph_open" and _LIKE_FENCE.match(first)):
                self.issues.append(hidden_block(self._place(token.map[0])))

    def _fence(self, token: Token) -> None:
        assert token.map is not None
        place, name = self._place(token.map[0]), _name(token)
        if name not in FENCES:
            self.issues.append(unknown_block(place, name))
            return
        last = self.lines[self.first + token.map[1] - 1].strip()
        if token.map[1] - token.map[0] < 2 or not last.startswith(token.markup):
            self.issues.append(unclosed_block(place, name, place.line))
            return
        if name == "include":
            self._include(token.content.strip(), place)
            return
        node, found = self._stated(token)
        self.issues += found
        if node is None:
            if not found:
                self.issues.append(wrong_kind(place, f"the {name} itself", "an empty block"))
        elif name == "criteria":
            self._criteria(node)
        else:
            self._interpretation(node)

    def _include(self, id: str, place: Place) -> None:
        """Read a shared clause under the heading at hand, which has its id."""
        heading = self._open[-1].head.id
        if self.path != self.document_path:
            self.issues.append(misplaced_include(place, "a shared clause includes no other"))
        elif id not in self.clauses:
            self.issues.append(unknown_shared_clause(place, id, self.clauses))
        elif self.clauses[id].text is None:
            self.issues += self.clauses[id].issues
        elif heading != id:
            under = f"under the heading with the id `{heading}`" if heading else "under no heading"
            self.issues.append(misplaced_include(place, f"the shared clause `{id}` is included {under}"))
        elif id in self.included:
            self.issues.append(misplaced_include(place, f"the shared clause `{id}` is included twice"))
        else:
            self.included[id] = self.clauses[id].path
            with self._inside(id) as tokens:
                self._read(tokens)

    def _stated(self, token: Token) -> tuple[YamlNode | None, list[Issue]]:
        """What a fence states, read once."""
        assert token.map is not None
        line = token.map[0]
        place = self._place(line)
        if place not in self._fences:
            opening = self.lines[self.first + line]
            inside = self.lines[self.first + line + 1 : self.first + token.map[1] - 1]
            margins = [min(_indent(line), _indent(opening)) for line in inside]
            self._fences[place] = read_document(token.content, self.path, place.line + 1, margins)
        return self._fences[place]

    def _criteria(self, node: YamlNode) -> None:
        section = self._open[-1]
        if section.head.id and self.ids.of_block(node) == section.head.id:
            if section.decided:
                self.issues.append(duplicate_id(node.place, section.head.id, "the block before it"))
            section.decided = True
        block = self.reading.block(node, section.head.id, section.numbers)
        if block is not None:
            self.blocks.append(block)
            own = block.id if isinstance(block, Otherwise) else block.criterion.id
            self.leads[own] = self._lead()
            section.content.append(block)

    def _lead(self) -> str:
        """The words that introduce the block at hand: the paragraph before it, or the title of its section.

        A block that follows another one has none: the words before that one are not its own.
        """
        section = self._open[-1]
        before = (content for content in reversed(section.content) if not isinstance(content, Interpretation))
        last = next(before, None)
        if last is None:
            return section.head.title
        return " ".join(last.markdown.split("\n\n")[-1].split()) if isinstance(last, Prose) else ""

    def _interpretation(self, node: YamlNode) -> None:
        keys = ("id", "clause", "question", "decision", "reason", "concerns", "answers")
        fields = fields_of(node, "the interpretation", "an interpretation", self.issues, keys)
        if fields is None:
            return
        fields.require("clause")
        clauses = fields.listed("clause")
        self.reading.mentions += [(clause.text, clause.place) for clause in clauses]
        id = fields.id("id")
        question, decision, reason = (fields.text(key) for key in ("question", "decision", "reason"))
        concerns = fields.text("concerns", required=False) or "logic"
        if concerns not in ("logic", "words"):
            self.issues.append(wrong_kind(fields.key_place("concerns"), "`logic` or `words`", f"`{concerns}`"))
        ids = tuple(clause.text for clause in clauses)
        found = Interpretation(id, ids, question, decision, reason, concerns == "logic", node.place, _answers(fields))
        if id in self.interpretations:
            first = self.interpretations[id].place
            self.issues.append(duplicate_id(node.place, id, f"line {first.line}"))
        self.interpretations[id] = found
        self._open[-1].content.append(found)


def _answers(fields: Fields) -> tuple[Answer, ...]:
    """What an interpretation answers for: words with what disagrees with them, or the codes of warnings with theirs."""
    declared = fields.mapping("answers", required=False)
    if declared is None:
        return ()
    expected = "what disagrees with these words"
    pairs = ((key, text_of(item, fields.issues, expected)) for key, value in declared.pairs for item in items_of(value))
    return tuple(Answer(" ".join(key.text.split()), otherwise, key.place) for key, otherwise in pairs if otherwise)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _name(token: Token) -> str:
    """The kind of block that a fence opens."""
    return (token.info.split() or [token.markup])[0]
