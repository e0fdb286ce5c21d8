"""The formulas as a target: what they say of any case is what the core says, node by node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

import z3
from hypothesis import reject

from cdispec.core.evaluate import evaluate
from cdispec.core.work import SECOND, TooMuchWorkError, Work
from cdispec.determine.determination import determine
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.facts import Month, Within
from cdispec.model.measures import Measures
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.targets.smt import Answers, Decided, Solver, Truths, decided
from tests.strategies import worked_out
from tests.targets.smt.holding import held_to

STEPS = 20 * SECOND

Claim = tuple[str, z3.BoolRef]

MOST_CASES = 2
"""So many cases of a policy are asked of a solver, which takes its time."""


class Formulas:
    """The formulas of a policy as a target."""

    is_quick = False

    def some(self, cases: Iterable[Case]) -> Iterable[Case]:
        """The first of many cases, of which a formula knows a date to the day or not at all."""
        return map(without_months, islice(cases, MOST_CASES))

    def assert_equal(self, policy: Policy, cases: Iterable[Case]) -> None:
        """They say of each case what the core says, and nothing that it leaves open decides them."""
        answers = Answers([policy], Work(STEPS))
        truths = Truths(policy, answers)
        for stated in (with_measures_known(policy, case) for case in cases):
            case = worked_out(policy, stated)
            claims = list(claimed(policy, case, truths, decided(case.request, truths), stated))
            assert_claims(answers, held_to(answers, policy, case), claims)


@contextmanager
def decided_within_limits() -> Iterator[None]:
    """Drop a generated example that passes the limit of work: not decided, it says nothing that could differ."""
    try:
        yield
    except TooMuchWorkError:
        reject()


def without_months(case: Case) -> Case:
    """The case with nothing known of a date that is known to a month."""
    return replace(case, facts={id: value for id, value in case.facts.items() if not isinstance(value, Month)})


def with_measures_known(policy: Policy, case: Case) -> Case:
    """The case without the numbers from which a measure is known in part: a formula knows it wholly or not at all."""
    measures = Measures(policy)
    partly = [id for id, value in worked_out(policy, case).facts.items() if isinstance(value, Within)]
    unknown = {number for id in partly for number in measures.named(id)}
    return replace(case, facts={id: value for id, value in case.facts.items() if id not in unknown})


def claimed(policy: Policy, case: Case, truths: Truths, said: Decided, stated: Case | None = None) -> Iterator[Claim]:
    """What the core says of the case, each thing as a formula that must then hold, with what it is about.

    It decides the case as it was `stated`, where its measures were worked out.
    """
    for number, found in enumerate(evaluate(truths.program, case)):
        node = truths.truth(number)
        yield f"{number} {found!r} {truths.nodes[number]}", node.is_(found)
        yield (
            f"{number} nothing but {found!r}",
            z3.Not(z3.Or([node.is_(other) for other in Truth if other is not found])),
        )
    determined = determine(policy, stated or case)
    for outcome in said.outcomes:
        yield f"{determined.outcome}, and of {outcome}", said.is_(outcome) == (outcome is determined.outcome)
    if determined.outcome is not Outcome.MORE_INFORMATION:
        yield f"alternatives: {determined.alternatives}", said.alternatives == determined.alternatives
        for label in {*policy.clauses.values(), *determined.clauses}:
            about = f"{determined.clauses}, and of {label}"
            yield about, said.rests_on(label) == (label in determined.clauses)


def assert_claims(answers: Answers, held: list[z3.BoolRef], claims: list[Claim]) -> z3.ModelRef:
    """There is such a case, and in none is a claim wrong, whatever the answers are that it does not state."""
    model = _model(answers, held)
    assert model is not None
    if _model(answers, [*held, z3.Not(z3.And([formula for _, formula in claims]))]) is not None:
        wrong = [about for about, formula in claims if _model(answers, [*held, z3.Not(formula)]) is not None]
        raise AssertionError(f"the core says otherwise: {wrong}")
    return model


def _model(answers: Answers, formulas: list[z3.BoolRef]) -> z3.ModelRef | None:
    return Solver(answers, steps=STEPS).model(*formulas)
