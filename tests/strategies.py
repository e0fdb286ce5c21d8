"""Hypothesis strategies: random policies that an author could have written, and cases of them.

Policies are small by default, so that what is slow but exact (the reference, brute force) stays quick. They use every
kind of fact, comparison and logic, guards, dates of validity, references without cycles, and several request kinds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar, assert_never

from hypothesis import strategies as st

from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    Direction,
    Duration,
    IncludesAnyOf,
    IsOneOf,
    Logic,
    Not,
    Period,
    Range,
    Reference,
    Test,
    Unit,
    Within,
    walk,
)
from cdispec.model.facts import Amount, Day, Fact, Including, Number, OneOf, Option, SetOf, Value, YesNo
from cdispec.model.outcomes import STATED as BUILT_IN_STATED
from cdispec.model.outcomes import Outcome, OutcomeEffect, OwnOutcome
from cdispec.model.policy import Classification, Otherwise, Policy, ProcedureCode, RequestKind, Rule, Shared, Status
from cdispec.parse.comparisons import is_empty, ordinal
from cdispec.source import Place

T = TypeVar("T")

PLACE = Place("policy/00001-generated/policy.md")
REQUESTS = ("initial", "continuation")
CODES = ("97124", "97140", "99999")
TODAY = date(2025, 6, 15)
OWN = (
    OwnOutcome(Outcome("left to the office", OutcomeEffect.REFERS), "", None, Outcome.NECESSARY, PLACE),
    OwnOutcome(Outcome("covered in a study", OutcomeEffect.GRANTS), "", Outcome.NECESSARY, None, PLACE),
    OwnOutcome(Outcome("not covered", OutcomeEffect.DENIES), "coverage is refused", None, None, PLACE),
)

_near = st.integers(-70, 70).map(lambda days: TODAY + timedelta(days))
_dates = st.one_of(_near, st.sampled_from([date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31), TODAY]))


@st.composite
def facts(draw: st.DrawFn, most: int = 5) -> dict[str, Fact]:
    """The facts of a policy: at least one yes-no, at most two dates, whose combinations would be many."""
    kinds = draw(
        st.lists(st.sampled_from(["yes-no", "yes-no", "number", "date", "one of", "set of"]), max_size=most - 1)
    )
    days = [n for n, kind in enumerate(kinds) if kind == "date"]
    kept = ["yes-no", *(kind for n, kind in enumerate(kinds) if n not in days[2:])]
    return {f"fact-{n}": draw(_fact(f"fact-{n}", kind)) for n, kind in enumerate(kept)}


@st.composite
def _fact(draw: st.DrawFn, id: str, kind: str) -> Fact:
    question, name, phrase = f"What of {id}?", f"the {id}", f"the {id} is {{value}}"
    options = tuple(
        Option(f"{id}-{letter}", f"{letter} of {id}", PLACE) for letter in "abcd"[: draw(st.integers(1, 4))]
    )
    match kind:
        case "yes-no":
            return YesNo(id, question, f"{id} is so", f"{id} is not so", PLACE)
        case "number":
            low, high = draw(st.sampled_from([(None, None), (0, None), (None, 9), (0, 9), (3, 3)]))
            return Number(id, question, name, phrase, "years", low, high, PLACE)
        case "date":
            return Day(id, question, name, phrase, draw(st.booleans()), PLACE)
        case "one of":
            return OneOf(id, question, name, phrase, options, draw(st.booleans()), PLACE)
        case _:
            return SetOf(id, question, name, phrase, f"{id} includes {{value}}", f"no {id}", options, PLACE)


@st.composite
def policies(draw: st.DrawFn, depth: int = 3, most_facts: int = 5, most_rules: int = 3) -> Policy:
    """A policy free of errors, in effect on every date of `cases`."""
    declared = draw(facts(most_facts))
    growing = _Growing(draw, declared)
    own = draw(st.sampled_from([(), (), OWN]))
    stated = (*BUILT_IN_STATED, *(one.outcome for one in own))
    kinds = draw(st.permutations(["shared", "classification", *["rule"] * draw(st.integers(1, most_rules))]))
    rules: list[Rule] = []
    shared: list[Shared] = []
    classifications: list[Classification] = []
    for kind in kinds:
        criterion = growing.criterion(depth, Truth.FALSE)
        if kind == "rule":
            requests = draw(st.sampled_from([REQUESTS, REQUESTS[:1], REQUESTS[1:]]))
            rules.append(Rule(criterion, requests, draw(st.sampled_from(stated))))
        elif kind == "shared":
            shared.append(Shared(criterion))
        else:
            classifications.append(Classification("complex condition", criterion))
    otherwise = tuple(
        Otherwise(f"otherwise-{request}", f"II.{request}", (request,), draw(st.sampled_from(stated)), PLACE)
        for request in REQUESTS
        if draw(st.booleans())
    )
    blocks: list[Rule | Classification | Shared] = [*rules, *classifications, *shared]
    criteria = {node.id: node for block in blocks for node in walk(block.criterion)}
    policy = Policy(
        number="00001",
        slug="00001-generated",
        title="Generated",
        issuer="Test",
        document="Test",
        status=Status.DRAFT,
        effective=date(2020, 1, 1),
        reviewed=date(2020, 1, 1),
        path=PLACE.path,
        requests={request: RequestKind(request, f"the {request} is requested", PLACE) for request in REQUESTS},
        facts=declared,
        preamble=(),
        sections=(),
        clauses={id: node.label for id, node in criteria.items()} | {rest.id: rest.label for rest in otherwise},
        criteria=criteria,
        rules=tuple(rules),
        outcomes=own,
        classifications=tuple(classifications),
        otherwise=otherwise,
        shared=tuple(shared),
        interpretations=(),
        definitions=(),
        codes=tuple(ProcedureCode(code, f"code {code}", "III.d", PLACE) for code in CODES[:2]),
        citations=(),
        history=(),
    )
    return replace(policy, rules=policy.by_precedence(policy.rules))


@dataclass
class _Growing:
    """Draws criteria with ids of their own; a reference goes to a criterion that is complete, so none is a cycle."""

    draw: st.DrawFn
    facts: dict[str, Fact]
    complete: list[str] = field(default_factory=list)
    count: int = 0

    def rarely(self) -> bool:
        """One time in six."""
        return self.draw(st.integers(0, 5)) == 5

    def criterion(self, depth: int, set_aside: Truth) -> Criterion:
        """A criterion of at most this depth."""
        self.count += 1
        id, label = f"c{self.count}", f"II.{self.count}"
        guard = self.criterion(0, Truth.FALSE) if depth and self.rarely() else None
        logic = self.logic(depth)
        start = self.draw(_near) if self.rarely() else None
        end = self.draw(_near.filter(lambda day: start is None or day >= start)) if self.rarely() else None
        text = self.draw(st.sampled_from([None, f"Words *of* {{{id}}}", f'**{id}** stands for \\*"this"\\* é']))
        self.complete.append(id)
        return Criterion(id, label, text, (), logic, guard, Period(start, end), set_aside, PLACE)

    def logic(self, depth: int) -> Logic:
        """A node of logic of at most this depth."""
        kinds = ["comparison"] + (["reference"] if self.complete else [])
        if depth:
            kinds += ["all", "all", "any", "any", "open", "at least", "not"]
        match self.draw(st.sampled_from(kinds)):
            case "all":
                return AllOf(self.members(depth, Truth.TRUE))
            case "any":
                return AnyOf(self.members(depth, Truth.FALSE), False)
            case "open":
                return AnyOf((*self.members(depth, Truth.FALSE), self.unlisted()), True)
            case "at least":
                of = self.members(depth, Truth.FALSE)
                return AtLeast(self.draw(st.integers(1, len(of))), of)
            case "not":
                return Not(self.criterion(depth - 1, Truth.FALSE))
            case "reference":
                return Reference(self.draw(st.sampled_from(self.complete)))
            case _:
                return self.comparison()

    def members(self, depth: int, set_aside: Truth) -> tuple[Criterion, ...]:
        """The members of a list."""
        return tuple(self.criterion(depth - 1, set_aside) for _ in range(self.draw(st.integers(1, 3))))

    def unlisted(self) -> Criterion:
        """The member of an open list that asks for what is not listed."""
        self.count += 1
        id = f"c{self.count}"
        fact = self.draw(st.sampled_from([id for id, fact in self.facts.items() if isinstance(fact, YesNo)]))
        logic = Comparison(fact, IsOneOf(frozenset([True])))
        self.complete.append(id)
        return Criterion(id, f"II.{self.count}", None, (), logic, None, Period(), Truth.FALSE, PLACE)

    def comparison(self) -> Comparison:
        """A comparison that suits its fact's kind."""
        fact = self.facts[self.draw(st.sampled_from(list(self.facts)))]
        return Comparison(fact.id, self.test(fact))

    def test(self, fact: Fact) -> Test:
        """What to ask of a fact."""
        if isinstance(fact, SetOf):
            return IncludesAnyOf(self.draw(_options(fact, least=1)))
        if isinstance(fact, Day) and self.draw(st.booleans()):
            duration = Duration(self.draw(st.integers(0, 3)), self.draw(st.sampled_from(Unit)))
            days = [id for id, other in self.facts.items() if isinstance(other, Day) and id != fact.id]
            return Within(duration, self.draw(st.sampled_from(Direction)), self.draw(st.sampled_from([None, *days])))
        if (isinstance(fact, Number | Day) or (isinstance(fact, OneOf) and fact.ordered)) and self.draw(st.booleans()):
            return self.range(fact)
        values = st.frozensets(_one(fact), min_size=1, max_size=1 if isinstance(fact, YesNo) else 2)
        return IsOneOf(self.draw(values))

    def range(self, fact: Number | Day | OneOf) -> Range:
        """A range that some answer can pass, with one edge or two."""
        edges = self.draw(st.lists(_one(fact), min_size=1, max_size=2, unique=True))
        bounds = [Bound(edge, self.draw(st.booleans())) for edge in edges]
        if len(bounds) == 1:
            return Range(bounds[0], None) if self.draw(st.booleans()) else Range(None, bounds[0])
        low, high = sorted(bounds, key=lambda bound: ordinal(bound.value, fact))
        return Range(low, None) if is_empty(low, high, fact) else Range(low, high)


def _options(fact: SetOf, least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([option.id for option in fact.options]), min_size=least)


def _one(fact: YesNo | Number | Day | OneOf) -> st.SearchStrategy[bool | Amount | date | str]:
    match fact:
        case YesNo():
            return st.booleans()
        case Number(minimum=low, maximum=high):
            values = st.one_of(st.integers(-2, 12), st.sampled_from([Decimal("0.5"), Decimal("3.5"), Decimal("8.75")]))
            return values.map(lambda n: n if low is None else max(n, low)).map(
                lambda n: n if high is None else min(n, high)
            )
        case Day():
            return _dates
        case OneOf(options=options):
            return st.sampled_from([option.id for option in options])
        case _:
            assert_never(fact)


def _known(fact: Fact) -> st.SearchStrategy[Value]:
    return _options(fact) if isinstance(fact, SetOf) else _one(fact)


def _perhaps_incomplete(fact: Fact) -> st.SearchStrategy[Value]:
    if isinstance(fact, SetOf):
        return st.one_of(_known(fact), _options(fact).map(Including))
    return _known(fact)


def complete_facts(policy: Policy, day: date) -> st.SearchStrategy[dict[str, Value]]:
    """A whole answer to every fact of a policy, for a request on a day."""
    answers = st.fixed_dictionaries({id: _known(fact) for id, fact in policy.facts.items()})
    return answers.map(lambda facts: _possible(policy, day, facts))


def partial_facts(policy: Policy) -> st.SearchStrategy[dict[str, Value]]:
    """Answers to some of a policy's facts, lists perhaps incomplete."""
    return st.fixed_dictionaries({}, optional={id: _perhaps_incomplete(fact) for id, fact in policy.facts.items()})


@st.composite
def cases(draw: st.DrawFn, policy: Policy, complete: bool | None = None) -> Case:
    """A case of a policy, with facts left out; its record open or complete, or as `complete` says."""
    day = draw(_dates)
    return Case(
        policy=policy.number,
        request=draw(st.sampled_from(list(policy.requests))),
        date=day,
        facts=_possible(policy, day, draw(partial_facts(policy))),
        complete=draw(st.integers(0, 4)) == 4 if complete is None else complete,
        codes=tuple(draw(st.lists(st.sampled_from(CODES), max_size=2, unique=True))),
    )


def _possible(policy: Policy, day: date, facts: dict[str, Value]) -> dict[str, Value]:
    """Answers without dates after the request where there can be none."""
    early = {fact.id for fact in policy.facts.values() if isinstance(fact, Day) and fact.latest_request}
    return {
        id: min(answer, day) if isinstance(answer, date) and id in early else answer for id, answer in facts.items()
    }
