"""Each operator by hand: a case that notices its slip, and one that looks alike and does not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

import pytest

from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.operators import OPERATORS, mutants
from cdispec.analysis.mutation.run import Run
from cdispec.analysis.replay.replay import Replay
from cdispec.logic import Truth
from cdispec.model.case import Case
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
    OfRows,
    Period,
    Quantity,
    Range,
    Reference,
    Test,
    Unit,
)
from cdispec.model.facts import Day, Fact, NoValue, Number, OneOf, Option, Rows, SetOf, Value
from cdispec.model.formulas import Measure
from cdispec.model.limits import Grant, Printed, Quota, Restriction, Term
from cdispec.model.lines import AskedLine
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Classification, LogicBlock, Policy, RequestKind, Shared
from cdispec.model.records import RecordList
from cdispec.parse.asking import linked
from cdispec.parse.codes import asking
from cdispec.parse.formulas import read_formula
from cdispec.parse.measures import worked
from cdispec.parse.yamltree import Scalar
from tests.adequacy.telling import telling
from tests.determine.strategies import PLACE, asked, criterion, small_policy, within, yes_no

NECESSARY, NOT_NECESSARY, NOT_INDICATED = Outcome.NECESSARY, Outcome.NOT_NECESSARY, Outcome.NOT_INDICATED
SCORE = Number("score", "", "the score", "the score is {value}", "points", None, None, PLACE)
START = Day("start", "", "the start", "it started on {value}", False, PLACE)
END = Day("end", "", "the end", "it ended on {value}", False, PLACE)
OPTIONS = tuple(Option(id, id, PLACE) for id in ("low", "middle", "high"))
SLEEP = Number("sleep", "", "the sleep", "the sleep is {value}", "points", None, None, PLACE, "there is no sleep test")
NAP = Number("nap", "", "the nap", "the nap is {value}", "points", None, None, PLACE, "there is no nap")
GRADE = OneOf("grade", "", "the grade", "the grade is {value}", OPTIONS, True, PLACE)
LIST = SetOf("list", "", "the list", "{value}", "{value} and more", "nothing", OPTIONS, PLACE)
FIRST = Number("first", "", "the first score", "the first score is {value}", "points", None, None, PLACE)


def worked_out(formula: str, digits: int | None = None) -> Policy:
    """A policy that asks a measure for at least 5."""
    stated = read_formula(Scalar(formula, True, PLACE), [])
    assert stated is not None
    unit = "%" if "/" in formula else "points"
    measure = Number(
        "gain", "", "gain", "{value} is gained", unit, None, None, PLACE, measure=Measure(stated, digits, PLACE)
    )
    facts, issues = worked({fact.id: fact for fact in [*FACTS, FIRST, measure]})
    assert not issues
    return small_policy(
        [*facts.values()], [(criterion("rule", Comparison("gain", Range(Bound(5, True), None))), NECESSARY)]
    )


FACTS: list[Fact] = [yes_no("a"), yes_no("b"), yes_no("c"), SCORE, SLEEP, START, END, GRADE, LIST]
DAY = date(2020, 7, 1)


def ruled(logic: Logic, *more: tuple[Criterion, Outcome]) -> Policy:
    """A policy with one indication of this logic, and perhaps other rules."""
    return small_policy(FACTS, [(criterion("rule", logic), NECESSARY), *more])


def part(id: str, aside: Truth = Truth.FALSE) -> Criterion:
    """The criterion that a yes-no fact is yes."""
    return criterion(id, asked(id), aside)


def every(*ids: str) -> AllOf:
    """All of some yes-no facts."""
    return AllOf(tuple(part(id, Truth.TRUE) for id in ids))


def some(*ids: str, open: bool = False) -> AnyOf:
    """Any of some yes-no facts."""
    return AnyOf(tuple(part(id) for id in ids), open)


CODES = (
    CodeRow("E66.*", "obesity", date.min, date.max, PLACE),
    CodeRow("I10", "high blood pressure", date.min, DAY - timedelta(1), PLACE),
)


def range_of(low: Bound | None, high: Bound | None = None, fact: str = "score") -> Policy:
    """A policy that asks for a range."""
    return ruled(Comparison(fact, Range(low, high)))


def of_lines() -> Policy:
    """A policy that asks whether there is another line; something else of it is asked elsewhere."""
    lines = {one.fact: one for one in (AskedLine("initial", "", PLACE), AskedLine("initial", NECESSARY, PLACE))}
    facts: list[Fact] = [one.as_fact("it is requested") for one in lines.values()]
    rule = criterion("rule", asked("initial-requested"))
    return replace(small_policy(facts, [(rule, NECESSARY)]), asked_lines=lines)


def coded() -> Policy:
    """A policy that asks for a code of a set, of which one counts no longer."""
    one = CodeSet.of("set", CODES, "policy/codes/set.csv")
    fact = SetOf("codes", "", "the codes", "{value}", "{value} and more", "nothing", (), PLACE, codes=CodeLists())
    rule = criterion("rule", Comparison("codes", IncludesAnyOf(frozenset(["set"]), True)))
    return small_policy([asking(fact, one)], [(rule, NECESSARY)])


CODED = coded()
BETWEEN = Elapsed(Direction.BEFORE, None, Length(Duration(2, Unit.WEEKS), True), Length(Duration(5, Unit.WEEKS), True))
WITHIN = within(Duration(2, Unit.WEEKS), Direction.BEFORE, None)


@dataclass(frozen=True)
class Slip:
    """A slip, with the answers of a case that notices it and of one that does not.

    `new` is what it writes, where there are several of its kind.
    """

    operator: str
    policy: Policy
    notices: dict[str, Value]
    misses: dict[str, Value]
    of: str = "rule"
    new: str = ""
    complete: bool = False
    day: date = DAY


def only(yes: str) -> dict[str, Value]:
    """One of three yes-no facts is yes."""
    return {id: id == yes for id in "abc"}


def begun(days: int) -> dict[str, Value]:
    """It started so many days before the request."""
    return {"start": DAY - timedelta(days)}


def crossing(first: Test, second: Test, fact: str) -> Policy:
    """A policy in which two rules ask other values of a fact."""
    return ruled(Comparison(fact, first), (criterion("out", Comparison(fact, second)), NOT_INDICATED))


def asks(list_: Test, fact: str) -> Policy:
    """A policy that asks one comparison."""
    return ruled(Comparison(fact, list_))


def classifying(logic: Logic) -> Policy:
    """A policy with a classification, and nothing else."""
    return small_policy(FACTS, [], classifications=(Classification("complex", criterion("complex", logic)),))


def dated(valid: Period) -> Policy:
    """A policy of two criteria, one of which has dates."""
    first, second = every("a", "b").of
    return ruled(AllOf((replace(first, valid=valid), second)))


def dated_as_of(valid: Period) -> Policy:
    """A policy of two criteria, one of which has dates that are asked as of the day on which it started."""
    first, second = every("a", "b").of
    policy = ruled(AllOf((replace(first, valid=valid, as_of="start"), second)))
    found, issues = linked(policy, lambda _: None, list)
    assert not issues
    return found


def guarded() -> Policy:
    """A policy with an exception."""
    first, second = every("a", "b").of
    return ruled(AllOf((replace(first, unless=part("c")), second)))


def referring() -> Policy:
    """A policy with two shared criteria, one of which is asked."""
    policy = ruled(Reference("one"))
    shared = tuple(Shared(criterion(id, asked(fact))) for id, fact in (("one", "a"), ("two", "b")))
    more = {block.criterion.id: block.criterion for block in shared}
    return replace(policy, shared=shared, criteria={**policy.criteria, **more})


def of_two_requests() -> Policy:
    """A policy of two kinds of request, of which the rule decides both, and of the rest it says the same."""
    policy = ruled(asked("a"))
    requests = {id: RequestKind(id, f"{id} is requested", PLACE) for id in ("initial", "again")}
    rules = tuple(replace(rule, requests=("initial", "again")) for rule in policy.rules)
    rest = tuple(replace(one, requests=("initial", "again")) for one in policy.otherwise)
    return replace(policy, requests=requests, rules=rules, otherwise=rest)


EXCLUDED = ruled(asked("a"), (criterion("out", asked("b")), NOT_INDICATED))
DATES = ruled(Comparison("start", Range(Bound(DAY, True), None)))

ASIDE = small_policy(
    FACTS,
    [(criterion("rule", some("a", "b")), NECESSARY)],
    classifications=(Classification("complex", criterion("complex", asked("c"))),),
)
LOW, MIDDLE, HIGH = (frozenset([option.id]) for option in OPTIONS)
EITHER = IsOneOf(LOW | MIDDLE)
SCORES: dict[str, Value] = {"score": 6, "first": 2}
LATER, NEXT = date(2021, 6, 1), DAY + timedelta(1)

GIVEN = Number("given", "", "the visits before", "{value} were before", "points", None, None, PLACE)
ROWS = Printed("table", "grade", (("low", 1), ("middle", 2), ("high", 3)), (PLACE, PLACE, PLACE))


def granting(grant: Grant) -> Policy:
    """A policy with two indications, one with limits."""
    policy = ruled(asked("a"), (criterion("night", asked("b")), NECESSARY))
    rules = (replace(rule, grant=grant if rule.criterion.id == "rule" else None) for rule in policy.rules)
    return replace(policy, rules=tuple(rules), facts={**policy.facts, GIVEN.id: GIVEN}, clauses={"table": "IV"})


def lasting(count: int, unit: Unit, start: str | None = None) -> Policy:
    """A grant for so long."""
    return granting(Grant(Term(start, Duration(count, unit)), ()))


def counting(quota: Quota) -> Policy:
    """A grant of an amount."""
    return granting(Grant(None, (), (quota,)))


LISTED = RecordList(
    id="visits",
    question="Which visits?",
    name="the visits",
    phrase="there were these visits",
    including="there were these visits, and perhaps others",
    none="there was no visit",
    row="the visit of {day}",
    fields={
        "good": replace(yes_no("good"), id="visits.good"),
        "day": Day("visits.day", "", "the day of the visit", "it was on {value}", False, PLACE),
    },
    place=PLACE,
)


def of_visits(quantity: Quantity, count: int = 1) -> Policy:
    """A policy that asks for good visits, or of the latest visit that it was good."""
    good, is_latest = criterion("good", asked("visits.good")), quantity is Quantity.LATEST
    where, such, by = (None, good, "visits.day") if is_latest else (good, None, "")
    policy = ruled(OfRows(quantity, "visits", where, such, count, by))
    facts = {**policy.facts, **{field.id: field for field in LISTED.fields.values()}}
    return replace(policy, lists={"visits": LISTED}, facts=facts)


def visits(*good: bool) -> dict[str, Value]:
    """So many visits, the first one first."""
    rows = ((("good", one), ("day", DAY - timedelta(30 - number))) for number, one in enumerate(good))
    return {"visits": Rows(tuple(rows), True)}


VISITS = Quota(2, "score", "given", "month", "")
FORMS = granting(Grant(None, (Restriction("at home", None), Restriction("at night", "night"))))
MET: dict[str, Value] = {"a": True, "b": False}
NOT_MET: dict[str, Value] = {"a": False, "b": False}

SLIPS = [
    Slip("all as any", ruled(every("a", "b")), {"a": True, "b": False}, {"a": True, "b": True}),
    Slip("any as all", ruled(some("a", "b")), {"a": True, "b": False}, {"a": True, "b": True}),
    Slip("any as two", ruled(some("a", "b", "c")), only("a"), {**only("a"), "b": True}),
    Slip("open list closed", ruled(some("a", "b", open=True)), {"a": False, "b": True}, {"a": True, "b": True}),
    Slip(
        "count moved",
        ruled(AtLeast(2, some("a", "b", "c").of)),
        {**only("a"), "b": True},
        {"a": True, "b": True, "c": True},
        new="at least 3 of:",
    ),
    Slip("item dropped", ruled(some("a", "b")), {"a": True, "b": False}, {"a": True, "b": True}),
    Slip("item added", ASIDE, only("c"), {"a": True, "b": False, "c": True}),
    Slip("not dropped", ruled(Not(part("a"))), {"a": True}, {}),
    Slip("reference turned", referring(), {"a": True, "b": False}, {"a": True, "b": True}, new="meets: two"),
    Slip("reference negated", referring(), {"a": True}, {}),
    Slip("comparison negated", ruled(asked("a")), {"a": True}, {}),
    Slip(
        "line turned",
        of_lines(),
        {"initial-requested": True, "initial-medically-necessary": False},
        {"initial-requested": True, "initial-medically-necessary": True},
        new="meets: initial/medically necessary",
    ),
    Slip("unknown read as no", ruled(asked("a")), {}, {"a": True}),
    Slip("silence read as yes", ruled(asked("a")), {}, {"a": False}, complete=True),
    Slip(
        "none read as unknown",
        range_of(Bound(5, True), fact="sleep"),
        {"sleep": NoValue()},
        {"sleep": 4},
    ),
    Slip(
        "none turned",
        small_policy([SLEEP, NAP], [(criterion("rule", Comparison("sleep", HasNone())), NECESSARY)]),
        {"sleep": NoValue(), "nap": 5},
        {"sleep": NoValue(), "nap": NoValue()},
    ),
    Slip("value dropped", asks(EITHER, "grade"), {"grade": "low"}, {"grade": "middle"}, new="is: middle"),
    Slip("value turned", asks(IsOneOf(LOW), "grade"), {"grade": "low"}, {"grade": "high"}),
    Slip(
        "values crossed",
        crossing(IsOneOf(LOW), IsOneOf(HIGH), "grade"),
        {"grade": "low"},
        {"grade": "middle"},
        of="out",
    ),
    Slip("value dropped", asks(IncludesAnyOf(LOW | HIGH), "list"), {"list": LOW}, {"list": HIGH}, new="includes: high"),
    Slip("value turned", asks(IncludesAnyOf(LOW), "list"), {"list": LOW}, {"list": HIGH}),
    Slip(
        "values crossed",
        crossing(IncludesAnyOf(LOW), IncludesAnyOf(HIGH), "list"),
        {"list": LOW},
        {"list": MIDDLE},
        of="out",
    ),
    Slip("edge moved", range_of(Bound(5, True)), {"score": 5}, {"score": 6}, new="at least: 6"),
    Slip("edge turned", range_of(Bound(5, True)), {"score": 5}, {"score": 6}, new="more than: 5"),
    Slip("edge dropped", range_of(Bound(5, True), Bound(9, True)), {"score": 12}, {"score": 7}, new="at least: 5"),
    Slip("duration moved", asks(WITHIN, "start"), begun(20), begun(5), new="within: 3 weeks before request"),
    Slip("unit turned", asks(WITHIN, "start"), begun(40), begun(5), new="within: 2 months before request"),
    Slip("direction turned", asks(WITHIN, "start"), begun(5), begun(0)),
    Slip("length turned", asks(WITHIN, "start"), begun(14), begun(13)),
    Slip("first day turned", asks(WITHIN, "start"), begun(0), begun(1)),
    Slip("length dropped", asks(BETWEEN, "start"), begun(40), begun(30), new="at least: 2 weeks before request"),
    Slip("anchor turned", asks(WITHIN, "start"), {**begun(5), "end": begun(60)["start"]}, {**begun(5), "end": DAY}),
    Slip("guard dropped", guarded(), {"a": False, "b": True, "c": True}, {"a": True, "b": True, "c": True}, of="a"),
    Slip("dates dropped", dated(Period(None, DAY)), {"a": False, "b": True}, {"a": True, "b": True}, of="a", day=NEXT),
    Slip(
        "dates moved",
        dated(Period(None, DAY)),
        {"a": False, "b": True},
        {"a": True, "b": True},
        of="a",
        new=f"until: {NEXT}",
        day=NEXT,
    ),
    Slip(
        "day dropped",
        dated_as_of(Period(None, DAY)),
        {"a": False, "b": True, "start": NEXT},
        {"a": True, "b": True, "start": NEXT},
        of="a",
        day=NEXT,
    ),
    Slip(
        "date added",
        ruled(every("a", "b")),
        {"a": False, "b": True},
        {"a": True, "b": True},
        of="a",
        new="until: 2020-12-31",
        day=LATER,
    ),
    Slip("outcome turned", ruled(asked("a")), {"a": True}, {"a": False}, new="outcome: not indicated"),
    Slip("request turned", of_two_requests(), {"a": True}, {"a": False}, new="request: again"),
    Slip("rule dropped", ruled(asked("a")), {"a": True}, {"a": False}),
    Slip("precedence turned", EXCLUDED, {"a": True, "b": True}, {"a": False, "b": True}, of="out"),
    Slip("classification dropped", classifying(asked("a")), {"a": True}, {"a": False}, of="complex"),
    Slip("rest turned", ruled(asked("a")), {"a": False}, {"a": True}, of="rest", new="otherwise: not indicated"),
    Slip("rest dropped", of_two_requests(), {"a": False}, {"a": True}, of="rest", new="request: again"),
    Slip("shared criterion dropped", referring(), {"a": True}, {"a": False}, of="one"),
    Slip("sentences crossed", ruled(some("a", "b")), {"a": True, "b": False}, {"a": True, "b": True}, of="a"),
    Slip("unit of ten", range_of(Bound(5, True)), {"score": 7}, {"score": 60}, of="score"),
    Slip("dates crossed", DATES, {"start": DAY, "end": begun(1)["start"]}, {"start": DAY, "end": DAY}, of="start"),
    Slip("options crossed", asks(IsOneOf(LOW), "grade"), {"grade": "low"}, {"grade": "high"}, of="grade"),
    Slip(
        "order turned",
        range_of(Bound("middle", True), fact="grade"),
        {"grade": "low"},
        {"grade": "high"},
        of="grade",
        new="middle: middle",
    ),
    Slip("options crossed", asks(IncludesAnyOf(LOW), "list"), {"list": LOW}, {"list": HIGH}, of="list"),
    Slip(
        "factor moved",
        worked_out("score * 1.1"),
        {"score": Decimal("4.5")},
        {"gain": 5},
        of="gain",
        new="is: score * 1.2",
    ),
    Slip("sign turned", worked_out("score + first"), SCORES, {"score": 9, "first": 0}, of="gain"),
    Slip("operands crossed", worked_out("score - first"), {**SCORES, "score": 9}, {"score": 1, "first": 1}, of="gain"),
    Slip("end of a grant moved", lasting(6, Unit.MONTHS), MET, NOT_MET, new="for: 7 months"),
    Slip("period of a grant turned", lasting(6, Unit.MONTHS), MET, NOT_MET, new="for: 6 weeks"),
    Slip("start of a grant dropped", lasting(6, Unit.MONTHS, "start"), {**MET, **begun(1)}, {**MET, "start": DAY}),
    Slip("end of a grant dropped", lasting(6, Unit.MONTHS), MET, NOT_MET),
    Slip("amount moved", counting(VISITS), {**MET, "score": 3, "given": 0}, {**MET, "score": 1, "given": 0}),
    Slip(
        "amount moved",
        counting(Quota(ROWS, "score", None, "", "")),
        {**MET, "score": 5, "grade": "high"},
        {**MET, "score": 5, "grade": "low"},
        new="4 |",
    ),
    Slip("use dropped", counting(VISITS), {**MET, "score": 2, "given": 1}, {**MET, "score": 1, "given": 1}),
    Slip("amount dropped", counting(VISITS), {**MET, "score": 3, "given": 0}, NOT_MET),
    Slip("form dropped", FORMS, MET, NOT_MET),
    Slip("condition of a form dropped", FORMS, MET, NOT_MET),
    Slip("quantity of rows turned", of_visits(Quantity.SOME), visits(True), {}, new="none of:"),
    Slip("quantity of rows turned", of_visits(Quantity.LATEST), visits(False, True), visits(True), new="each of:"),
    Slip("rows counted", of_visits(Quantity.AT_LEAST, 2), visits(True, True), visits(False), new="at least 3 of:"),
    Slip("condition of rows dropped", of_visits(Quantity.SOME), visits(False), visits(True)),
    Slip("rounding dropped", worked_out("score * 1.1", 0), {"score": Decimal("4.1")}, {"score": 5}, of="gain"),
    Slip("code dropped", CODED, {"codes": frozenset({"E66.01"})}, {"codes": frozenset({"I10"})}, of="codes"),
    Slip("days of codes dropped", CODED, {"codes": frozenset({"I10"})}, {"codes": frozenset({"E66.01"})}, of="codes"),
]


def named(slip: Slip) -> str:
    """A slip by its operator and what it is made in."""
    return f"{slip.operator} of {slip.of}".replace(" ", "-")


@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_a_case_that_the_slip_turns_notices_it(slip: Slip) -> None:
    assert noticing(slip, slip.notices)[0]


@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_a_case_that_the_slip_leaves_alone_does_not(slip: Slip) -> None:
    assert not noticing(slip, slip.misses)[0]


def test_every_operator_is_worked_out_by_hand() -> None:
    assert {slip.operator for slip in SLIPS} == {operator.name for operator in OPERATORS}


@pytest.mark.parametrize("union", [Logic, Test, Fact, LogicBlock], ids=["logic", "comparisons", "facts", "blocks"])
def test_every_construct_of_the_language_has_an_operator(union: object) -> None:
    for construct in get_args(union):
        assert [operator.name for operator in OPERATORS if operator.of is construct], construct


def noticing(slip: Slip, facts: dict[str, Value]) -> list[bool]:
    """Whether a case notices each mutant that is meant, the first of them first."""
    case = Case(slip.policy.number, "initial", slip.day, facts, slip.complete)
    run = Run(Replay(slip.policy, [case]), [telling(slip.policy, case)])
    made = (one for one in mutants(Ground(slip.policy)) if (one.operator.name, one.of) == (slip.operator, slip.of))
    meant = [one.slip for one in made if any(slip.new in getattr(edit, "new", "") for edit in one.slip.edits)]
    return [run.noticing(one, run.side(one)) != 0 for one in meant]
