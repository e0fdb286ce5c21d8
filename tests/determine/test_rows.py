"""What is asked of rows, held equal to trying every row that a list could have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cdispec.determine.determination import determine
from cdispec.determine.rows import is_free
from cdispec.determine.specification import Specification
from cdispec.model.case import Case
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    Bound,
    Comparison,
    Criterion,
    IsOneOf,
    Logic,
    Not,
    OfRows,
    Quantity,
    Range,
    asked_facts,
    holding,
    parts,
)
from cdispec.model.facts import Day, Fact, OneOf, Option, Rows, Value, YesNo
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, all_criteria
from cdispec.model.records import RecordList
from tests.choices import Choices, chosen
from tests.determine.strategies import PLACE, TODAY, criterion, small_policy, yes_no
from tests.examples import examples

DAYS = tuple(TODAY - timedelta(days) for days in (40, 30, 20, 10, 0))
"""Of these the second and the fourth are answered; the others lie around them."""

OPTIONS = tuple(Option(letter, f"option {letter}", PLACE) for letter in "abc")
FIELDS: dict[str, Fact] = {
    "grade": OneOf("tests.grade", "What grade?", "the grade", "the grade is {value}", OPTIONS, True, PLACE),
    "day": Day("tests.day", "When?", "the day of the test", "it was on {value}", True, PLACE),
    "good": YesNo("tests.good", "Is it good?", "the test is good", "the test is not good", PLACE),
}
TESTS = RecordList(
    id="tests",
    question="Which tests?",
    name="the tests",
    phrase="there were these tests",
    including="there were these tests, and perhaps others",
    none="there was no test",
    row="the {grade} test of {day}",
    fields=FIELDS,
    place=PLACE,
)


def answers(fact: Fact) -> Sequence[Value]:
    """Every answer that the criteria below can tell apart."""
    match fact:
        case YesNo():
            return (True, False)
        case OneOf():
            return tuple(option.id for option in OPTIONS)
        case _:
            return DAYS


class Growing:
    """Makes a policy that asks for rows, each criterion with an id of its own."""

    def __init__(self, choices: Choices) -> None:
        self.choices, self.count = choices, 0

    def policy(self) -> Policy:
        """One that asks for rows once, twice, or beside a fact."""
        choices = self.choices
        asked = [self.named(self.of_rows())]
        if choices.either():
            flag = Comparison("flag", IsOneOf(frozenset([True])))
            again = self.of_same_rows(asked[0].logic) if choices.either() else self.of_rows()
            asked.append(self.named(again if choices.either() else flag))
        logic: Logic = AllOf(tuple(asked)) if choices.either() else AnyOf(tuple(asked), False)
        policy = small_policy([yes_no("flag"), *FIELDS.values()], [(self.named(logic), Outcome.NECESSARY)])
        return replace(policy, lists={"tests": TESTS})

    def of_rows(self) -> OfRows:
        """What is asked of the rows of the list."""
        choices = self.choices
        quantity = choices.of(tuple(Quantity))
        where = self.named(self.of_row(1)) if choices.either() else None
        such = self.named(self.of_row(0)) if quantity in (Quantity.EACH, Quantity.LATEST) else None
        count = choices.between(1, 2) if quantity is Quantity.AT_LEAST else 1
        return OfRows(quantity, "tests", where, such, count, "tests.day" if quantity is Quantity.LATEST else "")

    def of_same_rows(self, asked: Logic) -> OfRows:
        """Something else that is asked of the rows that are asked for, perhaps in other words."""
        assert isinstance(asked, OfRows)
        quantity = self.choices.of((Quantity.SOME, Quantity.NONE, Quantity.AT_LEAST, Quantity.EACH))
        count = self.choices.between(1, 2) if quantity is Quantity.AT_LEAST else 1
        where = None if asked.where is None else self.copied(asked.where)
        if quantity is not Quantity.EACH or where is None:
            return OfRows(Quantity.SOME if quantity is Quantity.EACH else quantity, "tests", where, None, count)
        return OfRows(quantity, "tests", None, self.named(Not(where)))

    def copied(self, asked: Criterion) -> Criterion:
        """The same with ids of its own."""
        return self.named(holding(asked, tuple(map(self.copied, parts(asked)))).logic)

    def of_row(self, depth: int) -> Logic:
        """What is asked of one row."""
        choices = self.choices
        match choices.below(6 if depth else 3):
            case 0:
                return Comparison("tests.grade", Range(Bound(choices.of("bc"), True), None))
            case 1:
                return Comparison("tests.day", Range(Bound(choices.of((DAYS[1], DAYS[3])), choices.either()), None))
            case 2:
                return Comparison(choices.of(("tests.good", "flag")), IsOneOf(frozenset([choices.either()])))
            case 3:
                return AllOf((self.named(self.of_row(0)), self.named(self.of_row(0))))
            case 4:
                return AnyOf((self.named(self.of_row(0)), self.named(self.of_row(0))), False)
            case _:
                return Not(self.named(self.of_row(0)))

    def named(self, logic: Logic) -> Criterion:
        """A criterion with an id of its own."""
        self.count += 1
        return criterion(f"c{self.count}", logic)


def case_by(choices: Choices, policy: Policy, complete: bool) -> Case:
    """A case with up to two rows, of which some fields are known."""
    facts: dict[str, Value] = {"flag": choices.either()} if choices.either() else {}
    if not choices.rarely():
        rows = []
        for _ in range(choices.below(3)):
            known: dict[str, Value] = {"grade": choices.of("abc"), "day": choices.of((DAYS[1], DAYS[3]))}
            known["good"] = choices.either()
            rows.append(tuple((name, value) for name, value in known.items() if not choices.rarely(4)))
        facts["tests"] = Rows(tuple(rows), choices.either())
    return Case(policy.number, "initial", TODAY, facts, complete)


def policies_with_cases(complete: bool) -> st.SearchStrategy[tuple[Policy, Case]]:
    """A policy that asks for rows, and a case of it."""

    def drawn(choices: Choices) -> tuple[Policy, Case]:
        policy = Growing(choices).policy()
        return policy, case_by(choices, policy, complete)

    return chosen(drawn, 160)


def is_small(policy: Policy, case: Case) -> bool:
    """Whether every answer to every fact can be tried with every other."""
    rows = case.facts.get("tests", Rows((), False))
    assert isinstance(rows, Rows)
    asked = asked_facts(all_criteria(policy)) - {"flag"}
    return len(rows.rows) * len(asked) <= 2 and len(asked) <= 2


@examples(40)
@given(policies_with_cases(complete=False))
def test_an_open_record_comes_to_what_all_rows_that_there_could_be_agree_on(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    found, specified = determine(policy, case), Specification(policy, case, answers)
    # Further rows are asked of what asks for the same rows by itself. Where that could make a difference, it says so.
    asking = [node for node in all_criteria(policy) if isinstance(node.logic, OfRows)]
    if not found.may_matter or (len(asking) == 1 and is_free(asking[0], policy)):
        assert found.outcome is specified.outcome()
    if found.outcome.is_open and is_small(policy, case):
        assert specified.needed() <= {*found.needed}
        assert specified.needed() >= {*found.needed} - {*found.may_matter}


@examples(40)
@given(policies_with_cases(complete=True))
def test_a_complete_record_is_decided_by_the_rows_that_it_shows(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    found, specified = determine(policy, case).outcome, Specification(policy, case, answers).outcome()
    assert found is specified or determine(policy, case.opened()).may_matter


@examples(40)
@given(policies_with_cases(complete=False))
def test_a_case_that_is_filled_in_keeps_an_outcome_that_is_settled(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    found = determine(policy, case).outcome
    rows = case.facts.get("tests", Rows((), False))
    assert isinstance(rows, Rows)
    further = Rows((*rows.rows, (("grade", "a"), ("day", DAYS[4]), ("good", True))), True)
    for more in (further, replace(rows, whole=True)):
        if not rows.whole and not found.is_open:
            assert determine(policy, replace(case, facts={**case.facts, "tests": more})).outcome is found
