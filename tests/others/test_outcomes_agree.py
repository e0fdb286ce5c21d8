"""What a policy asks of another one's outcome is what that one decides of the same record, for random policies."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cdispec.determine.determination import determine
from cdispec.model.case import Case
from cdispec.model.criteria import Reference
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.parse.asking import OtherPolicy, linked
from tests.determine.strategies import criterion, policies_with_cases, small_policy
from tests.examples import examples


def asking_for(other: Policy, request: str, outcome: Outcome) -> Policy | None:
    """A policy that grants what another one decides so; None where that one cannot."""
    asked = criterion("asked", Reference(f"{other.number}/{request}/{outcome.value}"))
    policy = replace(small_policy([], [(asked, Outcome.NECESSARY)]), effective=other.effective)
    found, issues = linked(policy, {other.number: OtherPolicy((other,), True)}.get, list)
    return None if issues else found


@examples(150)
@given(policies_with_cases(complete=None), st.data())
def test_an_outcome_is_asked_as_the_other_policy_gives_it(drawn: tuple[Policy, Case], data: st.DataObject) -> None:
    other, case = drawn
    stated = [*other.stated_outcomes, Outcome.NOT_ADDRESSED]
    outcome = data.draw(st.sampled_from(stated), label="outcome")
    policy = asking_for(other, case.request, outcome)
    if policy is None:
        return
    decided = determine(other, case).outcome
    found = determine(policy, replace(case, policy=policy.number, request="initial")).outcome
    if decided is Outcome.MORE_INFORMATION:
        assert found in (Outcome.MORE_INFORMATION, Outcome.NOT_NECESSARY)
    elif Outcome.NOT_DECIDED not in (decided, found):
        assert found is (Outcome.NECESSARY if decided == outcome else Outcome.NOT_NECESSARY)
