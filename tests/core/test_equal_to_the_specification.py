"""The core says what the specification says, of every criterion, outcome and needed fact."""

from __future__ import annotations

from functools import partial

from hypothesis import assume, given
from hypothesis import strategies as st

from cdispec.core.evaluate import evaluate
from cdispec.core.exact import remaining
from cdispec.core.known import Known
from cdispec.core.lower import lower
from cdispec.determine.determination import determine
from cdispec.logic import Truth
from tests.answers import completions, specification
from tests.examples import examples
from tests.strategies import cases, policies, worked_out

OFTEN = examples(80)
MANY = 100_000
"""Ways to answer what is unknown that are not too many to try."""


@OFTEN
@given(st.data())
def test_every_criterion_has_the_truth_that_the_specification_gives_it(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=2, most_facts=4))
    case = data.draw(cases(policy).map(partial(worked_out, policy)))
    assume(completions(policy, case) <= MANY)
    program, specified = lower(policy), specification(policy, case)
    truths = evaluate(program, case)
    for id, criterion in policy.criteria.items():
        lowered = program.criteria[id]
        assert (truths[lowered.in_force] is Truth.TRUE) == specified.in_force(criterion), id
        if not specified.in_force(criterion):
            continue
        assert truths[lowered.truth] is specified.truth(criterion, case), id
        if lowered.met is not None:
            assert truths[lowered.met] is specified.met(criterion, case), id


@OFTEN
@given(st.data())
def test_outcomes_and_needed_facts_are_those_of_the_specification(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=2, most_facts=4))
    case = data.draw(cases(policy).map(partial(worked_out, policy)))
    assume(completions(policy, case) <= MANY)
    program, specified = lower(policy), specification(policy, case)
    decision = program.decisions[case.request]
    truths = evaluate(program, case)
    outcomes = specified.outcomes(case)
    known = Known(program, case)
    if case.complete:
        assert outcomes == {determine(policy, case).outcome}
        return
    found = remaining(program, decision, known, truths)
    if not found.may:
        assert found.outcomes == outcomes
        assert frozenset(found.needed) == specified.needed()
    else:
        assert found.outcomes >= outcomes
        assert frozenset(found.needed) >= specified.needed()
