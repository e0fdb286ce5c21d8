"""Which scenarios show what of each clause, and which clauses each scenario shows, for audit: CSV and ReqIF 1.2.

ReqIF (OMG formal/2016-07-01) is what tools for requirements exchange: clauses and scenarios are objects of it, and what
a scenario shows of a clause is a relation from the one to the other.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never
from xml.etree import ElementTree

from cdispec.analysis.adequacy.aspects import Borders, Comes, Counts, Falls, Lacks, Leaves, Reads, Rests, Seen, Turns
from cdispec.model.policy import Policy
from cdispec.publish.pages.evidence import Clause, Evidence
from cdispec.publish.pages.scenarios import Shown
from cdispec.publish.pages.tested import Point

COLUMNS = (
    "clause",
    "clause id",
    "words",
    "interpretations",
    "scenario",
    "name",
    "relation",
    "last run",
    "file",
    "line",
)

_NAMESPACE = "http://www.omg.org/spec/ReqIF/20110401/reqif.xsd"
_LONGEST = 1_000_000


class TraceKind(StrEnum):
    """What a scenario shows of a clause, each only where that decides."""

    RESTS = "rests on it"
    MET = "shows it met"
    NOT_MET = "shows it not met"
    UNKNOWN = "shows it not known"
    SILENT = "shows it not mentioned in a complete record"


_SEEN = {
    Seen.TRUE: TraceKind.MET,
    Seen.FALSE: TraceKind.NOT_MET,
    Seen.UNKNOWN: TraceKind.UNKNOWN,
    Seen.SILENT: TraceKind.SILENT,
}


@dataclass(frozen=True, slots=True)
class Trace:
    """One relation. A clause without scenarios has a trace of its own, and so has a scenario without clauses."""

    clause: Clause | None
    scenario: Shown | None
    relation: TraceKind | None


def traces(evidence: Evidence) -> Iterator[Trace]:
    """All relations by the clauses, in the order of the document; then the scenarios that show nothing of any."""
    traced: set[int] = set()
    for clause in evidence.clauses:
        if not clause.has_logic:
            continue
        found = [(relation, one) for point in clause.tested.points for relation, one in _relations(point)]
        traced |= {one.number for _, one in found}
        if not found:
            yield Trace(clause, None, None)
        yield from (Trace(clause, one, relation) for relation, one in found)
    yield from (Trace(None, one, None) for one in evidence.scenarios if one.number not in traced)


def _relations(point: Point) -> Iterator[tuple[TraceKind, Shown]]:
    """What scenarios show as relations; an answer, an edge or a day that they show is part of that it is met or not."""
    match point.cell.aspect:
        case Turns(_, seen):
            yield from ((_SEEN[seen], one) for one in point.shown_by)
        case Rests():
            yield from ((TraceKind.RESTS, one) for one in point.shown_by)
        case Counts() | Borders() | Lacks() | Falls() | Comes() | Leaves() | Reads():
            return
        case _:
            assert_never(point.cell.aspect)


def traces_csv(evidence: Evidence) -> str:
    """A table with a row for each relation, under `COLUMNS`."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for trace in traces(evidence):
        clause, shown = trace.clause, trace.scenario
        about = ("", "", "", "")
        if clause:
            decisions = " ".join(decision.id for decision in clause.decisions)
            about = (clause.label, clause.id, clause.words, decisions)
        tested = ("", "", "", "", "", "")
        if shown:
            place = shown.scenario.place
            relation = trace.relation or ""
            tested = (shown.scenario.key, shown.scenario.name, relation, shown.state, place.path, str(place.line))
        table.writerow([*about, *tested])
    return text.getvalue()


def traces_reqif(policy: Policy, evidence: Evidence) -> str:
    """A ReqIF document with a specification of the clauses and one of the scenarios.

    Its times are the day from which the state is in effect, so that the same source gives the same bytes.
    """
    return _ReqIF(policy, evidence).text()


class _ReqIF:
    def __init__(self, policy: Policy, evidence: Evidence) -> None:
        self._changed = f"{policy.effective.isoformat()}T00:00:00Z"
        self._document = ElementTree.Element("REQ-IF", {"xmlns": _NAMESPACE})
        title = f"{policy.named} {policy.title}, {policy.revision}"
        self._head(f"cdi-{policy.number}", title)
        content = self._child(self._child(self._document, "CORE-CONTENT"), "REQ-IF-CONTENT")
        parts = ("DATATYPES", "SPEC-TYPES", "SPEC-OBJECTS", "SPEC-RELATIONS", "SPECIFICATIONS")
        self._parts = {name: self._child(content, name) for name in parts}
        self._types()
        clauses = [clause for clause in evidence.clauses if clause.has_logic]
        for clause in clauses:
            said = {"label": clause.label, "id": clause.id, "words": clause.words}
            self._object("clause", clause.id, f"{clause.label} {clause.id}", said)
        for shown in evidence.scenarios:
            scenario = shown.scenario
            said = {"id": scenario.key, "name": scenario.name, "steps": _steps(shown)}
            self._object(
                "scenario", shown.anchor, scenario.name, {**said, "run": shown.state, "place": str(scenario.place)}
            )
        for number, trace in enumerate(traces(evidence), 1):
            if trace.clause and trace.scenario and trace.relation:
                self._relation(number, trace.scenario.anchor, trace.clause.id, trace.relation)
        self._specification("clause", f"{title}: clauses", [clause.id for clause in clauses])
        self._specification("scenario", f"{title}: scenarios", [shown.anchor for shown in evidence.scenarios])

    def text(self) -> str:
        """The document as text."""
        ElementTree.indent(self._document)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(self._document, "unicode") + "\n"

    def _head(self, id: str, title: str) -> None:
        head = self._child(self._child(self._document, "THE-HEADER"), "REQ-IF-HEADER", IDENTIFIER=id)
        said = (
            ("CREATION-TIME", self._changed),
            ("REQ-IF-TOOL-ID", "cdispec"),
            # The schema of ReqIF 1.2 fixes the version of its form to that of the first.
            ("REQ-IF-VERSION", "1.0"),
            ("SOURCE-TOOL-ID", "cdispec"),
            ("TITLE", title),
        )
        for name, text in said:
            self._child(head, name).text = text

    def _types(self) -> None:
        self._named(self._parts["DATATYPES"], "DATATYPE-DEFINITION-STRING", "text", MAX_LENGTH=str(_LONGEST))
        for name, attributes in _ATTRIBUTES.items():
            kind = self._named(self._parts["SPEC-TYPES"], "SPEC-OBJECT-TYPE", name)
            listed = self._child(kind, "SPEC-ATTRIBUTES")
            for attribute in attributes:
                defined = self._named(listed, "ATTRIBUTE-DEFINITION-STRING", f"attribute.{name}.{attribute}", attribute)
                self._child(self._child(defined, "TYPE"), "DATATYPE-DEFINITION-STRING-REF").text = "_text"
        for relation in TraceKind:
            self._named(self._parts["SPEC-TYPES"], "SPEC-RELATION-TYPE", relation.name.lower(), relation)
        self._named(self._parts["SPEC-TYPES"], "SPECIFICATION-TYPE", "specification")

    def _object(self, kind: str, id: str, name: str, said: dict[str, str]) -> None:
        made = self._named(self._parts["SPEC-OBJECTS"], "SPEC-OBJECT", f"{kind}.{id}", name)
        values = self._child(made, "VALUES")
        for attribute in _ATTRIBUTES[kind]:
            value = self._child(values, "ATTRIBUTE-VALUE-STRING", **{"THE-VALUE": said[attribute]})
            defined = self._child(self._child(value, "DEFINITION"), "ATTRIBUTE-DEFINITION-STRING-REF")
            defined.text = f"_attribute.{kind}.{attribute}"
        self._refer(made, "TYPE", "SPEC-OBJECT-TYPE-REF", kind)

    def _relation(self, number: int, scenario: str, clause: str, relation: TraceKind) -> None:
        made = self._named(self._parts["SPEC-RELATIONS"], "SPEC-RELATION", f"relation.{number}", relation)
        self._refer(made, "TARGET", "SPEC-OBJECT-REF", f"clause.{clause}")
        self._refer(made, "SOURCE", "SPEC-OBJECT-REF", f"scenario.{scenario}")
        self._refer(made, "TYPE", "SPEC-RELATION-TYPE-REF", relation.name.lower())

    def _specification(self, kind: str, title: str, ids: list[str]) -> None:
        made = self._named(self._parts["SPECIFICATIONS"], "SPECIFICATION", f"{kind}s", title)
        self._refer(made, "TYPE", "SPECIFICATION-TYPE-REF", "specification")
        listed = self._child(made, "CHILDREN")
        for id in ids:
            self._refer(
                self._named(listed, "SPEC-HIERARCHY", f"place.{kind}.{id}"), "OBJECT", "SPEC-OBJECT-REF", f"{kind}.{id}"
            )

    def _refer(self, of: ElementTree.Element, name: str, kind: str, id: str) -> None:
        self._child(self._child(of, name), kind).text = f"_{id}"

    def _named(
        self, of: ElementTree.Element, tag: str, id: str, name: str = "", **attributes: str
    ) -> ElementTree.Element:
        """An element with an identifier, which XML wants to begin with a letter or a low line, and its last change."""
        said = {key.replace("_", "-"): value for key, value in attributes.items()}
        return self._child(
            of, tag, **{"IDENTIFIER": f"_{id}", "LAST-CHANGE": self._changed, "LONG-NAME": name or id}, **said
        )

    def _child(self, of: ElementTree.Element, tag: str, **attributes: str) -> ElementTree.Element:
        return ElementTree.SubElement(of, tag, attributes)


_ATTRIBUTES = {"clause": ("label", "id", "words"), "scenario": ("id", "name", "steps", "run", "place")}
"""What is said of each object."""


def _steps(shown: Shown) -> str:
    lines: list[str] = []
    for sentence in shown.sentences:
        instead = f" (in place of: {sentence.replaces})" if sentence.replaces else ""
        lines.append(f"{sentence.word} {sentence.text}{instead}")
        lines += [f"| {' | '.join(row)} |" for row in sentence.table]
    return "\n".join(lines)
