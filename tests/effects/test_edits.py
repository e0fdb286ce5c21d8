"""What each of many edits of CDI 00036 does is proved as it was worked out by hand, and its witnesses stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cdispec.analysis.effects.effect import Effect, Relation, Witness
from cdispec.determine.determination import determine
from cdispec.determine.reading import as_read_by
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.facts import Including, Value
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.scenario.draft import Telling
from cdispec.scenario.expectations import unmet
from cdispec.scenario.feature import read_feature
from cdispec.scenario.story import read_story
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.scenario.writing import scenario_lines, then_sentences
from tests.effects.edits import EDITS, MORE, NA, OUT, Edit, N, Says, X
from tests.effects.massage import SLUG, each_edit, effect_of

RELATIONS = {
    "=": Relation.EQUIVALENT,
    "+": Relation.WIDER,
    "-": Relation.NARROWER,
    "~": Relation.DIFFERENT,
}
USUAL = {"initial": (N, X, MORE), "continuation": (N, OUT, NA, MORE), "well-being": (X,)}
"""The outcomes that requests of each kind can have."""


def _relations(request: str, said: Says) -> dict[Outcome, Relation]:
    outcomes = {**dict.fromkeys(USUAL[request], "="), **said}
    return {outcome: RELATIONS[sign] for outcome, sign in outcomes.items()}


def test_there_are_as_many_edits_as_were_promised() -> None:
    assert len({edit.name for edit in EDITS}) == len(EDITS) >= 40


@each_edit
def test_an_edit_does_what_was_worked_out_by_hand(edit: Edit) -> None:
    effect = effect_of(edit)
    said = {"initial": edit.initial, "continuation": edit.continuation, "well-being": edit.well_being}
    compared = {kind: says for kind, says in said.items() if edit.compared and kind not in edit.ended}
    found = {request.request.id: dict(request.outcomes) for request in effect.requests}
    assert found == {kind: _relations(kind, says) for kind, says in compared.items()}
    assert tuple(request.request.id for request in effect.requests if request.other_clauses) == edit.clauses
    assert all(request.clauses_decided for request in effect.requests)
    assert list(effect.classified) == (["complex condition"] if edit.classified else [])
    assert effect.same_logic == edit.same_logic
    assert tuple(kind.id for kind in effect.begun) == edit.begun
    assert tuple(kind.id for kind in effect.ended) == edit.ended


@each_edit
def test_there_is_a_witness_of_each_change_and_of_nothing_else(edit: Edit) -> None:
    for request in effect_of(edit).requests:
        pairs = [(witness.before.outcome, witness.after.outcome) for witness in request.witnesses]
        for outcome, relation in request.outcomes.items():
            gained, lost = any(pair[1] is outcome for pair in pairs), any(pair[0] is outcome for pair in pairs)
            expected = {(True, True): "~", (True, False): "+", (False, True): "-", (False, False): "="}[gained, lost]
            assert relation is RELATIONS[expected]


@each_edit
def test_each_witness_is_one_case_and_determined_as_it_says(edit: Edit) -> None:
    effect = effect_of(edit)
    for witness in _witnesses(effect):
        assert determine(effect.before, witness.before_case) == witness.before
        assert determine(effect.after, witness.after_case) == witness.after
        told = as_read_by(witness.before_case, effect.before, effect.after)
        back = as_read_by(witness.after_case, effect.after, effect.before)
        assert told is not None
        assert back is not None
        # What both can be told is the same; either may be told more than the other.
        for here, there in ((told, witness.after_case), (back, witness.before_case)):
            assert _agree(here, there)
            assert (here.date, here.request, here.complete) == (there.date, there.request, there.complete)


def _agree(read: Case, stated: Case) -> bool:
    """Whether a case holds everything that it can be told of another."""
    return all(_within(value, stated.facts.get(fact)) for fact, value in read.facts.items())


def _within(read: Value, stated: Value | None) -> bool:
    if isinstance(read, Including):
        held = stated.members if isinstance(stated, Including) else stated or frozenset()
        return isinstance(held, frozenset) and read.members <= held
    return read <= stated if isinstance(read, frozenset) and isinstance(stated, frozenset) else read == stated


def _witnesses(effect: Effect) -> Iterator[Witness]:
    for request in effect.requests:
        yield from request.witnesses
        if request.other_clauses is not None:
            yield request.other_clauses
    for witness in effect.classified.values():
        assert witness is not None
        yield witness


@each_edit
def test_each_witness_is_read_back_from_its_scenario(edit: Edit) -> None:
    effect = effect_of(edit)
    for witness in _witnesses(effect):
        for policy, case, found in (
            (effect.before, witness.before_case, witness.before),
            (effect.after, witness.after_case, witness.after),
        ):
            telling = _read_back(policy, scenario_lines(policy, case, then_sentences(policy, found), "A witness"))
            assert telling.case == case
            assert [unmet(expectation, found, policy) for _, expectation in telling.expected] == [""] * len(
                telling.expected
            )


def _read_back(policy: Policy, lines: list[str]) -> Telling:
    text = "\n".join(["Feature: Witnesses", "@witness", *lines]) + "\n"
    feature, issues = read_feature(text, f"features/{SLUG}/witnesses.feature")
    assert not issues
    story, more = read_story(feature.scenarios[0], Vocabulary(policy))
    assert not more
    return story.tellings[0]


@each_edit
def test_nothing_can_be_left_out_of_a_witness(edit: Edit) -> None:
    effect = effect_of(edit)
    for request in effect.requests:
        for witness in request.witnesses:
            pair = witness.before.outcome, witness.after.outcome
            assert all(_outcomes(effect, *smaller) != pair for smaller in _smaller(witness))
        if request.other_clauses is not None:
            assert not any(_other_clauses(effect, *smaller) for smaller in _smaller(request.other_clauses))
    for name, witness_of in effect.classified.items():
        assert witness_of is not None
        truths = witness_of.before.classifications[name], witness_of.after.classifications[name]
        assert all(_classified(effect, name, *smaller) != truths for smaller in _smaller(witness_of))


def _smaller(witness: Witness) -> Iterator[tuple[Case, Case]]:
    """The case without one of its answers, and without one of the members of a list; both states read it."""
    before, after = witness.before_case, witness.after_case
    for fact in {**before.facts, **after.facts}:
        yield _without(before, fact), _without(after, fact)
        for option in sorted(_members(before.facts.get(fact)) | _members(after.facts.get(fact))):
            yield _without(before, fact, option), _without(after, fact, option)


def _members(value: Value | None) -> frozenset[str]:
    if isinstance(value, Including):
        return value.members
    return value if isinstance(value, frozenset) else frozenset()


def _without(case: Case, fact: str, option: str = "") -> Case:
    value = case.facts.get(fact)
    rest = {id: answer for id, answer in case.facts.items() if id != fact}
    if option and isinstance(value, Including):
        rest[fact] = Including(value.members - {option})
    elif option and isinstance(value, frozenset):
        rest[fact] = value - {option}
    return replace(case, facts=rest)


def _outcomes(effect: Effect, before: Case, after: Case) -> tuple[Outcome, Outcome]:
    return determine(effect.before, before).outcome, determine(effect.after, after).outcome


def _other_clauses(effect: Effect, before: Case, after: Case) -> bool:
    """Whether a decided outcome is the same and rests on other clauses."""
    outcomes = _outcomes(effect, before, after)
    if MORE in outcomes or outcomes[0] is not outcomes[1]:
        return False
    return _clauses(effect.before, before) != _clauses(effect.after, after)


def _clauses(policy: Policy, case: Case) -> set[str]:
    """The clauses by what is permanent of them: of several ids with one label the one that stands first."""
    first: dict[str, str] = {}
    for id, label in policy.clauses.items():
        first.setdefault(label, id)
    return {first[label] for label in determine(policy, case).clauses}


def _classified(effect: Effect, name: str, before: Case, after: Case) -> tuple[Truth, Truth]:
    """Whether a classification applies, before and after."""
    return determine(effect.before, before).classifications[name], determine(effect.after, after).classifications[name]
