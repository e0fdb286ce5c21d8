"""What is told of the logic of a policy is exactly what going through all its cases finds."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from cdispec.analysis.faults.constant import constant_criteria
from cdispec.analysis.faults.examination import Examination
from cdispec.analysis.faults.policy import faults_of
from cdispec.check.structure import unreachable
from cdispec.core.lower import lower
from cdispec.determine.specification import quantified
from cdispec.logic import Truth, conjunction, disjunction, negation
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    IsOneOf,
    ListOf,
    Logic,
    Not,
    Period,
    Range,
    Reference,
    Test,
    Unit,
    members,
    walk,
)
from cdispec.model.facts import Day
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from tests.choices import chosen
from tests.determine.strategies import asked, criterion, day, small_policy, yes_no
from tests.examples import examples
from tests.faults.enumeration import TODAY, Enumeration
from tests.strategies import elapsed_by, policies

MOST = 400
CONSTANT = ("never-met", "always-met", "conflicting-clauses")
_EXAMPLES, _FEWER = examples(15), examples(10)


@st.composite
def enumerated(draw: st.DrawFn, most_rules: int = 3, depth: int = 2) -> Enumeration:
    """A small policy without dates, with all its cases."""
    policy = draw(policies(depth=depth, most_facts=4, most_rules=most_rules))
    assume(not any(isinstance(fact, Day) for fact in policy.facts.values()))
    found = Enumeration(policy)
    assume(found.count() <= MOST)
    return found


@st.composite
def of_a_date(draw: st.DrawFn) -> Enumeration:
    """A policy of one date that counts from the request, and of one yes-no fact, with all its cases."""
    parts = tuple(replace(criterion(f"c{n}", draw(_of_a_date())), valid=draw(_periods)) for n in range(1, 5))
    two = parts[:2]
    lists: list[Logic] = [AllOf(two), AnyOf(two, False), AtLeast(2, two)]
    inner = criterion("c5", draw(st.sampled_from(lists)))
    members = (inner, criterion("c6", Not(parts[2])), parts[3])
    rules = [
        (criterion("c7", AllOf(members)), Outcome.NECESSARY),
        (criterion("c8", AnyOf((criterion("c9", Reference("c5")),), False)), Outcome.NOT_INDICATED),
    ]
    policy = small_policy([day("first"), yes_no("third")], rules)
    return Enumeration(replace(policy, effective=TODAY - timedelta(draw(st.integers(0, 10)))))


def _of_a_date() -> st.SearchStrategy[Comparison]:
    near = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days))
    edges = st.builds(Bound, near, st.booleans())
    tests: st.SearchStrategy[Test] = st.one_of(
        chosen(lambda choices: elapsed_by(choices, [None], 4, [Unit.DAYS]), 8),
        st.builds(Range, edges, st.none()),
        st.builds(Range, st.none(), edges),
        st.builds(IsOneOf, st.frozensets(near, min_size=1, max_size=2)),
    )
    return st.one_of(tests.map(lambda test: Comparison("first", test)), st.just(asked("third")))


_near = st.one_of(st.none(), st.none(), st.integers(-6, 6).map(lambda days: TODAY + timedelta(days)))
_periods = st.one_of(st.just(Period()), st.builds(Period, _near, st.none()), st.builds(Period, st.none(), _near))


def _told(policy: Policy) -> dict[str, set[str]]:
    """The ids of the criteria that are told, by code."""
    found: dict[str, set[str]] = defaultdict(set)
    for issue in faults_of(policy):
        assert issue.code != "undecided-question"
        found[issue.code] |= set(re.findall(r"`(c\d+)` \([^,]*\)", issue.message)[:1])
        if issue.code == "unaddressed-case":
            found[issue.code] |= set(re.findall(r"of kind `(\w+)`", issue.message))
    return found


def _shown(criterion: Criterion, constant: dict[str, Truth]) -> Truth:
    known = [constant[member.id] for member in members(criterion.logic)]
    match criterion.logic:
        case ListOf():
            found = quantified(criterion.logic, known)
        case Not():
            found = negation(known[0])
        case Reference(to):
            found = constant[to]
        case Comparison():
            found = Truth.UNKNOWN
    if criterion.unless is None:
        return found
    guard = constant[criterion.unless.id]
    return disjunction((found, guard)) if criterion.set_aside is Truth.TRUE else conjunction((found, negation(guard)))


def _constants_are_those(found: Enumeration) -> None:
    examined = Examination(found.policy, 60)
    constant = {part.id: found.constant(part) for part in examined.criteria}
    with examined.solver.question():
        list(constant_criteria(examined))
    assert examined.constant == {id: truth for id, truth in constant.items() if truth is not Truth.UNKNOWN}
    told = _told(found.policy)
    expected = {
        part.id for part in examined.criteria if examined.constant.get(part.id) not in (None, _shown(part, constant))
    }
    assert set().union(*(told[code] for code in CONSTANT)) == expected


@_EXAMPLES
@given(enumerated())
def test_criteria_that_are_never_or_always_met_are_told_where_their_parts_do_not_show_it(found: Enumeration) -> None:
    _constants_are_those(found)


@_FEWER
@given(of_a_date())
def test_so_are_those_that_dates_decide(found: Enumeration) -> None:
    _constants_are_those(found)


@_EXAMPLES
@given(enumerated())
def test_exactly_the_members_that_the_others_settle_are_told(found: Enumeration) -> None:
    examined = Examination(found.policy, 60)
    constant = {part.id: found.constant(part) for part in examined.criteria}
    told = _told(found.policy)["implied-clause"]
    expected = set()
    for part in examined.criteria:
        if (
            isinstance(part.logic, AllOf | AnyOf)
            and constant[part.id] is Truth.UNKNOWN
            and not _shown_by_one(part, constant)
        ):
            for member in reversed(part.logic.of):
                others = [other.id for other in part.logic.of if other is not member and other.id not in expected]
                if constant[member.id] is Truth.UNKNOWN and _settled(member.id, others, part.logic, found):
                    expected.add(member.id)
    assert told == expected


def _shown_by_one(criterion: Criterion, constant: dict[str, Truth]) -> bool:
    """Whether a list is settled by a member that is never or always met, so that its others are not spoken of."""
    settling = {AllOf: Truth.FALSE, AnyOf: Truth.TRUE}.get(type(criterion.logic))
    return settling is not None and any(constant[member.id] is settling for member in members(criterion.logic))


def _settled(member: str, others: list[str], among: AllOf | AnyOf, found: Enumeration) -> bool:
    """Whether every case in which a member could settle its list is one in which another is in force that does."""
    settling = isinstance(among, AnyOf)
    standing = [row for row in found.rows if member in row]
    if not standing or any(not any(other in row for other in others) for row in standing):
        return False
    return all(any(row.get(other) is settling for other in others) for row in standing if row[member] is settling)


@_FEWER
@given(enumerated(most_rules=5, depth=1))
def test_exactly_the_rules_that_others_before_them_always_decide_are_told(found: Enumeration) -> None:
    policy = found.policy
    assume(not list(unreachable(policy)))
    told = _told(policy)["shadowed-clause"]
    expected = set()
    for request in policy.requests:
        rules = [rule.criterion for rule in policy.rules_for(request)]
        for position, rule in enumerate(rules):
            first = [earlier.id for earlier in rules[:position]]
            meeting = [record for record in found.shown if record.get(rule.id)]
            settled = all(any(record.get(earlier) for earlier in first) for record in meeting)
            if meeting and settled and found.constant(rule) is Truth.UNKNOWN:
                expected.add(rule.id)
    assert told == expected


@_EXAMPLES
@given(enumerated())
def test_a_request_is_told_to_be_addressed_by_no_clause_exactly_where_one_can_be(found: Enumeration) -> None:
    policy = found.policy
    # Of such a request a clause says that it is not addressed.
    assume(all(rule.outcome is not Outcome.NOT_ADDRESSED for rule in policy.rules))
    told = _told(policy)["unaddressed-case"]
    decided = found.decisions()
    open_ = {
        request
        for place, request in enumerate(policy.requests)
        if policy.rules_for(request)
        and not any(request in rest.requests for rest in policy.otherwise)
        and any(row[place] is Outcome.NOT_ADDRESSED for row in decided)
    }
    assert told == open_


@_FEWER
@given(enumerated())
def test_all_that_is_told_to_be_needless_can_be_dropped_together_and_all_else_matters(found: Enumeration) -> None:
    examined, told = Examination(found.policy, 60), _told(found.policy)
    single = {id for id in told["implied-clause"] if len(examined.above[id]) == 1}
    needless = frozenset(single | told["redundant-criterion"])
    decided = found.decisions()
    assert found.decisions(needless) == decided
    constant = {part.id: found.constant(part) for part in examined.criteria}
    settled = {id for id, truth in constant.items() if truth is not Truth.UNKNOWN}
    named = [part for part in examined.criteria if part.id in settled | told["implied-clause"] | needless]
    named += [part for part in examined.criteria if part.id in told["shadowed-clause"]]
    named += [member for part in examined.criteria if _shown_by_one(part, constant) for member in members(part.logic)]
    spoken_of = {below.id for part in named for below in walk(part)}
    # Where every answer gives an outcome whichever rules are shown to be met, needless criteria are not all told.
    assume(lower(found.policy).exact_requests.issuperset(found.policy.requests))
    # What is told further down may have been all that a criterion mattered to; that is told once it is gone.
    above = frozenset(single)
    for part in examined.criteria:
        above |= {part.id} & told["redundant-criterion"]
        if part.id not in spoken_of:
            assert found.decisions(above | {part.id}) != decided
