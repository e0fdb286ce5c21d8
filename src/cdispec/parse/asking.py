"""What a policy asks of others: their criteria, brought in for the days on which their revisions are in effect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from cdispec.issues.others import (
    fact_declared_otherwise,
    not_in_effect,
    policy_circle,
    unknown_other_clause,
    unknown_other_policy,
    unsound_policy,
)
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    Comparison,
    Criterion,
    Direction,
    Elapsed,
    IsOneOf,
    Logic,
    Not,
    Period,
    Reference,
    holding,
    named_options,
    parts,
    walk,
)
from cdispec.model.facts import REQUEST, Document, Fact, YesNo
from cdispec.model.measures import with_operands
from cdispec.model.others import OtherClause, OtherReference, OtherState, other_reference
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, all_criteria, deciding, printed
from cdispec.parse.merged import differing, merged
from cdispec.source import Issue, Place, has_errors


@dataclass(frozen=True, slots=True)
class OtherPolicy:
    """The states of a policy that decide, oldest first, as they were read; `sound` says that none has errors."""

    states: tuple[Policy, ...]
    sound: bool


Known = Callable[[str], OtherPolicy | None]
"""The policy of a number, or None where there is none."""


def asked_of_others(policy: Policy) -> Iterator[tuple[OtherReference, Place]]:
    """What the criteria of a policy itself ask of other policies, and where."""
    for criterion in all_criteria(policy):
        if isinstance(criterion.logic, Reference) and (asked := other_reference(criterion.logic.to)) is not None:
            yield asked, criterion.place


def linked(policy: Policy, known: Known, numbers: Callable[[], Iterable[str]]) -> tuple[Policy, list[Issue]]:
    """The policy with what it asks of others; itself where it asks nothing, or what cannot be asked.

    `numbers` are those of all policies.
    """
    asked = dict(asked_of_others(policy))
    if not asked:
        return policy, []
    asking = _Asking(policy, known, numbers)
    for reference, place in asked.items():
        asking.place = place
        asking.clause(reference)
    issues = list(dict.fromkeys(asking.issues))
    if has_errors(issues):
        return policy, issues
    brought = asking.brought | {str(one.reference): one.criterion for one in asking.clauses.values()}
    brought |= {part.id: part for one in asking.clauses.values() for part in walk(one.criterion)}
    found = replace(
        policy,
        facts=asking.facts,
        criteria={**policy.criteria, **brought},
        leads={**policy.leads, **asking.leads},
        others=tuple(asking.clauses.values()),
        brought=brought,
    )
    return found, issues


class _Asking:
    """Brings in what one policy asks; `place` is where it asks what is at hand."""

    def __init__(self, policy: Policy, known: Known, numbers: Callable[[], Iterable[str]]) -> None:
        self.policy, self.known, self.numbers = policy, known, numbers
        self.place = Place(policy.path)
        self.issues: list[Issue] = []
        self.facts: dict[str, Fact] = dict(policy.facts)
        self.leads: dict[str, str] = {}
        self.brought: dict[str, Criterion] = {}
        self.clauses: dict[str, OtherClause] = {}
        self._trail: list[str] = []
        self._asked: set[str] = set()
        self._unstated_days: dict[str, list[Issue]] = {}
        self._folders: list[set[str]] = []

    def clause(self, reference: OtherReference) -> Reference:
        """What refers to a clause of another policy, which is brought in."""
        id, number = str(reference), reference.number
        if id in self._trail:
            self._circle(id)
        elif id not in self.clauses and (other := self._other(number)) is not None:
            self._trail.append(id)
            self._asked.add(id)
            self._folders.append({state.folder for state in other.states})
            states = tuple(self._states(reference, other))
            folders = self._folders.pop()
            self._trail.pop()
            if self._folders:
                self._folders[-1] |= folders
            if any(state.revision for state in states):
                self.issues += self._unstated_days.get(id, [])
                label = self._label(reference, other)
                self.clauses[id] = OtherClause(reference, label, self.place, states, tuple(sorted(folders)))
            else:
                choice = _choice(reference, other.states[-1]) if other.states else []
                self.issues.append(unknown_other_clause(self.place, number, id.partition("/")[2], choice))
        elif id in self.clauses and self._folders:
            self._folders[-1] |= {*self.clauses[id].folders}
        return Reference(id)

    def _circle(self, id: str) -> None:
        """Report what asks itself: the clauses of policies on the way, whatever their revisions."""
        trail = self._trail[self._trail.index(id) :]
        circle = [one for one in trail if one in self._asked] or trail
        self.issues.append(policy_circle(self.place, [*circle, circle[0]]))

    def _other(self, number: str) -> OtherPolicy | None:
        other = self.known(number)
        if other is None:
            self.issues.append(unknown_other_policy(self.place, number, self.numbers()))
        elif not other.sound:
            self.issues.append(unsound_policy(self.place, number))
            return None
        return other

    def _label(self, reference: OtherReference, other: OtherPolicy) -> str:
        if reference.outcome:
            return f"“{reference.outcome}” under CDI {reference.number}"
        labels = (state.clauses[reference.of] for state in reversed(other.states) if reference.of in state.clauses)
        return f"{next(labels, reference.of)} of CDI {reference.number}"

    def _states(self, reference: OtherReference, other: OtherPolicy) -> Iterator[OtherState]:
        """What is asked on each day, from the first on which the policy itself decides."""
        periods = [(None, None), *((state.since, state) for state in other.states)]
        first = self.policy.since
        begun = [number for number, (since, _) in enumerate(periods) if since is None or since <= first]
        for number, (since, state) in enumerate(periods[begun[-1] :], begun[-1]):
            end = periods[number + 1][0] if number + 1 < len(periods) else None
            day = since if number > begun[-1] else None
            logic = None if state is None or state.retired else self._stated(reference, state)
            if logic is not None and state is not None:
                id, text = f"{reference} in {state.revision}", f"As {_named(state)} of CDI {state.number} has it"
                yield OtherState(day, state.revision, self._piece(id, f"CDI {state.number}", text, logic))
            else:
                yield OtherState(day, "", self._unstated(reference, other, max(first, since or first), end))

    def _piece(self, id: str, label: str, text: str, logic: Logic) -> Criterion:
        return Criterion(id, label, text, (), logic, None, Period(), Truth.FALSE, self.place)

    def _unstated(self, reference: OtherReference, other: OtherPolicy, since: date, end: date | None) -> Criterion:
        """What is asked where no revision that is in effect states it: somebody must say whether it is met."""
        number, named = reference.number, self._label(reference, other)
        what = " ".join(filter(None, (reference.of, reference.outcome)))
        id = f"{number}-{what}".casefold().replace(" ", "-")
        phrase = f"{named} is met"
        document = Document(f"CDI {number}")
        question = f"Is {named} met, of which no revision in effect on the day says when?"
        fact = YesNo(id, question, phrase, f"{named} is not met", self.place, decided_by=document)
        self.facts.setdefault(id, fact)
        days = f"from {since} on" if end is None else f"from {since} until {end - timedelta(1)}"
        warning = not_in_effect(self.place, number, str(reference).partition("/")[2], days)
        self._unstated_days.setdefault(str(reference), []).append(warning)
        asked = Comparison(id, IsOneOf(frozenset([True])))
        return self._piece(
            f"{reference} in none {since}", f"CDI {number}", "Where no revision in effect says it", asked
        )

    def _stated(self, reference: OtherReference, state: Policy) -> Logic | None:
        """What a state says of what is asked; None where it does not state it."""
        if not reference.outcome:
            return Reference(self._bring(reference.of, state)) if reference.of in state.criteria else None
        outcomes = {rule.outcome for rule in state.rules_for(reference.of)}
        rest = state.otherwise_for(reference.of)
        outcomes.add(rest.outcome if rest else Outcome.NOT_ADDRESSED)
        outcome = next((one for one in outcomes if one.value == reference.outcome), None)
        if reference.of not in state.requests or outcome is None:
            return None
        return self._comes_to(reference.of, outcome, state)

    def _comes_to(self, request: str, outcome: Outcome, state: Policy) -> Logic:
        """That a kind of request has an outcome: the first rule that is met says so, or none is and the rest does."""
        rules, before = state.rules_for(request), list[Criterion]()
        dated = any(one.valid != Period() for one in deciding([rule.criterion for rule in rules], state))
        ways: list[Criterion] = []
        head = f"{state.number}/{state.revision}/{request}/{outcome.value}"
        for same, group in groupby(rules, key=lambda rule: rule.outcome):
            asked = [self._referring(f"{head}/{rule.criterion.id}", rule.criterion, state) for rule in group]
            if same == outcome:
                of = (*asked, self._never(f"{head}/{len(ways)}")) if dated else tuple(asked)
                met = self._part(f"{head}/{len(ways)} met", AnyOf(of, False))
                ways.append(self._part(f"{head}/{len(ways)} first", AllOf((met, *before))))
            else:
                before += [self._part(f"{one.id} not", Not(one)) for one in asked]
        rest = state.otherwise_for(request)
        if outcome == (rest.outcome if rest else Outcome.NOT_ADDRESSED):
            always = (self._always(f"{head}/rest"),) if dated or not before else ()
            ways.append(self._part(f"{head}/rest", AllOf((*always, *before))))
        return AnyOf(tuple(ways), False)

    def _referring(self, id: str, criterion: Criterion, state: Policy) -> Criterion:
        return self._part(id, Reference(self._bring(criterion.id, state)), f"{criterion.label} of CDI {state.number}")

    def _part(self, id: str, logic: Logic, label: str = "") -> Criterion:
        return Criterion(id, label, None, (), logic, None, Period(), Truth.FALSE, self.place)

    def _always(self, id: str) -> Criterion:
        """What is so in every case, so that a list never drops out with what is out of its dates."""
        return self._part(f"{id} always", Comparison(REQUEST, Elapsed(Direction.BEFORE, None)))

    def _never(self, id: str) -> Criterion:
        return self._part(f"{id} never", Not(self._always(id)))

    def _bring(self, id: str, state: Policy) -> str:
        """Bring in a criterion of a state with all that decides it; the id that it has here."""
        new = f"{state.number}/{state.revision}/{id}"
        if new in self._trail:
            self._circle(new)
        elif new not in self.brought:
            self._trail.append(new)
            made = self._copied(state.criteria[id], state)
            self._trail.pop()
            self.brought |= {part.id: part for part in walk(made)}
        return new

    def _copied(self, criterion: Criterion, state: Policy) -> Criterion:
        new = f"{state.number}/{state.revision}/{criterion.id}"
        logic = criterion.logic
        if isinstance(logic, Comparison):
            self._ask(logic, state)
        elif isinstance(logic, Reference):
            asked = other_reference(logic.to)
            logic = Reference(self._bring(logic.to, state)) if asked is None else self.clause(asked)
        if lead := state.leads.get(criterion.id):
            self.leads[new] = printed(state, lead)
        held = holding(criterion, tuple(self._copied(part, state) for part in parts(criterion)))
        return replace(
            held,
            logic=logic if isinstance(logic, Reference) else held.logic,
            id=new,
            label=f"{criterion.label} of CDI {state.number}",
            text=None if criterion.text is None else printed(state, criterion.text),
            notes=tuple(printed(state, note) for note in criterion.notes),
        )

    def _ask(self, logic: Comparison, state: Policy) -> None:
        """Take over the facts that a comparison asks, with those from which they are worked out."""
        for id in sorted(with_operands(logic.facts, state)):
            fact = state.facts[id]
            own = self.facts.get(id, fact)
            # Of a fact that is not the policy's own, each revision may add options.
            known = own if id in self.policy.facts else merged(own, fact)
            named = named_options(logic.test) if id == logic.fact else frozenset()
            if what := differing(known, fact, named):
                self.issues.append(fact_declared_otherwise(self.place, id, state.number, what))
            self.facts[id] = known


def _named(state: Policy) -> str:
    return "its working state" if state.in_effect is None else f"revision {state.revision}"


def _choice(reference: OtherReference, state: Policy) -> list[str]:
    """What could be asked of a state in the place of what it does not have."""
    if not reference.outcome:
        return [id for id in state.criteria if "." not in id]
    found = []
    for request in state.requests:
        outcomes = dict.fromkeys(rule.outcome for rule in state.rules_for(request))
        rest = state.otherwise_for(request)
        outcomes |= {rest.outcome: None} if rest else {}
        found += [f"{request}/{outcome.value}" for outcome in outcomes]
    return found
