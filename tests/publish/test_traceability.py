"""Which scenarios show what of each clause, as a table and as ReqIF."""

from __future__ import annotations

import csv
import re
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cdispec.check import scenario_cases
from cdispec.cli import main
from cdispec.library import source_lines
from cdispec.library.record import Record
from cdispec.publish.pages.evidence import Evidence, evidence_of
from cdispec.publish.traceability import TraceKind, traces, traces_csv, traces_reqif
from tests.publish.libraries import STARTER

EXPECTED = Path(__file__).parent / "expected" / "trace.csv"
NAMESPACE = "{http://www.omg.org/spec/ReqIF/20110401/reqif.xsd}"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
"""What an xsd:ID can be, of ASCII."""

PARTS = {
    "THE-HEADER/REQ-IF-HEADER": ["CREATION-TIME", "REQ-IF-TOOL-ID", "REQ-IF-VERSION", "SOURCE-TOOL-ID", "TITLE"],
    "CORE-CONTENT/REQ-IF-CONTENT": ["DATATYPES", "SPEC-TYPES", "SPEC-OBJECTS", "SPEC-RELATIONS", "SPECIFICATIONS"],
}
"""What the schema of ReqIF gives an order (xsd:sequence); all other elements may stand in any (xsd:all)."""


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    """What the scenarios of a new library show."""
    policy, readings = scenario_cases.tested(STARTER, "00001")
    return evidence_of(policy, readings, Record(), partial(source_lines, STARTER))


@pytest.fixture(scope="module")
def reqif(evidence: Evidence) -> ElementTree.Element:
    """The same as ReqIF."""
    return ElementTree.fromstring(traces_reqif(evidence.policy, evidence))


def _every(reqif: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return list(reqif.iter(f"{NAMESPACE}{tag}"))


def test_the_table_is_as_reviewed(evidence: Evidence, rewrite: bool) -> None:
    made = traces_csv(evidence)
    if rewrite:
        EXPECTED.write_text(made, "utf-8")
    assert made == EXPECTED.read_text("utf-8")


def test_the_command_prints_the_table(evidence: Evidence, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "00001", "--library", str(STARTER)]) == 0
    assert capfd.readouterr().out == traces_csv(evidence)


def test_a_scenario_is_related_to_a_clause_only_where_that_decides(evidence: Evidence) -> None:
    shown = {
        (clause.id, point.words, one.number)
        for clause in evidence.clauses
        for point in clause.tested.points
        for one in point.shown_by
    }
    words = {TraceKind.MET: "met", TraceKind.NOT_MET: "not met", TraceKind.UNKNOWN: "not known"}
    found = [one for one in traces(evidence) if one.clause and one.scenario and one.relation in words]
    assert found
    assert all((one.clause.id, words[one.relation], one.scenario.number) in shown for one in found)  # type: ignore[union-attr,index]


def test_every_clause_with_logic_and_every_scenario_is_in_the_table(evidence: Evidence) -> None:
    rows = list(csv.DictReader(traces_csv(evidence).splitlines()))
    assert {row["clause id"] for row in rows} - {""} == {one.id for one in evidence.clauses if one.has_logic}
    assert {row["scenario"] for row in rows} - {""} == {one.scenario.key for one in evidence.scenarios}


def test_every_reference_names_what_is_there(reqif: ElementTree.Element) -> None:
    names = {of.get("IDENTIFIER"): of.tag for of in reqif.iter() if of.get("IDENTIFIER")}
    references = [of for of in reqif.iter() if of.tag.endswith("-REF")]
    assert references
    assert [of.text for of in references if names.get(of.text) != of.tag.removesuffix("-REF")] == []


def test_no_two_identifiers_are_the_same_and_each_is_one_that_xml_can_hold(reqif: ElementTree.Element) -> None:
    names = [name for of in reqif.iter() if (name := of.get("IDENTIFIER"))]
    assert len(names) == len(set(names))
    assert [name for name in names if not NAME.fullmatch(name)] == []


@pytest.mark.parametrize("path", PARTS)
def test_elements_stand_in_the_order_of_the_schema(path: str, reqif: ElementTree.Element) -> None:
    found = reqif.find("/".join(f"{NAMESPACE}{name}" for name in path.split("/")))
    assert found is not None
    assert [of.tag.removeprefix(NAMESPACE) for of in found] == PARTS[path]


def test_the_version_is_the_one_that_the_schema_fixes(reqif: ElementTree.Element) -> None:
    assert [of.text for of in _every(reqif, "REQ-IF-VERSION")] == ["1.0"]


def test_the_relations_of_both_forms_are_the_same(evidence: Evidence, reqif: ElementTree.Element) -> None:
    names = {of.get("IDENTIFIER"): of.get("LONG-NAME") for of in reqif.iter()}
    found = []
    for relation in _every(reqif, "SPEC-RELATION"):
        source, target = (relation.find(f"{NAMESPACE}{end}/*") for end in ("SOURCE", "TARGET"))
        assert source is not None
        assert target is not None
        found.append((names[target.text], relation.get("LONG-NAME"), names[source.text]))
    stated = [one for one in traces(evidence) if one.clause and one.scenario]
    expected = [(f"{of.clause.label} {of.clause.id}", of.relation, of.scenario.scenario.name) for of in stated]  # type: ignore[union-attr]
    assert found == expected
