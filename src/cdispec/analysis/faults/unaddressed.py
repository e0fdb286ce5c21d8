"""Requests that no clause settles, of which the policy says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.analysis.faults.examination import Examination
from cdispec.analysis.proof.bounded import with_rows
from cdispec.analysis.proof.rows import constraints, rows_of
from cdispec.analysis.proof.witness import Witnesses
from cdispec.core.work import TooMuchWorkError
from cdispec.determine.determination import determine
from cdispec.issues.logic import unaddressed_case
from cdispec.model.case import Case
from cdispec.model.measures import Measures
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.scenario.writing import given_sentences, request_sentence
from cdispec.source import Issue
from cdispec.targets.smt import Answers, Solver, Truths, decided
from cdispec.targets.smt.formulas import conjunction, disjunction, negation


def unaddressed_cases(examined: Examination, request: str) -> Iterator[Issue]:
    """The smallest case of a request kind that no clause settles, where nothing says what becomes of the rest."""
    policy = examined.policy
    if any(request in rest.requests for rest in policy.otherwise) or not policy.rules_for(request):
        return
    # The case that is shown may be an open record.
    answers = Answers([policy], examined.answers.work)
    truths = Truths(policy, answers)
    # A clause may say itself that a request is not addressed.
    unsaid = negation(disjunction([truths.met(rule.node) for rule in truths.program.decisions[request].rules]))
    open_ = conjunction([decided(request, truths).is_(Outcome.NOT_ADDRESSED), unsaid])
    possible = [answers.day >= policy.since.toordinal(), *constraints([examined.state], answers)]
    solver = Solver(answers, *possible, steps=examined.steps)
    model = Witnesses(solver, answers, [policy], policy.since, rows_of([examined.state], answers)).smallest(open_)
    if model is not None:
        case, policy = with_rows(examined.state, answers.case(policy, request, model)), examined.state.surface
        if examined.state.tallies.problems(case):
            raise TooMuchWorkError
        if determine(policy, case).outcome is not Outcome.NOT_ADDRESSED:
            if answers.agreements or Measures(policy) or policy.lists:
                raise TooMuchWorkError
            raise AssertionError(f"`determine` does not say as the solver does that {case} is not addressed")
        yield unaddressed_case(policy.rules_for(request)[0].criterion.place, request, _scenario(policy, case))


def _scenario(policy: Policy, case: Case) -> str:
    """A case as the sentences of a scenario, in one line."""
    given = [f"{'And' if n else 'Given'} {sentence}" for n, sentence in enumerate(given_sentences(policy, case))]
    return "; ".join([*given, f"When {request_sentence(policy, case)}"])
