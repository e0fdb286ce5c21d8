"""What each edit of CDI 00036 does, against trying cases.

Of `initial` and `well-being` every case is tried that the rules can tell apart near the edit: every answer about the
expectation of benefit; every list of one condition of each kind and of those that the edit names, and of all
conditions, whole and in part; every answer to each fact that the edited text names; the record open and complete. Of
`continuation` the lists have one condition or all, and the other facts, which enter both states in the same way, are
tried as all favourable, all unknown, all unfavourable, each alone otherwise, each alone known, and each response to the
therapy as the only one. That is no proof that nothing else changes; but all that the solver finds must be found here,
and all that is found here by the solver.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdispec.model.facts import Including, Number, OneOf, SetOf, Value, YesNo
from cdispec.model.policy import Policy
from cdispec.targets.python import compile_policy
from tests.effects.edits import Edit
from tests.effects.enumeration import Answers, Both, Key, combined, lists
from tests.effects.massage import each_edit, edited, effect_of, states

AGAINST = ("able-to-maintain-progress", "veteran-request-alone")
"""The yes-no facts whose favourable answer is no."""
RESPONSES = (
    *("durable-improvement", "outcomes-instruments-improvement", "returned-to-work", "daily-living-improvement"),
    *("medication-use-decreased", "intervention-need-decreased", "other-clinically-significant-response"),
)
DIAGNOSIS, EXPECTATION = "diagnosis", "expectation-of-benefit"
PROGRESS: Key = ("further-progress-expected", YesNo, "")
"""Where no progress is expected the outcome is the same, and what else it rests on can be seen."""
BEFORE = compile_policy(edited())
MOST_NEAR = 3
"""So many facts near an edit are tried in every combination."""


@each_edit
def test_an_edit_does_what_trying_cases_finds(edit: Edit) -> None:
    before, after = states(edit)
    both = Both(before, after, BEFORE if before is BEFORE.policy else None)
    effect = effect_of(edit)
    classified: set[str] = set()
    for request in effect.requests:
        tried = both.try_all(request.request.id, _tried(both, edit, request.request.id))
        assert tried.pairs == {(witness.before.outcome, witness.after.outcome) for witness in request.witnesses}
        assert dict(request.outcomes) == {outcome: tried.relation(outcome) for outcome in request.outcomes}
        assert tried.other_clauses == bool(request.other_clauses)
        classified |= tried.classified
    assert classified == set(effect.classified)


def _tried(both: Both, edit: Edit, request: str) -> Iterator[Answers]:
    near = {key: both.answers(key) for key in _near(both, edit)}
    expectation, diagnosis = _key(both, EXPECTATION), _key(both, DIAGNOSIS)
    conditions = _diagnoses(both, edit) if request == "initial" else _few_diagnoses(both, edit)
    told: dict[Key, list[Value | None]] = {**near, expectation: [None, True, False], diagnosis: conditions}
    rest = [key for key in both.facts if key not in told]
    good, bad = ({key: _answer(both, key, favourable) for key in rest} for favourable in (True, False))
    together: tuple[Answers, ...] = (good, {}, bad)
    for setting in together:
        yield from ({**setting, **answers} for answers in combined(told))
    if request == "continuation":
        told = {**near, expectation: [True], diagnosis: [frozenset(["back-pain"])]} if near else told
        for setting in (*_each_alone(both, rest, good, bad), *_each_response(rest, good)):
            yield from ({**setting, **answers} for answers in combined(told))


def _each_alone(both: Both, rest: list[Key], good: Answers, bad: Answers) -> Iterator[Answers]:
    """Each fact answered in every way beside the others, and each the only one that is known."""
    for key in rest:
        for answer in both.answers(key):
            yield from (
                {**good, key: answer},
                {**good, PROGRESS: False, key: answer},
                {**bad, key: answer},
                {key: answer},
            )


def _each_response(rest: list[Key], good: Answers) -> Iterator[Answers]:
    """Each response to the therapy as the only one, or the only one that is not known, beside what is favourable."""
    responses = [key for key in rest if key[0] in RESPONSES]
    none: Answers = dict.fromkeys(responses, False)
    for others in (good, {**good, PROGRESS: False}):
        yield {**others, **none}
        for key in responses:
            yield from ({**others, **none, key: True}, {**others, **none, key: None})
            yield {**others, **dict.fromkeys(responses), key: True}


def _near(both: Both, edit: Edit) -> list[Key]:
    """The facts that the edited text names, and those of which something else can be stated."""
    text = " ".join(part for swap in (*edit.document, *edit.facts) for part in swap)
    words = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text))
    numbers = {id for id, *_ in both.facts if _bounds(both.states[0], id) != _bounds(both.states[1], id)}
    found = (numbers | words) - {DIAGNOSIS, EXPECTATION}
    return [key for key in both.facts if key[0] in found][:MOST_NEAR]


def _bounds(policy: Policy, id: str) -> object:
    fact = policy.facts.get(id)
    return (fact.unit, fact.minimum, fact.maximum) if isinstance(fact, Number) else None


def _key(both: Both, id: str) -> Key:
    return next(key for key in both.facts if key[0] == id)


def _diagnoses(both: Both, edit: Edit) -> list[Value | None]:
    every = frozenset(_known(both))
    return [*lists(_named(both, edit)), every, Including(every)]


def _few_diagnoses(both: Both, edit: Edit) -> list[Value | None]:
    every = frozenset(_known(both))
    some = [every, *(frozenset([option]) for option in _named(both, edit))]
    return [None, frozenset(), *some, *map(Including, some)]


def _named(both: Both, edit: Edit) -> list[str]:
    """A condition of each list, and those that the edit names."""
    named = {"back-pain", "lymphedema", *re.findall(r"includes: ([a-z-]+)", str(edit.document)), "pelvic-pain"}
    return sorted(named & set(_known(both)))


def _known(both: Both) -> list[str]:
    facts = both.facts[_key(both, DIAGNOSIS)]
    return sorted({option.id for fact in facts if isinstance(fact, SetOf) for option in fact.options})


def _answer(both: Both, key: Key, favourable: bool) -> Value | None:
    fact = both.facts[key][0]
    if isinstance(fact, YesNo):
        return favourable != (fact.id in AGAINST)
    if isinstance(fact, OneOf):
        return fact.options[-1 if favourable else 0].id
    answers = [answer for answer in both.answers(key) if answer is not None]
    return answers[-1 if favourable else 0]
