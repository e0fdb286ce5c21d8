"""What an edit of any small policy does is what trying every case finds."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from cdispec.analysis.effects.compare import effect_of
from cdispec.analysis.effects.effect import Effect, RequestEffect
from cdispec.determine.determination import determine
from cdispec.model.facts import Day
from cdispec.model.policy import Policy
from tests.effects.enumeration import Both, Found
from tests.effects.mutation import mutated
from tests.examples import examples
from tests.strategies import policies

MANY = 4000
"""Cases that are not too many to try."""


def _assert_proved(both: Both, effect: Effect) -> None:
    """Equal to what was tried. Of dates only some are, so that the solver may find more, each with its witness."""
    sampled = any(isinstance(facts[0], Day) for facts in both.facts.values())
    classified = set()
    for request in effect.requests:
        tried = both.try_all(request.request.id, both.every())
        proved = {(witness.before.outcome, witness.after.outcome) for witness in request.witnesses}
        assert tried.pairs <= proved if sampled else tried.pairs == proved
        assert request.other_clauses or not tried.other_clauses
        assert sampled or tried.other_clauses == bool(request.other_clauses)
        if tried.pairs == proved:
            _assert_relations(request, tried)
        classified |= tried.classified
        _assert_replayed(effect, request)
    assert classified <= set(effect.classified) if sampled else classified == set(effect.classified)


def _assert_relations(request: RequestEffect, tried: Found) -> None:
    assert all(relation is tried.relation(outcome) for outcome, relation in request.outcomes.items())


def _assert_replayed(effect: Effect, request: RequestEffect) -> None:
    others = () if request.other_clauses is None else (request.other_clauses,)
    for witness in (*request.witnesses, *others):
        assert determine(effect.before, witness.before_case) == witness.before
        assert determine(effect.after, witness.after_case) == witness.after


@examples(15)
@given(st.data())
def test_an_edit_does_what_trying_every_case_finds(data: st.DataObject) -> None:
    before = data.draw(policies(depth=2, most_facts=4))
    after = data.draw(mutated(before))
    both = Both(before, after)
    assume(both.count() <= MANY)
    _assert_proved(both, effect_of(before, after))


@examples(15)
@given(policies())
def test_a_policy_does_nothing_otherwise_than_itself(policy: Policy) -> None:
    effect = effect_of(policy, policy)
    assert effect.same_logic
    assert effect.equivalent
    assert not effect.classified
