"""Policies with lists: what is asked of rows is left out, and misread, as anything else is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.library import read_library
from cdispec.model.case import Case
from tests.adequacy.telling import reading

POLICIES = read_library(Path(__file__).parents[1] / "determine" / "policies").policies
NONE = 0.001


@pytest.mark.parametrize("number", ["90051", "90052", "90053"])
def test_a_rule_that_asks_of_rows_can_be_left_out(number: str) -> None:
    policy = POLICIES[number]
    found = {one.mutant.of for one in adequacy_of(policy, [], NONE).mutants}
    assert {rule.criterion.id for rule in policy.rules} <= found


def test_a_scenario_that_holds_is_not_called_failing() -> None:
    policy = POLICIES["90055"]
    case = Case("90055", "any-number", date(2025, 7, 1), {})
    assert not adequacy_of(policy, reading(policy, [case]), NONE).failing
