"""Features: from Gherkin to scenarios, with every silent gap of Gherkin told as an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from cdispec.issues import scenarios as issues_of
from cdispec.issues.files import malformed_id
from cdispec.model.facts import ID
from cdispec.source import Issue, Place

if TYPE_CHECKING:
    from gherkin import parser_types as gherkin

_KEYWORDS = ("Feature:", "Background:", "Rule:", "Scenario:", "Scenario Outline:", "Example:", "Examples:")
_STEP_KEYWORDS = ("Given", "When", "Then", "And", "But")
_KINDS = {"Context": "given", "Action": "when", "Outcome": "then"}
_PLACEHOLDER = re.compile(r"<([^<>\s][^<>]*)>")
_INTERPRETS = "interprets:"
TO_CONFIRM = "to-confirm"
"""The tag of a scenario that states what the policy does, where nobody has yet said that it ought to."""
_EXPECTED = re.compile(r"(?P<end>unexpected end of file, )?expected: (?P<names>.*?)(, got '(?P<found>.*)')?", re.DOTALL)
_LINES = {
    "#FeatureLine": "`Feature:`",
    "#RuleLine": "`Rule:`",
    "#BackgroundLine": "`Background:`",
    "#ScenarioLine": "`Scenario:`",
    "#ExamplesLine": "`Examples:`",
    "#StepLine": "a sentence",
    "#TableRow": "a row of a table",
    "#TagLine": "a tag",
    "#EOF": "the end",
}


@dataclass(frozen=True, slots=True)
class FeatureCell:
    """A cell of a table, or a tag."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence; `kind` is given, when or then, also where the line says And or But."""

    kind: str
    text: str
    table: tuple[tuple[FeatureCell, ...], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario, or one row of an outline: its permanent id, name, sentences and the interpretations it names.

    `row` is empty, or the cells of its row joined. The steps of backgrounds come first. `place` is that of the row
    where there is one, `heading` that of the scenario or outline. A row that lacks a column is not `filled`.
    `to_confirm` says that nobody has said yet that the policy ought to do what it states.
    """

    id: str
    row: str
    name: str
    feature: str
    rule: str
    steps: tuple[Step, ...]
    named: tuple[FeatureCell, ...]
    place: Place
    heading: Place
    filled: bool = True
    to_confirm: bool = False

    @property
    def interpretations(self) -> tuple[str, ...]:
        """The ids of the interpretations that the tags of the scenario, its rule and its feature name."""
        return tuple(tag.text for tag in self.named)

    def inherits(self, step: Step) -> bool:
        """Whether a step is of a background, which stands above the scenario."""
        return step.place.line < self.heading.line

    @property
    def key(self) -> str:
        """The permanent id, with the row in brackets where there is one."""
        return f"{self.id}[{self.row}]" if self.row else self.id


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature file: the folder that names its policy, its scenarios, outlines by their rows."""

    path: str
    folder: str
    name: str
    scenarios: tuple[Scenario, ...]


def feature_folder(path: str) -> str:
    """The folder that names the policy of a feature file; "" where the file stands in none."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else ""


def read_feature(text: str, path: str) -> tuple[Feature, list[Issue]]:
    """The scenarios of a feature file at `features/<folder>/...`."""
    # gherkin-official takes a moment to import, and most commands read no feature.
    from gherkin.errors import CompositeParserException, ParserException
    from gherkin.parser import Parser

    folder = feature_folder(path)
    empty = Feature(path, folder, "", ())
    try:
        document: gherkin.GherkinDocument = Parser().parse(text)
    except CompositeParserException as error:
        first, *rest = (_syntax(found, path, text) for found in error.errors)
        # What Gherkin did not expect after the first slip is mostly the same slip again.
        return empty, [first, *(issue for issue in rest if issue.code == "misspelt-keyword")]
    except ParserException as error:
        return empty, [_syntax(error, path, text)]
    raw = document.get("feature")
    if raw is None:
        return empty, [issues_of.empty_feature(Place(path))]
    reader = _Reader(path, folder, raw, text.split("\n"))
    reader.read()
    return Feature(path, folder, raw["name"], tuple(reader.scenarios)), reader.issues


def _syntax(error: Exception, path: str, text: str) -> Issue:
    location = getattr(error, "location", None) or {"line": 1}
    lines = text.split("\n")
    line = min(max(int(location["line"]), 1), len(lines))
    place = Place(path, line, int(location.get("column") or 1))
    words = lines[line - 1].strip()
    known = [*_KEYWORDS, *_STEP_KEYWORDS]
    first = words.split(":")[0] + ":" if ":" in words.split("  ")[0][:20] else words.split(" ")[0]
    if words and words[0].isalpha() and first not in known:
        return issues_of.misspelt_keyword(place, first, known)
    return issues_of.gherkin_syntax(place, _plainly(re.sub(r"^\(\d+:\d+\): ", "", str(error))))


def _plainly(problem: str) -> str:
    """What Gherkin says of a line it did not expect, without the names of its grammar."""
    match = _EXPECTED.fullmatch(problem)
    if match is None:
        return problem
    expected = [_LINES[name] for name in match["names"].split(", ") if name in _LINES]
    found = "the file ends too soon" if match["end"] else f"found `{match['found']}`"
    return f"{found}, expected {' or '.join(expected)}"


class _Reader:
    """Reads the scenarios of one feature."""

    def __init__(self, path: str, folder: str, raw: gherkin.Feature, lines: list[str]) -> None:
        self.path, self.folder, self.raw, self.lines = path, folder, raw, lines
        self.issues: list[Issue] = []
        self.scenarios: list[Scenario] = []
        self._names: dict[str, int] = {}

    def read(self) -> None:
        """Read every scenario of the feature and of its rules."""
        self._within(self.raw, (), "", [])
        if not self.scenarios and not self.issues:
            self.issues.append(issues_of.empty_feature(Place(self.path)))

    def _within(
        self, raw: gherkin.Feature | gherkin.Rule, background: tuple[Step, ...], rule: str, tags: list[FeatureCell]
    ) -> None:
        self._description(raw["description"], raw["location"]["line"])
        tags = [*tags, *self._tags(raw["tags"])]
        for child in _children(raw["children"]):
            if "background" in child:
                background += self._background(child["background"])
            elif "rule" in child:
                self._within(child["rule"], background, child["rule"]["name"], tags)
            elif "scenario" in child:
                self._scenario(child["scenario"], background, rule, tags)

    def _background(self, raw: gherkin.Background) -> tuple[Step, ...]:
        self._description(raw["description"], raw["location"]["line"])
        return self._steps(raw["steps"], "given")

    def _place(self, location: gherkin.Location) -> Place:
        return Place(self.path, location["line"], location.get("column", 1))

    def _cells(self, row: gherkin.TableRow) -> tuple[FeatureCell, ...]:
        return tuple(FeatureCell(cell["value"], self._place(cell["location"])) for cell in row["cells"])

    def _description(self, text: str, heading_line: int) -> None:
        """A line of a description that looks like a keyword was meant as one."""
        number = heading_line
        for words in filter(None, map(str.strip, text.split("\n"))):
            # Gherkin leaves out empty lines and comments.
            after = range(number + 1, len(self.lines) + 1)
            number = next((n for n in after if self.lines[n - 1].strip() == words), number)
            line = self.lines[number - 1]
            head = re.match(r"([A-Za-z][A-Za-z ]{2,20}):", words)
            first = words.split(" ")[0]
            place = Place(self.path, number, len(line) - len(line.lstrip()) + 1)
            if head and _like(head[0], _KEYWORDS):
                self.issues.append(issues_of.misspelt_keyword(place, head[0], _KEYWORDS))
            elif first in _STEP_KEYWORDS or (_like(first, _STEP_KEYWORDS) and len(first) > 3):
                self.issues.append(issues_of.misspelt_keyword(place, first, _STEP_KEYWORDS))

    def _scenario(
        self, raw: gherkin.Scenario, background: tuple[Step, ...], rule: str, above: list[FeatureCell]
    ) -> None:
        place = self._place(raw["location"])
        name = raw["name"]
        self._description(raw["description"], place.line)
        if name in self._names:
            self.issues.append(issues_of.repeated_name(place, name, self._names[name]))
        self._names.setdefault(name, place.line)
        tags = self._tags(raw["tags"])
        id = self._id(tags, name, place)
        named = tuple(
            replace(tag, text=tag.text.removeprefix(_INTERPRETS))
            for tag in (*above, *tags)
            if tag.text.startswith(_INTERPRETS)
        )
        own = self._steps(raw["steps"], background[-1].kind if background else "given")
        if not own:
            self.issues.append(issues_of.empty_scenario(place, name))
        unconfirmed = any(tag.text == TO_CONFIRM for tag in tags)
        steps = background + own
        found = Scenario(id, "", name, self.raw["name"], rule, steps, named, place, place, to_confirm=unconfirmed)
        if raw["examples"] or "Outline" in raw["keyword"] or "Template" in raw["keyword"]:
            self.scenarios += self._rows(found, own, raw["examples"])
        else:
            self.scenarios.append(found)

    def _tags(self, raw: list[gherkin.Tag]) -> list[FeatureCell]:
        return [FeatureCell(tag["name"][1:], self._place(tag["location"])) for tag in raw]

    def _id(self, tags: list[FeatureCell], name: str, place: Place) -> str:
        ids = [tag for tag in tags if tag.text != TO_CONFIRM and not tag.text.startswith(_INTERPRETS)]
        if not ids:
            proposal = "-".join(re.findall(r"[a-z0-9]+", name.casefold())[:6]) or "a-name"
            self.issues.append(issues_of.scenario_without_id(place, name, proposal))
            return ""
        if len(ids) > 1:
            self.issues.append(issues_of.several_ids(ids[1].place, [tag.text for tag in ids]))
        if not ID.fullmatch(ids[0].text):
            self.issues.append(malformed_id(ids[0].place, ids[0].text))
        return ids[0].text

    def _steps(self, raw: list[gherkin.Step], kind: str) -> tuple[Step, ...]:
        steps = []
        for step in raw:
            kind, place = _KINDS.get(step["keywordType"], kind), self._place(step["location"])
            if step.get("docString"):
                problem = "a block of text stands below a sentence that takes none"
                self.issues.append(issues_of.missing_table_of_cases(place, problem))
            table = step.get("dataTable")
            rows = tuple(self._cells(row) for row in table["rows"]) if table else ()
            steps.append(Step(kind, step["text"], rows, place))
        return tuple(steps)

    def _rows(self, outline: Scenario, own: tuple[Step, ...], examples: list[gherkin.Examples]) -> Iterator[Scenario]:
        used = set(_placeholders(own))
        seen: dict[tuple[str, ...], int] = {}
        for table in examples:
            top = table.get("tableHeader")
            header = self._cells(top) if top else ()
            names = [cell.text for cell in header]
            place = self._place(top["location"] if top else table["location"])
            self.issues += [issues_of.missing_column(place, name, names) for name in sorted(used.difference(names))]
            unused = (cell for cell in header if cell.text not in used)
            self.issues += [issues_of.unused_column(cell.place, cell.text, sorted(used)) for cell in unused]
            for row in table.get("tableBody") or []:
                cells = tuple(cell["value"] for cell in row["cells"])
                row_place = self._place(row["location"])
                if cells in seen:
                    self.issues.append(issues_of.repeated_row(row_place, seen[cells]))
                seen.setdefault(cells, row_place.line)
                values = dict(zip(names, cells, strict=True))
                yield replace(
                    outline,
                    row=" | ".join(cell.replace("|", "\\|") for cell in cells),
                    name=_fill(outline.name, values),
                    steps=tuple(_filled(step, values) for step in outline.steps),
                    place=row_place,
                    filled=used.issubset(names),
                )
        empty = [table for table in examples if not table.get("tableBody")] if seen else []
        places = [self._place(table["location"]) for table in empty] if seen else [outline.place]
        self.issues += [issues_of.outline_without_rows(place, outline.name) for place in places]


def _children(envelopes: object) -> list[dict[str, Any]]:
    """The children of a feature or rule; gherkin-official types them as the envelopes of its messages."""
    return cast("list[dict[str, Any]]", envelopes)


def _like(word: str, known: tuple[str, ...]) -> bool:
    lower = [name.casefold() for name in known]
    return bool(get_close_matches(word.casefold(), lower, 1, 0.75))


def _placeholders(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        yield from _PLACEHOLDER.findall(step.text)
        for row in step.table:
            for cell in row:
                yield from _PLACEHOLDER.findall(cell.text)


def _filled(step: Step, values: dict[str, str]) -> Step:
    table = tuple(tuple(replace(cell, text=_fill(cell.text, values)) for cell in row) for row in step.table)
    return replace(step, text=_fill(step.text, values), table=table)


def _fill(text: str, values: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
