"""What is proved of any small policy is what trying every case finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from typing import TypeVar

from hypothesis import assume, given
from hypothesis import strategies as st

from cdispec.analysis.adequacy.adequacy import Fate, State
from cdispec.analysis.adequacy.aspects import Seen, Turns
from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.analysis.proof.limit import LIMIT
from cdispec.analysis.replay.edited import Tree
from cdispec.analysis.suggest.asked import Asked
from cdispec.analysis.suggest.closing import Target, Trial
from cdispec.determine.determination import Prepared, determine
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import AnyOf, Comparison, Criterion, IsOneOf, walk
from cdispec.model.determination import Determination
from cdispec.model.facts import YesNo
from cdispec.model.measures import Measures
from cdispec.model.policy import Policy
from cdispec.scenario.expectations import granted_sentences
from tests.adequacy.telling import Mutated, reading
from tests.answers import specification
from tests.choices import chosen
from tests.effects.enumeration import Both
from tests.examples import examples
from tests.strategies import PLACE, cases, policies, worked_out

T = TypeVar("T")

MANY = 150
"""Cases that are not too many to try with each mutant."""

FORCED = YesNo("forced", "", "", "", PLACE)

NONE, QUICKLY = 0.001, 0.2
"""Work for proofs, none and little: what they then leave undecided is no claim."""

FEW = 4
"""So many of what is found of a policy are tried."""

seldom = examples(4)
small = policies(depth=2, most_facts=3, most_rules=2)


def every_case(policy: Policy) -> list[Case]:
    """Every case of a policy, as far as its criteria can tell cases apart."""
    both = Both(policy, policy)
    assume(both.count() * len(policy.requests) <= MANY)
    found = []
    for answers, day, request, complete in product(both.every(), both.days, policy.requests, (False, True)):
        facts = {key[0]: value for key, value in answers.items() if value is not None}
        found.append(Case(policy.number, request, day, facts, complete))
    return found


def said(found: Determination) -> object:
    """What of a determination an edit may not change that is called equivalent."""
    rests = None if found.outcome.is_open else (frozenset(found.clauses), found.alternatives)
    return found.outcome, rests, found.classifications, granted_sentences(found, ["at night only"])


def some(found: Iterable[T]) -> st.SearchStrategy[list[T]]:
    """A few of what was found."""
    known = list(found)
    return chosen(lambda choices: choices.shuffled(known)[:FEW])


@seldom
@given(st.data())
def test_no_case_is_determined_otherwise_with_a_mutant_that_is_called_equivalent(data: st.DataObject) -> None:
    policy = data.draw(small)
    asked = every_case(policy)
    before = [said(Prepared(policy).decide(case).determination()) for case in asked]
    found = adequacy_of(policy, [], QUICKLY).mutants
    for one in data.draw(some(one for one in found if one.fate is Fate.EQUIVALENT)):
        mutated = Mutated(policy, one.mutant.slip)
        assert [said(mutated.said(case)) for case in asked] == before, one.mutant


@seldom
@given(st.data())
def test_what_is_called_unnoticed_or_open_a_case_would_notice_or_show(data: st.DataObject) -> None:
    policy = data.draw(small)
    # Of what measures are worked out from and limits count the solver knows nothing: such cases are found by trying.
    assume(not Measures(policy) and not any(rule.grant for rule in policy.rules))
    found = adequacy_of(policy, [], QUICKLY)
    cells = [cell for cell in found.open_cells if cell.state is State.OPEN]
    mutants = [one for one in found.survivors if one.fate is Fate.UNNOTICED]
    asked = Asked(Trial(policy, []), LIMIT)
    gaps: list[Target] = [*data.draw(some(cells)), *data.draw(some(mutants))]
    for gap in gaps:
        case = asked.case(gap)
        assert case is not None, gap
        assert Trial(policy, [case]).closing(gap), gap


@seldom
@given(small)
def test_no_case_shows_what_is_called_impossible(policy: Policy) -> None:
    trial = Trial(policy, every_case(policy))
    for cell in adequacy_of(policy, [], QUICKLY).cells:
        assert cell.state is not State.IMPOSSIBLE or not trial.closing(cell), cell


@examples(20)
@given(st.data())
def test_what_is_called_shown_is_shown_by_the_specification(data: st.DataObject) -> None:
    policy = data.draw(small)
    asked = data.draw(st.lists(cases(policy), min_size=1, max_size=4))
    for cell in adequacy_of(policy, reading(policy, asked), NONE).cells:
        if cell.state is State.SHOWN and isinstance(cell.aspect, Turns):
            assert any(turns(policy, case, cell.aspect) for case in asked), cell


def turns(policy: Policy, case: Case, aspect: Turns) -> bool:
    """Whether a case finds a criterion so, and is another case if that alone is otherwise, by the specification."""
    criterion = policy.criteria[aspect.criterion]
    specified = specification(policy, case)
    truth = specified.truth(replace(criterion, unless=None), worked_out(policy, case))
    wanted = {Seen.TRUE: Truth.TRUE, Seen.FALSE: Truth.FALSE}.get(aspect.seen, Truth.UNKNOWN)
    in_time = truth is not Truth.UNKNOWN or case.complete is (aspect.seen is Seen.SILENT)
    if truth is not wanted or not in_time or not specified.in_force(criterion):
        return False
    forced = replace(criterion, logic=Comparison(FORCED.id, IsOneOf(frozenset([True]))))
    edited = Tree(replace(policy, facts={**policy.facts, FORCED.id: FORCED})).with_criteria({criterion.id: forced})
    answered = (replace(case, facts={**case.facts, FORCED.id: so}) for so in (True, False))
    return any(stated(policy, case) != stated(edited.policy, other) for other in answered)


def stated(policy: Policy, case: Case) -> object:
    """All that a determination follows from: the outcome, and what is found of rules, of what is cited, of classes."""
    specified = specification(policy, case)
    rules = [rule.criterion for rule in policy.rules_for(case.request)]
    asked = [*rules, *(part for rule in rules for part in walk(rule) if is_cited(part))]
    truths = [(part.id, specified.in_force(part), specified.truth(part, case)) for part in asked]
    classes = [(one.name, specified.met(one.criterion, case)) for one in policy.classifications]
    return specified.outcome(), truths, classes, granted_sentences(determine(policy, case), ["at night only"])


def is_cited(part: Criterion) -> bool:
    """Whether it can be an alternative of an any-of list that is printed, or such a list: the rest is not cited."""
    return part.text is not None or isinstance(part.logic, AnyOf)
