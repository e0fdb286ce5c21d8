"""The date of a request chooses the revision, to the day, and a later one that would decide otherwise is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdispec.cli import main
from tests.revisions.libraries import FIRST, LIBRARY, SECOND, THIRD
from tests.revisions.test_told import AS_OF

NOT, YES, OPEN = "not medically necessary", "medically necessary", "more information needed"


@pytest.fixture
def answers(capfd: pytest.CaptureFixture[str]) -> list[Any]:
    """The answers to the same request on the days around each boundary."""
    assert main(["determine", str(AS_OF), "--json", "--library", str(LIBRARY)]) == 1
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_on_the_day_before_the_first_revision_nothing_decides(answers: list[Any]) -> None:
    assert [issue["code"] for issue in answers[0]["issues"]] == ["before-first-revision"]


def test_a_revision_decides_from_its_day_to_the_day_before_the_next(answers: list[Any]) -> None:
    assert [(answer["date"], answer["revision"], answer["outcome"]) for answer in answers[1:]] == [
        (FIRST, FIRST, NOT),
        ("2025-08-31", FIRST, NOT),
        (SECOND, SECOND, YES),
        ("2026-02-28", SECOND, YES),
        (THIRD, THIRD, OPEN),
    ]


def test_the_first_later_revision_that_decides_otherwise_is_named(answers: list[Any]) -> None:
    later = [answer["later"] and (answer["later"]["revision"], answer["later"]["outcome"]) for answer in answers[1:]]
    assert later == [(SECOND, YES), (SECOND, YES), (THIRD, OPEN), (THIRD, OPEN), None]
