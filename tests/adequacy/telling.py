"""Scenarios of generated policies: cases with all that a scenario can expect of what is determined of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cdispec.analysis.mutation.slip import Misread, Slip
from cdispec.analysis.replay.measured import Measured, stood_in_for
from cdispec.determine.determination import Prepared, determine
from cdispec.library import ScenarioReading
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison
from cdispec.model.determination import Determination
from cdispec.model.facts import NoValue, Option, SetOf
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.scenario.draft import Telling
from cdispec.scenario.expectations import (
    Classified,
    Expectation,
    GrantedOn,
    HasOutcome,
    InPart,
    Needs,
    Restricted,
    holds,
    portion_words,
    restricted,
)
from cdispec.scenario.feature import Scenario
from cdispec.scenario.story import Story
from cdispec.source import Place
from tests.answers import specification

PLACE = Place("features/00001-generated/any.feature")


def telling(policy: Policy, case: Case) -> Telling:
    """A case with what is determined of it as what is expected."""
    return Telling(case, tuple((1, expected) for expected in _expected(policy, case)), PLACE)


def _expected(policy: Policy, case: Case) -> Iterator[Expectation]:
    found = determine(policy, case)
    if found.outcome is Outcome.MORE_INFORMATION:
        yield Needs(found.needed, True)
    else:
        yield HasOutcome(found.outcome, found.clauses, found.alternatives)
    yield from (Classified(name, truth) for name, truth in found.classifications.items())
    for one in found.granted:
        days = {False: one.first, True: one.last}
        yield from (GrantedOn(last, known.day) for last, known in days.items() if known is not None)
        if one.portion is not None:
            yield InPart(portion_words(one.portion)[0].removesuffix(one.portion.unit).strip())
    forms = {one.words for rule in policy.rules if rule.grant is not None for one in rule.grant.restrictions}
    yield from (Restricted(words, restricted(words, found)) for words in sorted(forms) if found.granted)


def reading(policy: Policy, cases: Iterable[Case]) -> list[ScenarioReading]:
    """One scenario with these cases."""
    told: Sequence[Telling] = [telling(policy, case) for case in cases]
    scenario = Scenario("any", "", "any", "any", "", (), (), PLACE, PLACE)
    return [ScenarioReading(policy, Story(scenario, tuple(told)), ())]


def edited(slip: Slip) -> Policy:
    """The policy with a slip, in which what its code sets come to by slips has names, for reasons print them."""
    policy = slip.edited.policy
    coded = {id: fact for id, fact in policy.facts.items() if isinstance(fact, SetOf) and fact.codes is not None}
    return replace(policy, facts={**policy.facts, **{id: _with_names(fact) for id, fact in coded.items()}})


def _with_names(fact: SetOf) -> SetOf:
    assert fact.codes is not None
    sets = (one.id for one in fact.codes.with_slips().sets if one.id not in fact.names)
    return replace(fact, options=(*fact.options, *(Option(id, id, PLACE) for id in sets)))


class Mutated:
    """A policy with a slip, decided the slow way."""

    def __init__(self, policy: Policy, slip: Slip) -> None:
        self._policy, self._slip = policy, slip
        self._prepared = Prepared(policy), Prepared(edited(slip))
        self._measured = Measured(policy)

    def said(self, case: Case) -> Determination:
        """What is determined of a case; what is misread is answered so, to the fact that stands in for it."""
        before, after = self._prepared
        case = self._measured.of(case)
        for edit in self._slip.edits:
            if isinstance(edit, Misread):
                if not self._is_misread(case, edit):
                    return before.decide(case).determination()
                if edit.read_as is not Truth.UNKNOWN:
                    answer = {self._slip.standing_in: edit.read_as is Truth.TRUE}
                    case = replace(case, facts={**case.facts, **answer})
        found = after.decide(case).determination()
        return replace(found, needed=tuple(dict.fromkeys(map(stood_in_for, found.needed))))

    def holds(self, telling: Telling) -> bool:
        """Whether what is determined of a case is what is expected of it."""
        said = self.said(telling.case)
        return all(holds(expected, said) for _, expected in telling.expected)

    def _is_misread(self, case: Case, edit: Misread) -> bool:
        logic = self._policy.criteria[edit.criterion].logic
        assert isinstance(logic, Comparison)
        if edit.read_as is Truth.UNKNOWN:
            return any(case.facts.get(fact) == NoValue() for fact in logic.facts)
        unknown = specification(self._policy, case).compare(logic, case) is Truth.UNKNOWN
        return unknown and (case.complete or not edit.silent)
