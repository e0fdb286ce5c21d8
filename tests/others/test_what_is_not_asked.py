"""What cannot be asked of another policy is refused: codes, and what was known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from cdispec.library import read_library
from cdispec.model.periods import StatePeriod
from cdispec.parse.case import read_cases

POLICIES = Path(__file__).parents[1] / "determine" / "policies"
CASE = "policy: '90064'\nrequest: {request}\ndate: 2025-07-01\nknown_on: 2025-06-01\nfacts: {{}}\n"


def test_a_case_as_known_on_a_day_is_refused_where_its_policy_asks_others() -> None:
    policy = read_library(POLICIES).policies["90064"]
    state = StatePeriod.of(replace(policy, in_effect=date(2020, 1, 1)))
    text = CASE.format(request=next(iter(policy.requests)))
    [(_, case, [issue], _)] = read_cases(text, "case.yaml", {"90064": [state]})
    assert case is None
    assert (issue.place.line, issue.code) == (4, "impossible-value")
    assert "policy `90064` asks others" in issue.message
