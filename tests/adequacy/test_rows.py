"""Policies with lists: what is asked of rows is left out, and misread, as anything else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.library import read_library

POLICIES = read_library(Path(__file__).parents[1] / "determine" / "policies").policies
NONE = 0.001


@pytest.mark.parametrize("number", ["90051", "90052", "90053"])
def test_a_rule_that_asks_of_rows_can_be_left_out(number: str) -> None:
    policy = POLICIES[number]
    found = {one.mutant.of for one in adequacy_of(policy, [], NONE).mutants}
    assert {rule.criterion.id for rule in policy.rules} <= found
