"""Facts that another document decides: how they are stated, what is refused, and where readers see them apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cdispec.analysis.changes.entries import changed_facts
from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.facts import Document
from cdispec.parse.facts import read_facts
from cdispec.publish.pages.checklist import checklist_of
from cdispec.report.determination import determination_text
from cdispec.report.terminal import Style

POLICIES = Path(__file__).parents[1] / "determine" / "policies"
VISITS = read_library(POLICIES).policies["90061"]
DOCUMENT = Document("42 CFR 410.26, supervision", "https://www.ecfr.gov/current/title-42/section-410.26")
SUPERVISED = "supervised:\n  kind: yes-no\n  phrase: the service is supervised\n"


def test_the_document_and_its_address_are_read() -> None:
    assert VISITS.facts["supervised"].decided_by == DOCUMENT
    assert VISITS.facts["referred"].decided_by is None


@pytest.mark.parametrize(
    ("declared", "line", "message"),
    [
        (SUPERVISED + "  decided by: a rule\n  link: rules.html\n", 5, "expected an address of the web"),
        (SUPERVISED + "  link: https://example.org\n", 2, "has no `decided by`"),
        (
            "age:\n  kind: number\n  unit: years\n  question: How?\n  name: the age\n  phrase: it is {value}\n"
            "  is: 2 * other\n  decided by: a rule\n",
            8,
            "a number that is not worked out",
        ),
    ],
    ids=["a link that leads nowhere", "a link without its document", "a measure"],
)
def test_what_cannot_be_read_is_reported_at_its_line(declared: str, line: int, message: str) -> None:
    _, issues = read_facts(declared, "facts.yaml")
    assert [issue.place.line for issue in issues] == [line]
    assert message in issues[0].message


def test_a_checklist_names_the_document_and_asks_for_it_apart() -> None:
    checklist = checklist_of(VISITS, VISITS.requests["initial"])
    [rule] = checklist.indications
    assert [entry.decided_by for entry in rule.entry.entries] == [(), (DOCUMENT,)]
    assert [fact.id for fact in checklist.questions] == ["referred"]
    assert [fact.id for fact in checklist.elsewhere] == ["supervised"]


def test_what_is_needed_says_under_what_it_is_decided() -> None:
    case = Case(policy="90061", request="initial", date=date(2025, 6, 1), facts={"referred": True})
    text = determination_text(determine(VISITS, case), case, VISITS, Style(False))
    asked = "Is the service supervised?  [supervised], as decided under 42 CFR 410.26, supervision\n"
    assert asked in text


def test_a_revision_that_names_another_document_changes_the_fact() -> None:
    fact = replace(VISITS.facts["supervised"], decided_by=Document("42 CFR 410.27"))
    after = replace(VISITS, facts={**VISITS.facts, "supervised": fact})
    [change] = changed_facts(VISITS, after)
    assert [passage.part for passage in change.passages] == ["decided by"]
