"""The logic of a policy in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from cdispec.library import read_library
from cdispec.model.criteria import (
    Bound,
    Direction,
    Duration,
    IncludesAnyOf,
    IsOneOf,
    Range,
    Test,
    Unit,
    walk,
)
from cdispec.model.facts import Fact
from cdispec.model.inlines import CrossReference, plain_of
from cdispec.model.phrases import sentence
from cdispec.model.policy import Otherwise, Policy, blocks
from cdispec.model.records import RecordList
from cdispec.parse.facts import read_facts
from cdispec.publish.pages.meaning import Meaning, meaning, roles
from tests.determine.strategies import within
from tests.publish.conftest import Write
from tests.strategies import policies

EXPECTED = Path(__file__).parent / "expected"
POLICIES = Path(__file__).parents[1] / "determine" / "policies"


def lines(found: Meaning, depth: int = 0) -> Iterator[str]:
    """A meaning as lines of plain text."""
    indent = "  " * depth
    yield f"{indent}{plain_of(found.says)}"
    for part in found.of:
        head, *rest = lines(part, depth + 1)
        yield f"{indent}- {head.strip()}"
        yield from rest
    for more in found.beside:
        yield from lines(more, depth)


FACTS = """\
age:
  {kind: number, unit: years, name: the age, question: Age?, phrase: "the Veteran is {value} years old"}
ended:
  {kind: date, name: the end of the trial, question: End?, phrase: "the trial ended on {value}"}
began:
  {kind: date, name: the start of the trial, question: Start?, phrase: "the trial began on {value}"}
goals:
  kind: one of
  ordered: yes
  name: how far the goals are met
  question: How far?
  phrase: the goals are {value}
  options: {not-met: not met, partially-met: partially met, fully-met: fully met}
diagnosis:
  kind: set of
  name: the diagnoses
  question: Which?
  phrase: the diagnoses are {value}
  including: the diagnoses include {value}
  none: there is no diagnosis
  options: {scar: scar tissue, neck: neck pain, back: back pain}
pain: {kind: yes-no, question: Pain?, phrase: there is pain, negative: there is no pain}
"""


def _facts() -> dict[str, Fact]:
    declared, issues = read_facts(FACTS, "facts.yaml")
    assert not issues
    return {id: fact for id, fact in declared.items() if not isinstance(fact, RecordList)}


def _told(policy: Policy) -> Iterator[str]:
    """Every block and criterion of a policy with its meaning."""
    purposes = roles(policy)
    for block in (*blocks(policy), *policy.otherwise):
        if isinstance(block, Otherwise):
            yield f"{block.label} {block.id}"
            yield from (f"  {plain_of(purpose)}" for purpose in purposes[block.id])
            continue
        for criterion in walk(block.criterion):
            yield f"{criterion.label} {criterion.id}"
            yield from (f"  {plain_of(purpose)}" for purpose in purposes.get(criterion.id, ()))
            yield from lines(meaning(criterion, policy), 1)


def test_the_logic_of_the_first_policy_reads_as_expected(policy: Policy, rewrite: bool) -> None:
    file = EXPECTED / "meaning-00036.txt"
    told = "\n".join(_told(policy)) + "\n"
    if rewrite:
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, "utf-8")
    assert told == file.read_text("utf-8")


def test_every_kind_of_logic_reads_as_expected(rewrite: bool) -> None:
    file = EXPECTED / "meaning-kinds.txt"
    library = read_library(POLICIES)
    told = "\n".join(line for policy in library.policies.values() for line in (f"# {policy.title}", *_told(policy)))
    if rewrite:
        file.write_text(told + "\n", "utf-8")
    assert told + "\n" == file.read_text("utf-8")


@given(policies())
def test_every_criterion_of_any_policy_has_a_meaning(policy: Policy) -> None:
    assert all(line.strip() for line in _told(policy))


@given(policies())
def test_a_meaning_names_only_labels_that_are_printed(policy: Policy) -> None:
    labels = set(policy.clauses.values())
    found = [meaning(criterion, policy) for block in blocks(policy) for criterion in walk(block.criterion)]
    assert {label for one in found for label in _labels(one)} <= labels


def _labels(found: Meaning) -> Iterator[str]:
    yield from (inline.label for inline in found.says if isinstance(inline, CrossReference))
    for part in (*found.of, *found.beside):
        yield from _labels(part)


AT_LEAST, AT_MOST = Bound(18, True), Bound(65, True)


@pytest.mark.parametrize(
    ("fact", "test", "words"),
    [
        ("pain", IsOneOf(frozenset({True})), "there is pain"),
        ("pain", IsOneOf(frozenset({False})), "there is no pain"),
        ("pain", IsOneOf(frozenset({True, False})), "there is pain or there is no pain"),
        ("age", IsOneOf(frozenset({21, 18, 65})), "the Veteran is 18, 21 or 65 years old"),
        ("age", Range(AT_LEAST, None), "the Veteran is at least 18 years old"),
        ("age", Range(None, Bound(65, False)), "the Veteran is less than 65 years old"),
        ("age", Range(Bound(18, False), AT_MOST), "the Veteran is more than 18 and at most 65 years old"),
        ("age", Range(Bound(Decimal("0.5"), True), None), "the Veteran is at least 0.5 years old"),
        ("age", Range(Bound(1234567, True), None), "the Veteran is at least 1234567 years old"),
        ("ended", IsOneOf(frozenset({date(2025, 1, 2)})), "the end of the trial is January 2, 2025"),
        (
            "ended",
            Range(Bound(date(2025, 1, 2), False), Bound(date(2025, 6, 1), True)),
            "the end of the trial is after January 2, 2025 and on or before June 1, 2025",
        ),
        (
            "ended",
            within(Duration(1, Unit.MONTHS), Direction.BEFORE, None),
            "the end of the trial is on the date of the request, or at most 1 month before it",
        ),
        (
            "ended",
            within(Duration(4, Unit.WEEKS), Direction.AFTER, "began"),
            "the end of the trial is on the day of the start of the trial, or at most 4 weeks after it",
        ),
        (
            "goals",
            Range(Bound("partially-met", True), None),
            "the goals are at least partially met (partially met or fully met)",
        ),
        ("goals", Range(None, Bound("partially-met", False)), "the goals are less than partially met (not met)"),
        ("goals", IsOneOf(frozenset({"fully-met", "not-met"})), "the goals are not met or fully met"),
        ("diagnosis", IncludesAnyOf(frozenset({"neck"})), "the diagnoses include neck pain"),
        (
            "diagnosis",
            IncludesAnyOf(frozenset({"back", "scar", "neck"})),
            "the diagnoses include at least one of scar tissue, neck pain and back pain",
        ),
    ],
)
def test_a_comparison_reads_as_a_sentence(policy: Policy, fact: str, test: Test, words: str) -> None:
    facts = _facts()
    assert sentence(facts[fact], test, replace(policy, facts=facts)) == words


OPEN = """\
## Signs {#signs}

~~~criteria
request: initial
outcome: medically necessary
any:
  open: other-sign
  of:
    - {fact: pain, text: Pain}
    - {fact: swelling, text: Swelling}
~~~
"""


def _of_signs(written: Write, body: str) -> list[str]:
    policy = written(body)
    return list(lines(meaning(policy.criteria["signs"], policy)))


def test_an_open_list_tells_that_the_listed_ones_alone_never_prove_it_not_met(written: Write) -> None:
    assert _of_signs(written, OPEN)[-1] == (
        "This is an open list: “there is another sign” asks for what is not listed. "
        "Until that is answered with no as well, the list is never “not met”, only unknown."
    )


def test_several_printed_items_are_named_from_the_first_to_the_last(written: Write) -> None:
    items = "".join(f"  - {{id: item-{n}, fact: pain, text: Item}}\n" for n in range(3))
    body = f"## Signs {{#signs}}\n\n~~~criteria\nrequest: initial\noutcome: medically necessary\nall:\n{items}~~~\n"
    assert _of_signs(written, body) == ["Met when all of these are met:", "- I.1 to I.3"]


def test_a_rule_tells_which_exclusions_are_asked_first(policy: Policy) -> None:
    [rule] = [rule for rule in policy.rules if rule.criterion.id == "continuation"]
    assert plain_of(roles(policy)[rule.criterion.id][0]) == (
        "When continuation of medical massage therapy is requested: medically necessary, where this is met. "
        "The exclusions of II.b are asked first."
    )


def test_an_exclusion_tells_that_it_is_asked_first(policy: Policy) -> None:
    [rule] = [rule for rule in policy.rules if rule.criterion.id == "continuation-exclusions"]
    assert plain_of(roles(policy)[rule.criterion.id][0]) == (
        "When continuation of medical massage therapy is requested: not indicated, where this is met. "
        "Asked before the indications."
    )


def test_what_nothing_refers_to_says_so(written: Write) -> None:
    policy = written("## Signs {#signs}\n\n~~~criteria\nfact: pain\n~~~\n")
    assert (
        plain_of(roles(policy)[policy.shared[0].criterion.id][0]) == "Decides nothing itself, and nothing refers to it."
    )
