"""Tables of cases: each row is a case of its own with what it expects."""

from __future__ import annotations

from datetime import date

import pytest

from cdispec.model.facts import Including, Month, NoValue, Value
from tests.scenario.sample import REQUEST, codes_of, differences, told

EACH = "  Then each of these cases is determined as stated\n"
LAST = "| outcome | clause |"
NOT = "| not medically necessary | IV |"


def _table(*rows: str) -> str:
    return EACH + "".join(f"    {row}\n" for row in rows)


@pytest.mark.parametrize(
    ("column", "cell", "fact", "value"),
    [
        ("pain", "yes", "pain", True),
        ("Pain", "NO", "pain", False),
        ("age", "40", "age", 40),
        ("trial end", "2025-05-31", "trial-end", date(2025, 5, 31)),
        ("nyha", "nyha class ii", "nyha", "ii"),
        ("areas", "neck and shoulder blade", "areas", frozenset(["neck", "shoulder-blade"])),
        ("areas", "none", "areas", frozenset()),
        ("trial end", "May 2025", "trial-end", Month(2025, 5)),
        ("trial end", "none", "trial-end", NoValue()),
        ("areas", "including neck", "areas", Including(frozenset(["neck"]))),
    ],
)
def test_a_column_gives_the_answer_to_its_fact(column: str, cell: str, fact: str, value: Value) -> None:
    story, issues = told(REQUEST + _table(f"| {column} {LAST}", f"| {cell} {NOT}"))
    assert (issues, dict(story.tellings[0].case.facts)) == ([], {fact: value})


def test_an_empty_cell_gives_no_answer() -> None:
    story, _ = told(REQUEST + _table(f"| pain | age {LAST}", f"| | 40 {NOT}"))
    assert dict(story.tellings[0].case.facts) == {"age": 40}


def test_rows_share_what_is_given_above_and_nothing_else() -> None:
    rows = _table(f"| age | areas {LAST}", f"| 40 | {NOT}", f"| | including neck {NOT}")
    story, _ = told("  Given the painful areas include shoulder blade\n" + REQUEST + rows)
    assert [dict(telling.case.facts) for telling in story.tellings] == [
        {"areas": Including(frozenset(["shoulder-blade"])), "age": 40},
        {"areas": Including(frozenset(["shoulder-blade", "neck"]))},
    ]


def test_the_columns_request_and_date_make_the_request() -> None:
    story, issues = told(_table(f"| request | date {LAST}", f"| further | 2025-07-01 {NOT}"))
    case = story.tellings[0].case
    assert (issues, case.request, case.date) == ([], "further", date(2025, 7, 1))


def test_a_row_may_have_another_date_than_the_request_above() -> None:
    story, _ = told(REQUEST + _table(f"| date {LAST}", f"| 2025-07-01 {NOT}", f"| {NOT}"))
    assert [telling.case.date for telling in story.tellings] == [date(2025, 7, 1), date(2025, 6, 1)]


def test_the_column_record_says_whether_it_is_complete() -> None:
    story, _ = told(REQUEST + _table(f"| record {LAST}", f"| complete {NOT}", f"| open {NOT}", f"| {NOT}"))
    assert [telling.case.complete for telling in story.tellings] == [True, False, False]


def test_the_column_code_names_codes() -> None:
    story, _ = told(REQUEST + _table(f"| code {LAST}", f"| 97124, g0151 {NOT}"))
    assert story.tellings[0].case.codes == ("97124", "G0151")


def test_each_row_is_told_at_its_own_line() -> None:
    story, _ = told(REQUEST + _table(f"| age {LAST}", f"| 40 {NOT}", f"| 41 {NOT}"))
    assert [(telling.place.line, telling.expected[0][0]) for telling in story.tellings] == [(7, 7), (8, 8)]


def test_other_then_sentences_speak_of_every_row() -> None:
    sentences = _table(f"| age {LAST}", f"| 40 {NOT}", f"| 41 {NOT}") + "  And it depends on the NYHA class\n"
    assert differences("  Given the record is complete\n" + REQUEST + sentences) == [
        "it does not depend on the NYHA class",
        "it does not depend on the NYHA class",
    ]


HEAD = "| pain | lasting | age | trial end | outcome | clause | needed |"


@pytest.mark.parametrize(
    "row",
    [
        "| yes | yes | 40 | 2024-06-01 | medically necessary | I.a | |",
        "| yes | yes | 70 | 2024-06-01 | medically necessary | I.a and I.b | |",
        "| yes | no | 40 | 2024-06-01 | not medically necessary | IV | |",
        "| yes | no | 40 | 2025-06-01 | not indicated | II | |",
        "| yes | | 40 | 2024-06-01 | more information needed | | whether the pain is lasting |",
        "| yes | | | 2024-06-01 | more information needed | | the Veteran's age; whether the pain is lasting |",
    ],
)
def test_a_row_holds_where_the_policy_agrees(row: str) -> None:
    assert differences(REQUEST + _table(HEAD, row)) == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "| yes | no | 40 | 2024-06-01 | medically necessary | I.a | |",
            "expected medically necessary under I.a, but it is not medically necessary under IV",
        ),
        (
            "| yes | yes | 40 | 2024-06-01 | medically necessary | I.b | |",
            "expected medically necessary under I.b, but it is medically necessary under I.a",
        ),
        (
            "| yes | yes | 40 | 2024-06-01 | more information needed | | the Veteran's age |",
            "expected more information to be needed, but it is medically necessary under I.a",
        ),
        (
            "| yes | | | 2024-06-01 | more information needed | | the Veteran's age |",
            "more information is also needed on whether the pain is lasting",
        ),
        (
            "| yes | | 40 | 2024-06-01 | more information needed | | whether there is pain |",
            "expected more information to be needed on whether there is pain, but it does not depend on that",
        ),
        (
            "| yes | yes | 40 | 2024-06-01 | not addressed | | |",
            "expected not addressed, but it is medically necessary under I.a",
        ),
    ],
)
def test_a_row_fails_where_the_policy_disagrees_and_says_why(row: str, why: str) -> None:
    assert differences(REQUEST + _table(HEAD, row)) == [why]


def test_one_row_that_fails_does_not_hide_another() -> None:
    row = "| yes | no | 40 | 2024-06-01 | medically necessary | I.a | |"
    assert len(differences(REQUEST + _table(HEAD, row, row))) == 2


@pytest.mark.parametrize(
    ("table", "code", "line"),
    [
        ((f"| weight {LAST}", f"| 80 {NOT}"), "unknown-column", 6),
        ((f"| age | age {LAST}", f"| 40 | 41 {NOT}"), "contradicted-fact", 6),
        ((f"| age {LAST}", f"| old {NOT}"), "unknown-value", 7),
        ((f"| areas {LAST}", f"| including knee {NOT}"), "unknown-value", 7),
        ((f"| nyha {LAST}", f"| ii {NOT}"), "unknown-value", 7),
        ((f"| pain {LAST}", f"| maybe {NOT}"), "unknown-value", 7),
        ((f"| age {LAST}", f"| 9.9999999999999999999 {NOT}"), "impossible-value", 7),
        ((f"| trial end {LAST}", f"| 2025-02-30 {NOT}"), "unknown-value", 7),
        ((f"| trial end {LAST}", f"| 2034-05-31 {NOT}"), "impossible-value", 7),
        ((f"| trial end | date {LAST}", f"| 2025-05-31 | 2025-05-01 {NOT}"), "impossible-value", 7),
        ((f"| date {LAST}", f"| soon {NOT}"), "unknown-value", 7),
        ((f"| date {LAST}", f"| 2024-12-31 {NOT}"), "before-first-revision", 7),
        ((f"| record {LAST}", f"| whole {NOT}"), "unknown-value", 7),
        ((f"| request {LAST}", f"| monthly {NOT}"), "unknown-request", 7),
        (("| age | outcome | clause |", "| 40 | approved | IV |"), "unknown-outcome", 7),
        (("| age | outcome | clause |", "| 40 | medically necessary | |"), "outcome-without-clause", 7),
        (("| age | outcome |", "| 40 | medically necessary |"), "outcome-without-clause", 7),
        (("| age | outcome | clause |", "| 40 | medically necessary | I.z |"), "unknown-clause", 7),
        (("| age | outcome | needed |", "| 40 | more information needed | |"), "outcome-without-needed", 7),
        (("| age | outcome |", "| 40 | more information needed |"), "outcome-without-needed", 7),
        (("| age | outcome | needed |", "| 40 | more information needed | luck |"), "unknown-sentence", 7),
        (("| outcome | clause | needed |", "| not medically necessary | IV | the Veteran's age |"), "unknown-value", 7),
        (("| outcome | clause | needed |", "| more information needed | IV | the Veteran's age |"), "unknown-value", 7),
        (("| outcome | needed |", "| not addressed | the Veteran's age |"), "unknown-value", 7),
        (("| age | clause |", "| 40 | IV |"), "scenario-without-outcome", 6),
        ((f"| age {LAST}",), "missing-table-of-cases", 5),
        ((), "missing-table-of-cases", 5),
    ],
)
def test_a_damaged_table_is_told_at_its_line(table: tuple[str, ...], code: str, line: int) -> None:
    assert (code, line) in codes_of(REQUEST + _table(*table))


def test_a_row_cannot_contradict_what_is_given_above() -> None:
    found = codes_of("  Given there is pain\n" + REQUEST + _table(f"| pain {LAST}", f"| no {NOT}"))
    assert found == [("contradicted-fact", 8)]


def test_a_date_that_is_given_above_cannot_lie_after_the_request_of_a_row() -> None:
    given = "  Given the trial ended on 2025-05-31\n" + REQUEST
    assert codes_of(given + _table(f"| date {LAST}", f"| 2025-05-01 {NOT}")) == [("impossible-value", 4)]


def test_a_row_without_a_request_is_told() -> None:
    assert codes_of(_table(f"| age {LAST}", f"| 40 {NOT}")) == [("scenario-without-request", 6)]
