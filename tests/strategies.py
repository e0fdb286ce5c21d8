"""Random policies that an author could have written, and cases of them.

Policies are small by default, so that what is slow but exact (the reference, brute force) stays quick. They use every
kind of fact, comparison and logic, guards, dates of validity, references without cycles, and several request kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from hypothesis import strategies as st

from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.cells import Coded, cells_for
from cdispec.model.codes import CodeLists, CodeRow, CodeSet
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    Direction,
    Duration,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    Length,
    Logic,
    Not,
    Period,
    Range,
    Reference,
    Test,
    Unit,
    walk,
)
from cdispec.model.facts import (
    REQUEST,
    REQUEST_DATE,
    Amount,
    Day,
    Document,
    Fact,
    Including,
    Month,
    NoValue,
    Number,
    OneOf,
    Option,
    SetOf,
    Value,
    YesNo,
    is_unrounded,
    may_be_none,
)
from cdispec.model.formulas import Formula, Intermediate, Literal, Measure, Operand, Operation, Power, Rounded
from cdispec.model.limits import Grant, Printed, Quota, Restriction, Term
from cdispec.model.measures import Measures
from cdispec.model.outcomes import STATED, Outcome, OutcomeEffect, OwnOutcome
from cdispec.model.policy import Classification, Otherwise, Policy, ProcedureCode, RequestKind, Rule, Shared, Status
from cdispec.parse.codes import asking
from cdispec.parse.comparisons import is_empty, ordinal
from cdispec.parse.elapsed import ambiguous_length, has_a_day
from cdispec.source import Place
from tests.choices import Choices, chosen

PLACE = Place("policy/00001-generated/policy.md")
REQUESTS = ("initial", "continuation")
CODES = ("97124", "97140", "99999")
TODAY = date(2025, 6, 15)
OWN = (
    OwnOutcome(Outcome("left to the office", OutcomeEffect.REFERS), "", None, Outcome.NECESSARY, PLACE),
    OwnOutcome(Outcome("covered in a study", OutcomeEffect.GRANTS), "", Outcome.NECESSARY, None, PLACE),
    OwnOutcome(Outcome("not covered", OutcomeEffect.DENIES), "coverage is refused", None, None, PLACE),
)

KINDS = ("yes-no", "yes-no", "number", "date", "one of", "set of", "codes")
ANSWERED = ("A00", "A00.1", "A01", "B20.5", "Z99")
"""Codes that are answered: of whatever is asked of them with patterns, one at least of each kind."""
PATTERNS = ("A00", "A00.*", "A00-A01", "B20.5")
BOUNDS = ((None, None), (0, None), (None, 9), (0, 9), (3, 3))
ENDS_OF_MONTHS = (date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31), TODAY)
PARTS = (Decimal("0.5"), Decimal("3.5"), Decimal("8.75"))


def policies(depth: int = 3, most_facts: int = 5, most_rules: int = 3) -> st.SearchStrategy[Policy]:
    """Policies free of errors, in effect on every date of `cases`."""
    return chosen(lambda choices: policy_by(choices, depth, most_facts, most_rules), 96 << depth)


def cases(policy: Policy, complete: bool | None = None) -> st.SearchStrategy[Case]:
    """Cases of a policy, with facts left out; their records open or complete, or as `complete` says."""
    return chosen(lambda choices: case_by(choices, policy, complete), 16 + 8 * len(policy.facts))


def complete_facts(policy: Policy, day: date) -> st.SearchStrategy[dict[str, Value]]:
    """A whole answer to every fact of a policy, for a request on a day."""
    return chosen(lambda choices: answers_by(choices, policy, day), 8 * len(policy.facts))


def partial_facts(policy: Policy) -> st.SearchStrategy[dict[str, Value]]:
    """Answers to some of a policy's facts, lists perhaps incomplete."""
    return chosen(lambda choices: some_answers_by(choices, policy), 1 + 8 * len(policy.facts))


def policy_by(choices: Choices, depth: int = 3, most_facts: int = 5, most_rules: int = 3) -> Policy:
    """A policy free of errors."""
    declared = facts_by(choices, most_facts)
    growing = _Growing(choices, declared)
    own = OWN if choices.rarely(3) else ()
    stated = (*STATED, *(one.outcome for one in own))
    blocks: list[Rule | Classification | Shared] = []
    for kind in choices.shuffled(["shared", "classification", *["rule"] * choices.between(1, most_rules)]):
        criterion = growing.criterion(depth, Truth.FALSE)
        if kind == "rule":
            requests, outcome = choices.of([REQUESTS, REQUESTS[:1], REQUESTS[1:]]), choices.of(stated)
            grant = growing.grant() if outcome.grants and choices.rarely(3) else None
            blocks.append(Rule(criterion, requests, outcome, grant=grant))
        elif kind == "shared":
            blocks.append(Shared(criterion))
        else:
            blocks.append(Classification("complex condition", criterion))
    otherwise = tuple(
        Otherwise(f"otherwise-{request}", f"II.{request}", (request,), choices.of(stated), PLACE)
        for request in REQUESTS
        if choices.either()
    )
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
        rules=tuple(block for block in blocks if isinstance(block, Rule)),
        outcomes=own,
        classifications=tuple(block for block in blocks if isinstance(block, Classification)),
        otherwise=otherwise,
        shared=tuple(block for block in blocks if isinstance(block, Shared)),
        interpretations=(),
        definitions=(),
        codes=tuple(ProcedureCode(code, f"code {code}", "III.d", PLACE) for code in CODES[:2]),
        citations=(),
        history=(),
        code_sets={one.id: one for fact in declared.values() for one in _sets_of(fact) if one.file},
    )
    return replace(policy, rules=policy.by_precedence(policy.rules))


def facts_by(choices: Choices, most: int = 5) -> dict[str, Fact]:
    """The facts of a policy: at least one yes-no, at most two dates, whose combinations would be many."""
    kinds = ["yes-no", *(choices.of(KINDS) for _ in range(choices.below(most)))]
    days = [n for n, kind in enumerate(kinds) if kind == "date"]
    kept = [kind for n, kind in enumerate(kinds) if n not in days[2:]]
    found = {f"fact-{n}": _fact_by(choices, f"fact-{n}", kind) for n, kind in enumerate(kept)}
    numbers = [id for id, fact in found.items() if isinstance(fact, Number)]
    if numbers and len(found) < most and choices.either():
        found["measure"] = measure = _measure_by(choices, numbers)
        if choices.either():
            found["further"] = _further_by(choices, numbers, measure)
    return found


def _further_by(choices: Choices, numbers: list[str], measure: Number) -> Number:
    """A measure that names another one."""
    assert measure.measure is not None
    assert measure.measure.formula is not None
    sign, operand = choices.of("+-"), Operand(choices.of(numbers))
    stated = Operation(sign, Operand("measure"), operand)
    filled = Operation(sign, Intermediate("measure", measure.measure.formula), operand)
    none = "there is nothing further" if choices.rarely(4) else ""
    return replace(
        measure,
        id="further",
        question="What further?",
        name="what is further",
        phrase="further it measures {value}",
        none=none,
        measure=Measure(stated, None, PLACE, filled),
    )


def _measure_by(choices: Choices, numbers: list[str]) -> Number:
    """A measure that is worked out from numbers, whatever these are."""
    formula = _formula_by(choices, numbers)
    digits = choices.of((None, None, 0, 1))
    whole = formula if digits is None else Rounded(formula, digits)
    measure = Measure(formula, digits, PLACE, whole)
    none = "there is no measure" if choices.rarely(4) else ""
    return Number(
        "measure",
        "What measure?",
        "the measure",
        "it measures {value}",
        "years",
        None,
        None,
        PLACE,
        none,
        False,
        measure,
    )


def _formula_by(choices: Choices, numbers: list[str]) -> Formula:
    """A formula that comes to years, as its numbers do, and never divides by 0."""
    first, second, third = (Operand(choices.of(numbers)) for _ in range(3))
    literal = Literal(choices.of((Fraction(2), Fraction(11, 10), Fraction(3))))
    match choices.below(4):
        case 0:
            return Operation(choices.of("+-"), first, second)
        case 1:
            return Operation(choices.of("+-"), first, literal)
        case 2:
            return Operation(choices.of("*/"), first, literal)
        case _:
            ratio = Operation("/", Power(first, 2), Operation("+", Power(second, 2), literal))
            return Operation("*", ratio, third)


def _fact_by(choices: Choices, id: str, kind: str) -> Fact:
    question, name, phrase = f"What of {id}?", f"the {id}", f"the {id} is {{value}}"
    options = tuple(Option(f"{id}-{letter}", f"{letter} of {id}", PLACE) for letter in "abcd"[: choices.between(1, 4)])
    none = choices.of(["", f"there is no {id}"])
    match kind:
        case "yes-no":
            document = Document("42 CFR 410.26", choices.of(("", "https://example.org"))) if choices.rarely() else None
            return YesNo(id, question, f"{id} is so", f"{id} is not so", PLACE, decided_by=document)
        case "number":
            low, high = choices.of(BOUNDS)
            return Number(id, question, name, phrase, "years", low, high, PLACE, none, choices.either())
        case "date":
            birth_of = "the person" if choices.rarely() else ""
            return Day(id, question, name, phrase, bool(birth_of) or choices.either(), PLACE, none, birth_of)
        case "one of":
            return OneOf(id, question, name, phrase, options, choices.either(), PLACE, none)
        case "codes":
            return _codes_by(choices, id)
        case _:
            return SetOf(id, question, name, phrase, f"{id} includes {{value}}", f"no {id}", options, PLACE)


def _codes_by(choices: Choices, id: str) -> SetOf:
    """A fact of codes, which may be asked for sets of a file and for single patterns."""
    sets = [
        CodeSet.of(f"{id}-{letter}", _rows_by(choices), f"policy/codes/{id}-{letter}.csv")
        for letter in "ab"[: choices.between(1, 2)]
    ]
    sets += [CodeSet.single(pattern, PLACE) for pattern in choices.some(PATTERNS)[:2]]
    phrases = f"the {id} is {{value}}", f"{id} includes {{value}}", f"no {id}"
    fact = SetOf(id, f"What of {id}?", f"the {id}", *phrases, (), PLACE, codes=CodeLists())
    for one in sets:
        fact = asking(fact, one)
    return fact


def _rows_by(choices: Choices) -> tuple[CodeRow, ...]:
    def row(pattern: str) -> CodeRow:
        start = TODAY + timedelta(choices.of((-400, 0, 1))) if choices.rarely(3) else date.min
        end = TODAY + timedelta(choices.of((1, 0, 30))) if choices.rarely(3) else date.max
        return CodeRow(pattern, "", start, end, PLACE)

    return tuple(map(row, choices.some(PATTERNS, 1)))


def _sets_of(fact: Fact) -> tuple[CodeSet, ...]:
    return fact.codes.sets if isinstance(fact, SetOf) and fact.codes is not None else ()


def members_of(fact: SetOf) -> list[str]:
    """What a list can be answered to have."""
    return [option.id for option in fact.options] if fact.codes is None else [*ANSWERED]


def told_apart(facts: Sequence[SetOf], days: Iterable[date], stated: Value | None = None) -> list[str]:
    """What lists can be answered to have: of codes those that are stated, and one of each kind that is told apart."""
    every = list(dict.fromkeys(member for fact in facts for member in members_of(fact)))
    cells = cells_for(facts)
    if cells is None:
        return every
    held = stated.members if isinstance(stated, Including) else stated
    known = [code for code in every if isinstance(held, frozenset) and code in held]
    found = {tuple(cells.of_code(code, day) for day in days): code for code in [*reversed(every), *known]}
    return list(dict.fromkeys([*known, *found.values()]))


def elapsed_by(
    choices: Choices, anchors: Sequence[str | None], most: int = 3, units: Sequence[Unit] = tuple(Unit)
) -> Elapsed:
    """An order of two dates, or a time between them, that some dates have."""

    def edge() -> Length | None:
        return (
            Length(Duration(choices.between(0, most), choices.of(units)), choices.either())
            if choices.either()
            else None
        )

    test = Elapsed(choices.of(tuple(Direction)), choices.of(anchors), edge(), edge())
    return test if has_a_day(test) else replace(test, high=None)


@dataclass
class _Growing:
    """Makes criteria with ids of their own; a reference goes to a criterion that is complete, so none is a cycle."""

    choices: Choices
    facts: dict[str, Fact]
    complete: list[str] = field(default_factory=list)
    count: int = 0

    def criterion(self, depth: int, set_aside: Truth) -> Criterion:
        """A criterion of at most this depth."""
        self.count += 1
        id, label = f"c{self.count}", f"II.{self.count}"
        guard = self.criterion(0, Truth.FALSE) if depth and self.choices.rarely() else None
        logic = self.logic(depth)
        start = near(self.choices) if self.choices.rarely() else None
        end = near(self.choices) if self.choices.rarely() else None
        valid = Period(start, end if start is None or end is None else max(start, end))
        text = self.choices.of([None, f"Words *of* {{{id}}}", f'**{id}** stands for \\*"this"\\* é'])
        self.complete.append(id)
        return Criterion(id, label, text, (), logic, guard, valid, set_aside, PLACE)

    def grant(self) -> Grant:
        """Limits of what is granted."""
        days = [None, *(id for id, fact in self.facts.items() if isinstance(fact, Day))]
        duration = Duration(self.choices.between(1, 3), self.choices.of(list(Unit)))
        lasts: Duration | date | str | None = self.choices.of([duration, TODAY, *days])
        when = self.choices.of([None, *self.complete])
        numbers = [id for id, fact in self.facts.items() if isinstance(fact, Number)]
        quotas = tuple(self.quota(numbers) for _ in range(self.choices.below(3) if numbers else 0))
        return Grant(Term(self.choices.of(days), lasts), (Restriction("at night only", when),), quotas)

    def quota(self, numbers: list[str]) -> Quota:
        """An amount of the first of some numbers."""
        amounts: list[Amount | Printed | str] = [2, Decimal("1.5"), self.choices.of(numbers)]
        options = {id: fact.options for id, fact in self.facts.items() if isinstance(fact, OneOf) and not fact.none}
        rows = {id: tuple((option.id, n) for n, option in enumerate(of)) for id, of in options.items()}
        amounts += [Printed(self.complete[-1], id, of) for id, of in rows.items()]
        return Quota(self.choices.of(amounts), numbers[0], self.choices.of([None, *numbers]), "month", "")

    def logic(self, depth: int) -> Logic:
        """A node of logic of at most this depth."""
        kinds = ["comparison"] + (["reference"] if self.complete else [])
        if depth:
            kinds += ["all", "all", "any", "any", "open", "at least", "not"]
        match self.choices.of(kinds):
            case "all":
                return AllOf(self.members(depth, Truth.TRUE))
            case "any":
                return AnyOf(self.members(depth, Truth.FALSE), False)
            case "open":
                return AnyOf((*self.members(depth, Truth.FALSE), self.unlisted()), True)
            case "at least":
                of = self.members(depth, Truth.FALSE)
                return AtLeast(self.choices.between(1, len(of)), of)
            case "not":
                return Not(self.criterion(depth - 1, Truth.FALSE))
            case "reference":
                return Reference(self.choices.of(self.complete))
            case _:
                return self.comparison()

    def members(self, depth: int, set_aside: Truth) -> tuple[Criterion, ...]:
        """The members of a list."""
        return tuple(self.criterion(depth - 1, set_aside) for _ in range(self.choices.between(1, 3)))

    def unlisted(self) -> Criterion:
        """The member of an open list that asks for what is not listed."""
        self.count += 1
        id = f"c{self.count}"
        fact = self.choices.of([id for id, fact in self.facts.items() if isinstance(fact, YesNo)])
        logic = Comparison(fact, IsOneOf(frozenset([True])))
        self.complete.append(id)
        return Criterion(id, f"II.{self.count}", None, (), logic, None, Period(), Truth.FALSE, PLACE)

    def comparison(self) -> Comparison:
        """A comparison that suits its fact's kind."""
        fact = self.choices.of(list(self.facts.values()))
        if isinstance(fact, Day) and self.choices.rarely(4):
            return Comparison(REQUEST, self.elapsed(REQUEST, [fact.id]))
        return Comparison(fact.id, self.test(fact))

    def test(self, fact: Fact) -> Test:
        """What to ask of a fact."""
        choices = self.choices
        if (isinstance(fact, SetOf) or may_be_none(fact)) and choices.rarely(5):
            return HasNone()
        if isinstance(fact, SetOf):
            if fact.codes is None:
                return IncludesAnyOf(_options_by(choices, fact, least=1))
            asked = choices.of(fact.codes.sets)
            return IncludesAnyOf(frozenset([asked.id]), bool(asked.file))
        if isinstance(fact, Day) and choices.either():
            days = [id for id, other in self.facts.items() if isinstance(other, Day) and id != fact.id]
            return self.elapsed(fact.id, [None, *days])
        if (isinstance(fact, Number | Day) or (isinstance(fact, OneOf) and fact.ordered)) and choices.either():
            return self.range(fact)
        count = 1 if isinstance(fact, YesNo) else choices.between(1, 2)
        return IsOneOf(frozenset(_one_by(choices, fact) for _ in range(count)))

    def elapsed(self, compared: str, anchors: Sequence[str | None]) -> Elapsed:
        """An order of two dates, or a time between them, that an author could ask of one."""
        test = elapsed_by(self.choices, anchors)
        dates: dict[str, Fact] = {**self.facts, REQUEST: REQUEST_DATE}
        fact, anchor = dates[compared], dates[test.anchor or REQUEST]
        assert isinstance(fact, Day)
        assert isinstance(anchor, Day)
        # An age in days can be compared in every way.
        return elapsed_by(self.choices, anchors, units=[Unit.DAYS]) if ambiguous_length(test, fact, anchor) else test

    def range(self, fact: Number | Day | OneOf) -> Range:
        """A range that some answer can pass, with one edge or two."""
        choices = self.choices
        edges = {_one_by(choices, fact): choices.either() for _ in range(choices.between(1, 2))}
        bounds = [Bound(edge, included) for edge, included in edges.items()]
        if len(bounds) == 1:
            return Range(bounds[0], None) if choices.either() else Range(None, bounds[0])
        low, high = sorted(bounds, key=lambda bound: ordinal(bound.value, fact))
        return Range(low, None) if is_empty(low, high, fact) else Range(low, high)


def near(choices: Choices) -> date:
    """A day not far from today."""
    return TODAY + timedelta(choices.between(-70, 70))


def day_by(choices: Choices) -> date:
    """A day, rather often the last of a month."""
    return choices.of(ENDS_OF_MONTHS) if choices.either() else near(choices)


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    return Month(day.year, day.month)


def _options_by(choices: Choices, fact: SetOf, least: int = 0) -> frozenset[str]:
    return frozenset(choices.some(members_of(fact), least))


def _one_by(choices: Choices, fact: YesNo | Number | Day | OneOf) -> bool | Amount | date | str:
    match fact:
        case YesNo():
            return choices.either()
        case Number(minimum=low, maximum=high, whole=whole):
            number = choices.of(PARTS) if not whole and choices.rarely(3) else choices.between(-2, 12)
            number = number if low is None else max(number, low)
            number = number if high is None else min(number, high)
            # What is rounded has no further digits.
            return int(number) if is_unrounded(number, fact) else number
        case Day():
            return day_by(choices)
        case OneOf(options=options):
            return choices.of(options).id
        case _:
            assert_never(fact)


def _known_by(choices: Choices, fact: Fact) -> Value:
    if isinstance(fact, SetOf):
        return _options_by(choices, fact)
    return NoValue() if may_be_none(fact) and choices.rarely(3) else _one_by(choices, fact)


def answers_by(choices: Choices, policy: Policy, day: date) -> dict[str, Value]:
    """A whole answer to every fact."""
    return _possible(policy, day, {id: _known_by(choices, fact) for id, fact in policy.facts.items()}, whole=True)


def some_answers_by(choices: Choices, policy: Policy) -> dict[str, Value]:
    """Answers to few or many facts, lists perhaps incomplete."""
    share, found = choices.of((0, 1, 1, 2, 2, 3, 4)), dict[str, Value]()
    for id, fact in policy.facts.items():
        if choices.below(4) < share:
            if isinstance(fact, SetOf) and choices.either():
                found[id] = Including(_options_by(choices, fact))
            elif isinstance(fact, Day) and choices.rarely(3):
                found[id] = month_of(day_by(choices))
            else:
                found[id] = _known_by(choices, fact)
    return found


def case_by(choices: Choices, policy: Policy, complete: bool | None = None) -> Case:
    """A case of a policy."""
    day = day_by(choices)
    return Case(
        policy=policy.number,
        request=choices.of(list(policy.requests)),
        date=day,
        facts=_possible(policy, day, some_answers_by(choices, policy)),
        complete=choices.rarely(5) if complete is None else complete,
        codes=tuple(choices.shuffled(choices.some(CODES))[:2]),
    )


def worked_out(policy: Policy, case: Case) -> Case:
    """A case with its measures and the cells of its codes, as it is decided."""
    facts = Measures(policy).worked_out(case.facts).facts
    return replace(case, facts=Coded(policy).facts(facts, case.date))


def _possible(policy: Policy, day: date, facts: dict[str, Value], whole: bool = False) -> dict[str, Value]:
    """Answers without dates after the request where there can be none, and without measures that are worked out.

    Of `whole` answers, measures are what they are worked out as.
    """
    measures = Measures(policy)
    worked = {id for id in policy.facts if measures.operands(id) and {*measures.operands(id)} <= {*facts}}
    given = {id: answer for id, answer in facts.items() if id not in worked}
    found = measures.worked_out(given).facts
    facts = {id: found.get(id, answer) for id, answer in facts.items() if whole or id in given}
    early = {fact.id for fact in policy.facts.values() if isinstance(fact, Day) and fact.latest_request}
    return {id: _not_after(day, answer) if id in early else answer for id, answer in facts.items()}


def _not_after(day: date, answer: Value) -> Value:
    if isinstance(answer, Month):
        return month_of(min(answer.first, day))
    return min(answer, day) if isinstance(answer, date) else answer
