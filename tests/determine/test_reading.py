"""What reading refuses or makes equal before anything is determined."""

from __future__ import annotations

import pytest

from cdispec.check.judgements import state_issues
from cdispec.model.case import Case
from cdispec.model.periods import StatePeriod
from cdispec.parse.case import read_cases
from tests.scenario.sample import POLICY, SAMPLE, policy_of

CASE = """\
policy: "00050"
request: initial
date: 2025-06-01
facts: {{{facts}}}
"""
FRONT = POLICY[: POLICY.index("## Indications")]


def _block(id: str, logic: str) -> str:
    return f"### {id} {{#{id}}}\n\n~~~criteria\n{logic}\n~~~\n\n"


def _circles(*blocks: str) -> list[str]:
    document = FRONT + "## Indications {#indications}\n\n" + "".join(blocks)
    found = state_issues(policy_of(document=document), read_whole=False)
    return [issue.message for issue in found if issue.code == "reference-circle"]


RULE = "{request: initial, outcome: medically necessary, meets: b}"


def test_a_criterion_that_meets_itself_is_refused() -> None:
    assert _circles(_block("b", "{meets: b}")) == ["the criterion refers to itself: `b` -> `b`"]


def test_criteria_that_meet_one_another_are_refused() -> None:
    found = _circles(_block("a", RULE), _block("b", "{meets: c}"), _block("c", "{meets: b}"))
    assert found == ["the criterion refers to itself: `b` -> `c` -> `b`"]


@pytest.mark.parametrize(
    "logic",
    [
        "all: [{fact: pain}, {id: again, meets: b}]",
        "not: {id: again, meets: b}",
        "at least 1 of: [{fact: pain}, {id: again, meets: b}]",
        "any: {open: lasting, of: [{id: again, meets: b}]}",
    ],
)
def test_a_circle_through_a_list_is_refused(logic: str) -> None:
    assert len(_circles(_block("b", f"{{{logic}}}"))) == 1


def test_a_circle_through_a_guard_is_refused() -> None:
    assert len(_circles(_block("b", "{fact: pain, unless: {id: again, meets: b}}"))) == 1


def test_a_criterion_that_two_others_meet_is_no_circle() -> None:
    shared = _block("b", "{fact: pain}")
    assert not _circles(_block("a", RULE), _block("c", RULE.replace("initial", "further")), shared)


@pytest.mark.parametrize(
    ("id", "logic"),
    [
        # The id of a heading is that of a fact; two criteria have no id.
        ("pain", "all: [{fact: pain}, {id: again, meets: c}]"),
        ("b", "any: [{not: {meets: c}}, {not: {meets: d}}]"),
    ],
)
def test_criteria_that_have_the_same_id_by_mistake_are_no_circle(id: str, logic: str) -> None:
    others = _block("c", "{fact: lasting}"), _block("d", "{fact: age, at least: 3}")
    assert not _circles(_block(id, f"{{{logic}}}"), *others)


def _case(facts: str) -> Case | None:
    [(_, case, issues, _)] = read_cases(CASE.format(facts=facts), "case.yaml", {"00050": [StatePeriod.of(SAMPLE)]})
    assert not issues
    return case


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("areas: [neck, back]", "areas: [back, neck]"),
        ("areas: [neck, back]", "areas: [back, neck, back]"),
        ("areas: {including: [neck, back]}", "areas: {including: [back, neck]}"),
        ("pain: yes, age: 40", "age: 40, pain: yes"),
        ("pain: yes", "pain: true"),
    ],
)
def test_the_order_and_spelling_of_answers_make_no_other_case(one: str, other: str) -> None:
    assert _case(one) == _case(other)


def test_a_whole_list_is_another_case_than_an_incomplete_one() -> None:
    assert _case("areas: [neck]") != _case("areas: {including: [neck]}")


def test_an_empty_list_is_another_case_than_an_unknown_one() -> None:
    assert _case("areas: []") != _case("")


def test_what_is_null_in_a_case_is_left_out() -> None:
    nothing = "facts: null, known_on: null, record: null, codes: null, id: null"
    case = f'{{policy: "00050", request: initial, date: 2025-06-01, {nothing}}}'
    [(_, found, issues, _)] = read_cases(case, "case.yaml", {"00050": [StatePeriod.of(SAMPLE)]})
    assert not issues
    assert found == _case("")
