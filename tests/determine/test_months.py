"""Dates that are known to a month: how they are stated, what is refused, and how they are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cdispec.check.deciding import DecidingStates
from cdispec.determine.contract import case_json
from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.facts import Month, Value
from cdispec.parse.case import read_cases
from cdispec.report.determination import determination_text
from cdispec.report.terminal import Style
from cdispec.scenario.expectations import granted_words
from cdispec.targets.python import compile_policy

ROOT = Path(__file__).parent / "policies"
MONTHS = read_library(ROOT).policies["90024"]
STATES = DecidingStates(ROOT, lambda number, issues: None, working=True)


def read(scan: str) -> tuple[Case | None, list[str]]:
    """A request of 15 June 2025 with this answer, and what is wrong with it."""
    text = f"policy: '90024'\nrequest: recent\ndate: 2025-06-15\nfacts: {{scan: {scan}}}\n"
    [(_, case, issues, _)] = read_cases(text, "case.yaml", STATES)
    return case, [issue.message for issue in issues]


def case(request: str, **facts: Value) -> Case:
    """A request of 15 June 2025."""
    return Case("90024", request, date(2025, 6, 15), facts)


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        (Month(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (Month(2025, 2), date(2025, 2, 1), date(2025, 2, 28)),
        (Month(2025, 4), date(2025, 4, 1), date(2025, 4, 30)),
        (Month(2025, 12), date(2025, 12, 1), date(2025, 12, 31)),
        (Month(1, 1), date(1, 1, 1), date(1, 1, 31)),
        (Month(9999, 12), date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_month_has_all_its_days(month: Month, first: date, last: date) -> None:
    assert (month.first, month.last) == (first, last)


@pytest.mark.parametrize("scan", ["2024-06", "'2024-06'"])
def test_a_case_states_a_month_as_year_and_month(scan: str) -> None:
    found, issues = read(scan)
    assert issues == []
    assert found is not None
    assert found.facts == {"scan": Month(2024, 6)}


def test_a_month_is_written_as_it_is_read() -> None:
    assert case_json(case("recent", scan=Month(2024, 6)))["facts"] == {"scan": "2024-06"}


@pytest.mark.parametrize("scan", ["2024", "2024-13", "2024-00", "0000-06", "2024-6", "June 2024"])
def test_what_is_no_month_of_the_calendar_is_refused(scan: str) -> None:
    found, issues = read(scan)
    assert found is None
    assert len(issues) == 1
    assert "a month such as 2025-06" in issues[0]


def test_a_month_that_begins_after_the_request_is_refused_where_the_date_cannot() -> None:
    assert read("2025-07") == (
        None,
        ["`2025-07` is impossible: `scan` cannot lie after the request, which is of 2025-06-15"],
    )


def test_the_month_of_the_request_is_possible() -> None:
    found, issues = read("2025-06")
    assert (found is not None, issues) == (True, [])


def test_what_is_needed_of_a_month_is_its_day() -> None:
    stated = case("recent", scan=Month(2024, 12))
    text = determination_text(determine(MONTHS, stated), stated, MONTHS, Style(False))
    assert "    - When was the scan made?  [scan]: the day in December 2024" in text.splitlines()
    assert "reported: the scan was made in December 2024" in text


@pytest.mark.parametrize(
    ("delivery", "words"),
    [
        (Month(2025, 6), "from a day that is not known (2025-06-01 at the earliest, 2025-06-30 at the latest)"),
        (date(2025, 6, 30), "from 2025-06-30"),
    ],
)
def test_a_term_from_a_month_begins_on_one_of_its_days(delivery: Value, words: str) -> None:
    [granted] = determine(MONTHS, case("pump", need=True, delivery=delivery)).granted
    assert granted_words(granted)[0] == words


def test_the_compiled_form_says_of_a_month_what_the_core_says() -> None:
    compiled = compile_policy(MONTHS)
    for number in range(1, 13):
        stated = case("recent", scan=Month(2024, number))
        assert compiled.decide(stated).determination() == determine(MONTHS, stated)
