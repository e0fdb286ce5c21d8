"""Determinations of lines, held against all that could be so: every answer to what is unknown in each line, and others.

What a line comes to is worked out here once more, from the formulas that the policies were written from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import yaml
from hypothesis import given
from hypothesis import strategies as st

from cdispec.determine.determination import Prepared
from cdispec.library.state import policy_of
from cdispec.model.case import Case
from cdispec.model.outcomes import Outcome
from cdispec.model.periods import StatePeriod
from cdispec.model.policy import Policy
from cdispec.parse.case import read_cases
from cdispec.targets.python import compile_policy
from tests.examples import examples

KINDS = ("bed", "mattress", "cover")
FACTS = ("pain", "fever")
GRANTED, DENIED = "medically necessary", "not medically necessary"
NAMES = {True: GRANTED, False: DENIED}
Facts = Mapping[str, bool]


@dataclass(frozen=True)
class Rule:
    """When a kind of request is granted: by a fact, and by what is asked of other lines, if anything is.

    `asks` are kinds, each with the outcome that is asked, or "" where it is asked whether there is such a line, and
    whether the opposite is asked. `all` says that all must be so, and not any.
    """

    fact: str
    asks: tuple[tuple[str, str, bool], ...]
    all: bool

    def yaml(self) -> str:
        """The rule as an author writes it."""
        members: list[dict[str, object]] = [{"fact": self.fact}]
        for kind, outcome, denied in self.asks:
            asked: dict[str, object] = {"meets": f"{kind}/{outcome}"} if outcome else {"requested": kind}
            members.append({"not": asked} if denied else asked)
        return yaml.safe_dump({"all" if self.all else "any": members}, default_flow_style=True, width=1000)

    def grants(self, facts: Facts, others: list[tuple[str, bool]]) -> bool:
        """Whether it grants a line with these answers beside other lines, of which each is granted or not."""
        truths = [facts[self.fact]]
        for kind, outcome, denied in self.asks:
            asked = any(other == kind and outcome in ("", NAMES[granted]) for other, granted in others)
            truths.append(asked is not denied)
        return all(truths) if self.all else any(truths)


Request = Sequence[tuple[str, Facts]]
"""The kind of each line, and what is known of it."""


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Rule]:
    """A rule for each kind; of what others come to only kinds before it are asked."""
    found = {}
    for number, kind in enumerate(KINDS):
        choice = [(other, "") for other in KINDS]
        choice += [(other, outcome) for other in KINDS[:number] for outcome in (GRANTED, DENIED)] * 3
        each = st.tuples(st.sampled_from(choice), st.booleans()).map(lambda one: (*one[0], one[1]))
        asks = tuple(draw(st.lists(each, max_size=2)))
        found[kind] = Rule(draw(st.sampled_from(FACTS)), asks, draw(st.booleans()))
    return found


LINE = st.tuples(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FACTS), st.booleans(), max_size=2))
REQUESTS = st.lists(LINE, min_size=1, max_size=3)
FEW = st.lists(LINE, min_size=1, max_size=2)


def written(stated: Mapping[str, Rule]) -> Policy:
    """The policy with these rules."""
    head = {
        "number": "1",
        "title": "Lines",
        "issuer": "Test",
        "document": "Policy",
        "status": "draft",
        "original_effective_date": "2025-01-01",
        "last_review_date": "2025-01-01",
        "requests": {kind: f"a {kind} is requested" for kind in KINDS},
    }
    parts = [f"---\n{yaml.safe_dump(head)}---\n"]
    for kind, rule in stated.items():
        block = f"request: {kind}\noutcome: {GRANTED}\notherwise: {DENIED}\n{rule.yaml().strip()[1:-1]}\n"
        parts.append(f"## {kind} {{#{kind}}}\n\n~~~criteria\n{block}~~~\n")
    facts = {id: {"kind": "yes-no", "phrase": f"the sign of {id} is present"} for id in FACTS}
    policy, issues = policy_of({"policy.md": "\n".join(parts), "facts.yaml": yaml.safe_dump(facts)}, "policy/1", "1")
    assert policy is not None
    assert not issues
    return policy


def lines_of(policy: Policy, request: Request, whole: bool, complete: bool = False) -> list[Case]:
    """The cases of a request."""
    listed = [{"request": kind, "facts": dict(facts)} for kind, facts in request]
    case = {"policy": "1", "date": "2025-07-01", "facts": {}, "record": "complete" if complete else "open"}
    text = yaml.safe_dump({**case, "lines": listed if whole else {"including": listed}})
    found = read_cases(text, "case.yaml", {"1": [StatePeriod.of(policy)]})
    cases = [case for _, case, _, _ in found]
    assert not any(read.issues for read in found)
    return [case for case in cases if case is not None]


def comes_to(stated: Mapping[str, Rule], request: Request) -> list[bool]:
    """Whether each line is granted where everything is known: lines of a kind after those that it may ask."""
    granted: dict[int, bool] = {}
    for kind in KINDS:
        known = [(other, granted.get(number, False)) for number, (other, _) in enumerate(request)]
        for number, (own, facts) in enumerate(request):
            if own == kind:
                granted[number] = stated[kind].grants(facts, known[:number] + known[number + 1 :])
    return [granted[number] for number in range(len(request))]


def completions(stated: Mapping[str, Rule], request: Request, whole: bool) -> Iterator[list[tuple[str, Facts]]]:
    """Every way in which a request can be: each line with every answer to what is unknown of it, and further lines."""
    answered = [dict(zip(FACTS, values, strict=True)) for values in product((True, False), repeat=len(FACTS))]
    lines = [[(kind, facts) for facts in answered if facts.items() >= known.items()] for kind, known in request]
    # A line more of each kind that is asked is all that these rules can tell of further lines.
    asked = [] if whole else sorted({kind for rule in stated.values() for kind, _, _ in rule.asks})
    further = [[(kind, facts) for facts in answered] for kind in asked]
    for first in product(*lines):
        for more in product(*([None, *one] for one in further)):
            yield [*first, *(line for line in more if line is not None)]


def outcomes(stated: Mapping[str, Rule], request: Request, whole: bool) -> list[set[str]]:
    """What each line can come to."""
    found: list[set[str]] = [set() for _ in request]
    for each in completions(stated, request, whole):
        for own, granted in zip(found, comes_to(stated, each), strict=False):
            own.add(NAMES[granted])
    return found


@examples(40)
@given(rules(), FEW)
def test_a_line_is_settled_if_and_only_if_all_that_could_be_so_gives_one_outcome(
    stated: dict[str, Rule], request: Request
) -> None:
    policy = written(stated)
    prepared = Prepared(policy)
    for case, possible in zip(lines_of(policy, request, True), outcomes(stated, request, True), strict=True):
        found = prepared.decide(case).determination()
        assert {found.outcome} == possible or (found.outcome is Outcome.MORE_INFORMATION and len(possible) > 1)
        assert bool(found.needed) is (len(possible) > 1)


@examples(40)
@given(rules(), LINE)
def test_a_line_beside_which_there_may_be_others_is_settled_only_where_none_could_change_it(
    stated: dict[str, Rule], line: tuple[str, dict[str, bool]]
) -> None:
    policy = written(stated)
    [case], [possible] = lines_of(policy, [line], False), outcomes(stated, [line], False)
    found = Prepared(policy).decide(case).outcome
    assert found is Outcome.MORE_INFORMATION or {found} == possible


@examples(20)
@given(rules(), REQUESTS)
def test_a_line_that_waits_names_the_lines_for_which_it_waits(stated: dict[str, Rule], request: Request) -> None:
    policy = written(stated)
    decided = {case.lines.own: Prepared(policy).decide(case) for case in lines_of(policy, request, True) if case.lines}
    for one in decided.values():
        for fact, names in one.determination().open_lines.items():
            assert names, f"where the lines are the whole request, one of them leaves `{fact}` open"
            assert all(decided[name].outcome is Outcome.MORE_INFORMATION for name in names)


@examples(20)
@given(rules(), REQUESTS, st.booleans())
def test_the_compiled_policy_says_of_each_line_what_the_core_says(
    stated: dict[str, Rule], request: Request, complete: bool
) -> None:
    policy = written(stated)
    compiled, prepared = compile_policy(policy), Prepared(policy)
    for case in lines_of(policy, request, False, complete):
        assert compiled.decide(case).json() == prepared.decide(case).json()


@examples(20)
@given(rules(), REQUESTS)
def test_every_line_of_a_complete_record_is_decided(stated: dict[str, Rule], request: Request) -> None:
    policy = written(stated)
    known = [(kind, {fact: facts.get(fact, False) for fact in FACTS}) for kind, facts in request]
    # No rule denies a fact, so that silence of a complete record is as a "no".
    expected = [NAMES[granted] for granted in comes_to(stated, known)]
    assert [
        Prepared(policy).decide(case).outcome for case in lines_of(policy, request, True, complete=True)
    ] == expected
