"""What a policy asks of others: their criteria, brought in for the days on which their revisions are in effect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from cdispec.issues.others import (
    fact_declared_otherwise,
    not_in_effect,
    policy_circle,
    rows_or_codes_of_another,
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
    OfRows,
    Period,
    Range,
    Reference,
    holding,
    named_options,
    parts,
    walk,
)
from cdispec.model.facts import REQUEST, Document, Fact, SetOf, YesNo
from cdispec.model.measures import with_operands
from cdispec.model.others import OtherClause, OtherReference, OtherState, on_days, other_reference
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, all_criteria, blocks, deciding, printed
from cdispec.model.remade import with_blocks
from cdispec.parse.dated import Dating, Force
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
            yield asked, criterion.logic.place or criterion.place


def linked(policy: Policy, known: Known, numbers: Callable[[], Iterable[str]]) -> tuple[Policy, list[Issue]]:
    """The policy with what it asks of others and as of other days; itself where it asks nothing, or what cannot be.

    `numbers` are those of all policies.
    """
    if not asks_elsewhere(policy):
        return policy, []
    asking = _Asking(policy, known, numbers)
    made = {block.criterion.id: asking.dating.block(block.criterion) for block in blocks(policy)}
    issues = list(dict.fromkeys(asking.issues))
    if has_errors(issues):
        return policy, issues
    own = {part.id: part for one in made.values() for part in walk(one)}
    clauses = [part for one in asking.clauses.values() for part in walk(one.criterion)]
    brought = asking.brought | {part.id: part for part in clauses}
    found = replace(
        with_blocks(policy, made),
        facts=asking.facts,
        criteria={**policy.criteria, **own, **brought},
        clauses={**policy.clauses, **{id: part.label for id, part in own.items() if id not in policy.clauses}},
        leads={**policy.leads, **asking.leads},
        others=tuple(asking.clauses.values()),
        brought=brought,
    )
    return found, issues


def asks_elsewhere(policy: Policy) -> bool:
    """Whether criteria of a policy ask another policy, or as of another day than that of the request."""
    return any(True for _ in asked_of_others(policy)) or any(one.as_of for one in all_criteria(policy))


class _Asking:
    """Brings in what one policy asks; `place` is where it asks what is at hand."""

    def __init__(self, policy: Policy, known: Known, numbers: Callable[[], Iterable[str]]) -> None:
        self.policy, self.known, self.numbers = policy, known, numbers
        self.place = Place(policy.path)
        self.issues: list[Issue] = []
        self.dating = Dating(self._refer, self._lapses, self.issues)
        self._forces: dict[str, Force] = {}
        self._scopes: dict[str, dict[str, str]] = {}
        self.facts: dict[str, Fact] = dict(policy.facts)
        self.leads: dict[str, str] = {}
        self.brought: dict[str, Criterion] = {}
        self.clauses: dict[str, OtherClause] = {}
        self._trail: list[str] = []
        self._asked: set[str] = set()
        self._unstated_days: dict[str, list[Issue]] = {}
        self._folders: list[set[str]] = []

    def _refer(self, criterion: Criterion, day: str) -> tuple[Reference, Force]:
        """What a criterion of the policy itself refers to."""
        assert isinstance(criterion.logic, Reference)
        to, self.place = criterion.logic.to, criterion.logic.place or criterion.place
        if (asked := other_reference(to)) is not None:
            return self.clause(replace(asked, as_of=day))
        if to not in self.policy.criteria:
            return criterion.logic, None
        if day:
            return self._bring(to, self.policy, day)
        if to not in self._forces:
            self._forces[to] = None
            scope = self._scope(self.policy, to)
            self._forces[to] = self.dating.dated(self.policy.criteria[to], scope)[1]
        return criterion.logic, self._forces[to]

    def _lapses(self, to: str) -> bool:
        """Whether what is referred to may be out of force on the date of a request."""
        criterion = self.brought.get(to) or self.policy.criteria.get(to)
        return criterion is not None and self.dating.lapses(criterion, self._scope(self.policy, to))

    def _scope(self, state: Policy, id: str) -> str:
        """The fact on whose day what stands above a criterion says that its dates are asked; "" where nothing does."""
        if (of := self._scopes.get(state.path)) is None:
            of = self._scopes[state.path] = {}
            waiting = [(block.criterion, "") for block in blocks(state)]
            while waiting:
                criterion, day = waiting.pop()
                of[criterion.id] = day
                waiting += [(part, criterion.as_of or day) for part in parts(criterion)]
        return of.get(id, "")

    def clause(self, reference: OtherReference) -> tuple[Reference, Force]:
        """What refers to a clause of another policy, which is brought in."""
        id, number = str(reference), reference.number
        if id in self._trail:
            self._circle(id)
        elif id not in self.clauses and (other := self._other(number)) is not None:
            self._trail.append(id)
            self._asked.add(id)
            self._folders.append({state.folder for state in other.states})
            found = [*self._states(reference, other)]
            states = tuple(state for state, _ in found)
            folders = self._folders.pop()
            self._trail.pop()
            if self._folders:
                self._folders[-1] |= folders
            if any(state.revision for state in states):
                self.issues += self._unstated_days.get(id, [])
                labels = self._labelled(reference, other)
                self.clauses[id] = OtherClause(reference, *labels, self.place, states, tuple(sorted(folders)))
                self._forces[id] = self._some_in_force(reference, found)
            else:
                choice = _choice(reference, other.states[-1]) if other.states else []
                what = str(replace(reference, as_of="")).partition("/")[2]
                self.issues.append(unknown_other_clause(self.place, number, what, choice))
        elif id in self.clauses and self._folders:
            self._folders[-1] |= {*self.clauses[id].folders}
        return Reference(id), self._forces.get(id)

    def _some_in_force(self, reference: OtherReference, found: list[tuple[OtherState, Force]]) -> Force:
        """That what is asked is in force, as the state that is in effect says; None where it always is."""
        if all(force is None for _, force in found):
            return None
        ends = [*(state.since for state, _ in found[1:]), None]
        members = []
        for number, ((state, force), end) in enumerate(zip(found, ends, strict=True)):
            asked = self._always(f"{reference} {number}") if force is None else force
            members.append(on_days(replace(asked, text=None), reference.as_of, state.since, end))
        return self._part(f"{reference} in force", AnyOf(tuple(members), False))

    def _circle(self, id: str) -> None:
        """Report what asks itself: the clauses of policies on the way, whatever their revisions."""
        trail = self._trail[self._trail.index(id) :]
        circle = [one for one in trail if one in self._asked] or trail
        self.issues.append(policy_circle(self.place, [*circle, circle[0]]))

    def _other(self, number: str) -> OtherPolicy | None:
        other = self.known(number)
        if other is None:
            # Where it is misspelt, it may be a kind of request as well, of which another line is asked.
            known = [*self.numbers(), *self.policy.requests]
            self.issues.append(unknown_other_policy(self.place, number, known))
        elif not other.sound:
            self.issues.append(unsound_policy(self.place, number))
            return None
        return other

    def _labelled(self, reference: OtherReference, other: OtherPolicy) -> tuple[str, str, str]:
        """What the other policy is called, the label of what is asked there, and both."""
        named = other.states[-1].named if other.states else f"policy {reference.number}"
        if reference.outcome:
            return named, "", f"“{reference.outcome}” under {named}"
        labels = (state.clauses[reference.of] for state in reversed(other.states) if reference.of in state.clauses)
        clause = next(labels, reference.of)
        return named, clause, f"{clause} of {named}"

    def _states(self, reference: OtherReference, other: OtherPolicy) -> Iterator[tuple[OtherState, Force]]:
        """What is asked on each day, from the first on which the policy itself decides, and when that is in force."""
        periods = [(None, None), *((state.since, state) for state in other.states)]
        # As of an earlier day it is asked before the policy itself decides.
        first = date.min if reference.as_of else self.policy.since
        begun = [number for number, (since, _) in enumerate(periods) if since is None or since <= first]
        for number, (since, state) in enumerate(periods[begun[-1] :], begun[-1]):
            end = periods[number + 1][0] if number + 1 < len(periods) else None
            day = since if number > begun[-1] else None
            stated = None if state is None or state.retired else self._stated(reference, state)
            if stated is not None and state is not None:
                id, text = f"{reference} in {state.revision}", f"As {_named(state)} of {state.named} has it"
                piece = self._piece(id, state.named, text, stated[0])
                yield OtherState(day, state.revision, piece), stated[1]
            else:
                yield OtherState(day, "", self._unstated(reference, other, max(first, since or first), end)), None

    def _piece(self, id: str, label: str, text: str, logic: Logic) -> Criterion:
        return Criterion(id, label, text, (), logic, None, Period(), Truth.FALSE, self.place)

    def _unstated(self, reference: OtherReference, other: OtherPolicy, since: date, end: date | None) -> Criterion:
        """What is asked where no revision that is in effect states it: somebody must say whether it is met."""
        number, (called, _, named) = reference.number, self._labelled(reference, other)
        what = " ".join(filter(None, (reference.of, reference.outcome)))
        id = f"{number}-{what}".casefold().replace(" ", "-")
        phrase = f"{named} is met"
        document = Document(called)
        question = f"Is {named} met, of which no revision in effect on the day says when?"
        fact = YesNo(id, question, phrase, f"{named} is not met", self.place, decided_by=document)
        self.facts.setdefault(id, fact)
        days = f"from {since} on" if end is None else f"from {since} until {end - timedelta(1)}"
        days = f"before {end}" if since == date.min else days
        if not (reference.as_of and since == date.min):
            # Before its first revision no policy is in effect, and any day can be that of a fact.
            warning = not_in_effect(self.place, number, str(reference).partition("/")[2], days)
            self._unstated_days.setdefault(str(reference), []).append(warning)
        asked = Comparison(id, IsOneOf(frozenset([True])))
        return self._piece(f"{reference} in none {since}", called, "Where no revision in effect says it", asked)

    def _stated(self, reference: OtherReference, state: Policy) -> tuple[Logic, Force] | None:
        """What a state says of what is asked, and when that is in force; None where it does not state it."""
        if not reference.outcome:
            return self._bring(reference.of, state, reference.as_of) if reference.of in state.criteria else None
        outcome = state.outcomes_of(reference.of).get(reference.outcome)
        if reference.of not in state.requests or outcome is None:
            return None
        return self._comes_to(reference, outcome, state), None

    def _comes_to(self, reference: OtherReference, outcome: Outcome, state: Policy) -> Logic:
        """That a kind of request has an outcome: the first rule that is met says so, or none is and the rest does."""
        request, day = reference.of, reference.as_of
        rules, before = state.rules_for(request), list[Criterion]()
        dated = any(one.valid != Period() for one in deciding([rule.criterion for rule in rules], state))
        ways: list[Criterion] = []
        head = f"{state.number}/{state.revision}/{request}/{outcome.value}" + (f" as of {day}" if day else "")
        for same, group in groupby(rules, key=lambda rule: rule.outcome):
            asked = [self._referring(f"{head}/{rule.criterion.id}", rule.criterion, state, day) for rule in group]
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

    def _referring(self, id: str, criterion: Criterion, state: Policy, day: str) -> Criterion:
        asked, force = self._bring(criterion.id, state, day)
        referring = self._part(id, asked, f"{criterion.label} of {state.named}")
        # A rule is met where it is in force.
        return referring if force is None else self._part(f"{id} dated", AllOf((force, referring)))

    def _part(self, id: str, logic: Logic, label: str = "") -> Criterion:
        return Criterion(id, label, None, (), logic, None, Period(), Truth.FALSE, self.place)

    def _always(self, id: str) -> Criterion:
        """What is so in every case, so that a list never drops out with what is out of its dates."""
        return self._part(f"{id} always", Comparison(REQUEST, Elapsed(Direction.BEFORE, None)))

    def _never(self, id: str) -> Criterion:
        return self._part(f"{id} never", Not(self._always(id)))

    def _bring(self, id: str, state: Policy, day: str) -> tuple[Reference, Force]:
        """Bring in a criterion of a state with all that decides it, its dates asked on the day of a fact if one is.

        What the state itself asks as of another day stays so.
        """
        day = self._scope(state, id) or day
        new = self._id(id, state, day)
        if new in self._trail:
            self._circle(new)
        elif new not in self._forces:
            self._trail.append(new)
            dating = Dating(partial(self._refer_in, state), self._lapses, self.issues)
            made, self._forces[new] = dating.dated(self._copied(state.criteria[id], state, day), day)
            self._trail.pop()
            if new not in self.brought:
                # What is part of a criterion that was brought in before stays the part that it is.
                self.brought |= {part.id: part for part in walk(made)}
        return Reference(new), self._forces.get(new)

    def _refer_in(self, state: Policy, criterion: Criterion, day: str) -> tuple[Reference, Force]:
        """What a criterion of another state refers to."""
        assert isinstance(criterion.logic, Reference)
        asked = other_reference(criterion.logic.to)
        return self._bring(criterion.logic.to, state, day) if asked is None else self.clause(replace(asked, as_of=day))

    def _id(self, id: str, state: Policy, day: str) -> str:
        """The id that a criterion of a state has here."""
        where = "own" if state is self.policy else state.revision
        return f"{state.number}/{where}/{id}" + (f" as of {day}" if day else "")

    def _copied(self, criterion: Criterion, state: Policy, day: str) -> Criterion:
        new, logic = self._id(criterion.id, state, day), criterion.logic
        if state is not self.policy and (own := self._belonging(logic, state)):
            self.issues.append(rows_or_codes_of_another(self.place, state.number, own))
            return replace(criterion, id=new)
        if isinstance(logic, Comparison):
            self._ask(logic, state)
        if criterion.as_of:
            self._ask(Comparison(criterion.as_of, Range(None, None)), state)
        if lead := state.leads.get(criterion.id):
            self.leads[new] = printed(state, lead)
        held = holding(criterion, tuple(self._copied(part, state, day) for part in parts(criterion)))
        return replace(
            held,
            id=new,
            label=criterion.label if state is self.policy else f"{criterion.label} of {state.named}",
            text=None if criterion.text is None else printed(state, criterion.text),
            notes=tuple(printed(state, note) for note in criterion.notes),
        )

    def _belonging(self, logic: Logic, state: Policy) -> str:
        """What a criterion depends on that belongs to its policy alone, or ""."""
        rows, codes, lines = "the rows of a list", "codes", "the other lines of a request"
        if isinstance(logic, OfRows):
            return rows
        if not isinstance(logic, Comparison):
            return ""
        if logic.fact in state.asked_lines:
            return lines
        tallies = {id for of in state.lists.values() for id in of.tallies}
        if not tallies.isdisjoint(with_operands(logic.facts, state)):
            return rows
        asked = (state.facts.get(fact) for fact in logic.facts)
        return codes if any(isinstance(fact, SetOf) and fact.codes is not None for fact in asked) else ""

    def _ask(self, logic: Comparison, state: Policy) -> None:
        """Take over the facts that a comparison asks, with those from which they are worked out."""
        # What a row answers is no fact of its own.
        for id in sorted(with_operands(logic.facts, state) & state.facts.keys()):
            fact = state.facts[id]
            own = self.facts.get(id, fact)
            # Of a fact that is not the policy's own, each revision may add options.
            known = own if id in self.policy.facts else merged(own, fact)
            named = named_options(logic.test) if id == logic.fact else frozenset()
            what = "what other lines of a request answer here" if id in self.policy.asked_lines else ""
            if what := what or differing(known, fact, named):
                self.issues.append(fact_declared_otherwise(self.place, id, state.number, what))
            self.facts[id] = known


def _named(state: Policy) -> str:
    return "its working state" if state.in_effect is None else f"revision {state.revision}"


def _choice(reference: OtherReference, state: Policy) -> list[str]:
    """What could be asked of a state in the place of what it does not have."""
    if not reference.outcome:
        return [id for id in state.criteria if "." not in id]
    return [f"{request}/{outcome}" for request in state.requests for outcome in state.outcomes_of(request)]
