"""What an edit does, worked out the slow way: every case of the answers that are tried is decided by both states.

Independent of the solver and of formulas: the cases are decided by the compiled form, which is held equal to the
core. The answers that are tried are all that either state can tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations, product
from math import prod

from cdispec.analysis.effects.effect import Relation
from cdispec.core.program import Includes, Lies, Program, Yes, facts_of, nodes_below
from cdispec.model.case import Case
from cdispec.model.facts import Amount, Day, Fact, Including, NoValue, Number, OneOf, Option, SetOf, Value, may_be_none
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, all_criteria
from cdispec.targets.python import Compiled, compile_policy
from cdispec.targets.python.compiled import Truths
from cdispec.targets.python.door import Checked, RecordKind
from tests.answers import answers_of
from tests.strategies import told_apart

Key = tuple[str, type[Fact], str]
Answers = Mapping[Key, Value | None]
"""What is answered to the facts of both states; those of another kind or in another unit are other facts."""


def key_of(fact: Fact) -> Key:
    """What makes a fact of two states the same."""
    return fact.id, type(fact), fact.unit if isinstance(fact, Number) else ""


@dataclass
class Found:
    """What was seen of a kind of request in all cases tried."""

    pairs: set[tuple[Outcome, Outcome]] = field(default_factory=set)
    other_clauses: bool = False
    classified: set[str] = field(default_factory=set)

    def relation(self, outcome: Outcome) -> Relation:
        """How the cases of an outcome relate."""
        gained = any(pair[1] is outcome for pair in self.pairs)
        lost = any(pair[0] is outcome for pair in self.pairs)
        if gained and lost:
            return Relation.DIFFERENT
        return Relation.WIDER if gained else Relation.NARROWER if lost else Relation.EQUIVALENT


class Both:
    """Two states of a policy, and the answers worth trying."""

    def __init__(self, before: Policy, after: Policy, former: Compiled | None = None) -> None:
        """`former` is the state before, where that is compiled already: it keeps what it has worked out."""
        self.states = before, after
        self.compiled = former or compile_policy(before), compile_policy(after)
        self._ids = _first_ids(before), _first_ids(after)
        self.facts: dict[Key, list[Fact]] = {}
        for policy in self.states:
            for fact in policy.facts.values():
                self.facts.setdefault(key_of(fact), []).append(fact)
        self._own = [{key_of(fact): fact for fact in policy.facts.values()} for policy in self.states]
        self._names = {named.name for named in before.classifications} & {n.name for n in after.classifications}
        self.days = sorted(self._request_days())
        dates = [fact for facts in self.facts.values() for fact in facts if isinstance(fact, Day)]
        self._dates = [key_of(fact) for fact in dates]
        self._unlike = before.facts != after.facts or any(fact.latest_request for fact in dates)
        self._alike = {key for key, [one, *others] in self.facts.items() if others == [one] and key not in self._dates}

    def _request_days(self) -> set[date]:
        first = max(policy.since for policy in self.states)
        found = {first}
        for policy in self.states:
            for criterion in all_criteria(policy):
                start, end = criterion.valid.start, criterion.valid.end
                found |= {start} if start else set()
                found |= {end, end + timedelta(1)} if end else set()
            for row in (row for one in policy.code_sets.values() for row in one.rows):
                found |= {row.start} if row.start > date.min else set()
                found |= {row.end, row.end + timedelta(1)} if row.end < date.max else set()
        return {day for day in found if day >= first}

    def answers(self, key: Key) -> list[Value | None]:
        """Every answer worth trying, and none."""
        if isinstance(self.facts[key][0], SetOf):
            of = [fact for fact in self.facts[key] if isinstance(fact, SetOf)]
            return lists(told_apart(of, self.days))
        tried: dict[Value, None] = {}
        for policy in self.states:
            for fact in policy.facts.values():
                if key_of(fact) == key:
                    cases = (Case(policy.number, "", day, {}) for day in self.days)
                    tried.update(dict.fromkeys(value for case in cases for value in answers_of(policy, case)(fact)))
        return [None, *tried]

    def count(self) -> int:
        """How many cases there are of all answers."""
        return 2 * len(self.days) * prod(len(self.answers(key)) for key in self.facts)

    def every(self) -> Iterator[Answers]:
        """All answers to all facts."""
        return combined({key: self.answers(key) for key in self.facts})

    def try_all(self, request: str, tried: Iterable[Answers]) -> Found:
        """Decide the cases of a kind of request, on each day on which something else can be in force.

        Where all that is asked to decide has the same truth, and every date the same answer, cases are decided alike:
        of these one is enough.
        """
        found, seen = Found(), set[object]()
        asked = self._asked(request)
        deciding = [_deciding(compiled.program, request) for compiled in self.compiled]
        for values in dict.fromkeys(tuple(map(answers.get, asked)) for answers in tried):
            answers = dict(zip(asked, values, strict=True))
            dates = [answers.get(key) for key in self._dates]
            for day in self.days:
                cases, alike = self._checked(request, answers, day), [day, *dates]
                for record in (cases, [_of_a_complete_record(case) for case in cases]):
                    truths = [compiled.truths(case) for compiled, case in zip(self.compiled, record, strict=True)]
                    self._note_classified(found, truths)
                    alike += [of[node] for of, nodes in zip(truths, deciding, strict=True) for node in nodes]
                    if (key := tuple(alike)) not in seen:
                        seen.add(key)
                        self._note_decided(found, record)
        return found

    def _asked(self, request: str) -> list[Key]:
        """The facts that either state asks to decide or to classify a kind of request."""
        names: set[str] = set()
        for compiled in self.compiled:
            nodes, tops = compiled.program.nodes, compiled.program.classifications.values()
            for number in (*_deciding(compiled.program, request), *nodes_below(nodes, tops)):
                if isinstance(node := nodes[number], Yes | Includes | Lies):
                    names.update(facts_of(node))
        return [key for key in self.facts if key[0] in names]

    def _checked(self, request: str, answers: Answers, day: date) -> list[Checked]:
        """An open record of these answers as each state reads it."""
        read = [self._read(number, answers, day) for number in (0, 1)] if self._unlike else [self._plain(answers)] * 2
        return [
            compiled.checked(Case(compiled.policy.number, request, day, facts))
            for compiled, facts in zip(self.compiled, read, strict=True)
        ]

    def _plain(self, answers: Answers) -> dict[str, Value]:
        """The answers where both states have the same facts, and no date that may lie ahead of a request."""
        return {id: value for (id, *_), value in answers.items() if value is not None}

    def _read(self, number: int, answers: Answers, day: date) -> dict[str, Value]:
        """The answers that one state allows."""
        own, read = self._own[number], dict[str, Value]()
        for key, value in answers.items():
            allowed = value if value is None or key in self._alike else _allowed(value, own.get(key), day)
            if allowed is not None:
                read[key[0]] = allowed
        return read

    def _note_decided(self, found: Found, record: list[Checked]) -> None:
        former, later = (compiled.decide(case) for compiled, case in zip(self.compiled, record, strict=True))
        if former.outcome is not later.outcome:
            found.pairs.add((former.outcome, later.outcome))
        elif former.outcome is not Outcome.MORE_INFORMATION and not found.other_clauses:
            one, other = (
                {ids[label] for label in said.clauses()[0]}
                for ids, said in zip(self._ids, (former, later), strict=True)
            )
            found.other_clauses = one != other

    def _note_classified(self, found: Found, truths: list[Truths]) -> None:
        for name in self._names - found.classified:
            former, later = (
                of[compiled.program.classifications[name]] for compiled, of in zip(self.compiled, truths, strict=True)
            )
            if former != later:
                found.classified.add(name)


def _of_a_complete_record(case: Checked) -> Checked:
    kind = case.record if case.record is RecordKind.ANSWERED else RecordKind.COMPLETE
    return case._replace(complete=True, record=kind)


def _deciding(program: Program, request: str) -> list[int]:
    """The nodes by which a kind of request is decided: that no rule is met, and all below."""
    return nodes_below(program.nodes, [program.decisions[request].unmet])


def combined(answers: Mapping[Key, Iterable[Value | None]]) -> Iterator[Answers]:
    """Every combination of answers."""
    return (dict(zip(answers, row, strict=True)) for row in product(*answers.values()))


def lists(options: Iterable[str]) -> list[Value | None]:
    """Every list of options, as the whole one and as a part, and no list."""
    known = list(options)
    sets = [frozenset(some) for some in chain.from_iterable(combinations(known, n) for n in range(len(known) + 1))]
    return [None, *sets, *(Including(some) for some in sets if some)]


def _first_ids(policy: Policy) -> dict[str, str]:
    """For each label the id that stands first: what is printed under it."""
    first: dict[str, str] = {}
    for id, label in policy.clauses.items():
        first.setdefault(label, id)
    return first


def _allowed(value: Value, fact: Fact | None, day: date) -> Value | None:
    """An answer as a state allows it: without options that it lacks, none where a number or a date is out of bounds."""
    if fact is None:
        return None
    if isinstance(value, NoValue):
        return value if may_be_none(fact) else None
    if isinstance(fact, Number):
        return value if isinstance(value, int | Decimal) and _within(value, fact) else None
    if isinstance(fact, Day) and isinstance(value, date):
        return None if fact.latest_request and value > day else value
    if isinstance(fact, OneOf):
        return value if value in {option.id for option in fact.options} else None
    if isinstance(fact, SetOf) and fact.codes is not None:
        return value
    if isinstance(fact, SetOf):
        known = frozenset(option.id for option in fact.options)
        if isinstance(value, Including):
            return Including(value.members & known)
        return value & known if isinstance(value, frozenset) else None
    return value


def _within(number: Amount, fact: Number) -> bool:
    low, high = fact.minimum, fact.maximum
    return (low is None or low <= number) and (high is None or number <= high)


def _options(fact: Fact) -> tuple[Option, ...]:
    return fact.options if isinstance(fact, OneOf | SetOf) else ()
