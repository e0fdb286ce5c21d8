"""Criteria by the rules of an earlier day: of another policy, and of the policy itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from cdispec.check import judge_policies
from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.facts import Month, NoValue, Value
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from tests.others.libraries import FACTS, TRAY, asking, common, state, yes_no

YES, NO, OPEN = Outcome.NECESSARY, Outcome.NOT_NECESSARY, Outcome.MORE_INFORMATION
GAP = "00042-covered"
DISPENSED = """
dispensed:
  kind: date
  latest: request
  name: the day of dispensing
  question: When was it dispensed?
  phrase: it was dispensed on {value}
"""
ASKING = TRAY.replace("  - meets: 00042/covered\n", "  - {meets: 00042/covered, as of: dispensed}\n")
OWN = """\

## Trays {#trays}

A tray is medically necessary by the rules of the day it was dispensed.

~~~criteria
request: initial
outcome: medically necessary
otherwise: not medically necessary
LOGIC
~~~
"""
LOGIC = """\
as of: dispensed
all:
  - {fact: adult, text: Adults, until: 2025-12-31}
  - {fact: mobile, text: Who are mobile, from: 2026-01-01}
  - {fact: prescribed, text: The tray is prescribed}"""


def policy_of(root: Path, number: str = "00041") -> Policy:
    """The working state of a policy without errors."""
    judged = judge_policies(read_library(root))
    assert number not in judged.broken, [f"{issue.place} {issue.message}" for issue in judged.issues]
    return judged.library.policies[number]


def own(root: Path, logic: str = LOGIC) -> Policy:
    """A policy whose criteria are asked as of the day of dispensing."""
    common(root)
    state(root, "00041", OWN.replace("LOGIC", logic), yes_no("prescribed") + DISPENSED, effective="2020-01-01")
    return policy_of(root)


def decided(policy: Policy, facts: Mapping[str, Value], complete: bool = False) -> tuple[Outcome, set[str]]:
    """The outcome of a case of March 2026, and what is needed."""
    found = determine(policy, Case(policy.number, "initial", date(2026, 3, 1), facts, complete))
    return found.outcome, {*found.needed}


@pytest.fixture
def tray(tmp_path: Path) -> Policy:
    """A policy that asks another one as of the day of dispensing."""
    asking(tmp_path)
    state(tmp_path, "00041", ASKING, yes_no("prescribed") + DISPENSED)
    return policy_of(tmp_path)


@pytest.mark.parametrize(
    ("facts", "outcome", "needed"),
    [
        ({"dispensed": date(2025, 6, 1), "mobile": True}, YES, set()),
        ({"dispensed": date(2025, 12, 31), "mobile": False}, NO, set()),
        ({"dispensed": date(2026, 1, 1), "mobile": False}, YES, set()),
        ({"dispensed": date(2025, 12, 31)}, OPEN, {"mobile"}),
        ({"dispensed": date(2026, 1, 1)}, YES, set()),
        ({"dispensed": date(2025, 5, 31), "mobile": True}, OPEN, {GAP}),
        ({"dispensed": date(2025, 5, 31), GAP: True}, YES, set()),
        ({"mobile": True}, OPEN, {"dispensed", GAP}),
        ({"mobile": True, GAP: True}, YES, set()),
        ({"mobile": False, GAP: True}, OPEN, {"dispensed"}),
        ({"dispensed": Month(2025, 12), "mobile": False}, NO, set()),
        ({"dispensed": Month(2026, 1), "mobile": False}, YES, set()),
    ],
    ids=[
        "the first day of its first revision",
        "the last day of its first revision",
        "the first day of its second revision",
        "what its first revision asks is needed",
        "what its second revision does not ask is not needed",
        "before its first revision somebody must say",
        "and that is taken as it is said",
        "the day is not known",
        "the day does not matter where each revision agrees",
        "the day matters where they do not",
        "a month of its first revision",
        "a month of its second revision",
    ],
)
def test_the_revision_of_the_day_that_is_named_is_asked(
    tray: Policy, facts: dict[str, Value], outcome: Outcome, needed: set[str]
) -> None:
    assert decided(tray, {"prescribed": True, "adult": True, **facts}) == (outcome, needed)


def test_where_there_is_no_such_day_nothing_is_in_effect(tmp_path: Path) -> None:
    asking(tmp_path)
    none = DISPENSED.replace("  name:", "  none: nothing was dispensed\n  name:")
    state(tmp_path, "00041", ASKING, yes_no("prescribed") + none)
    known: dict[str, Value] = {"prescribed": True, "adult": True, "mobile": True, GAP: True}
    assert decided(policy_of(tmp_path), {**known, "dispensed": NoValue()}) == (NO, set())
    assert decided(policy_of(tmp_path), known) == (OPEN, {"dispensed"})


def test_a_complete_record_without_the_day_shows_only_what_every_day_does(tray: Policy) -> None:
    known: dict[str, Value] = {"prescribed": True, "adult": True, "mobile": True}
    assert decided(tray, known, True) == (NO, set())
    assert decided(tray, {**known, GAP: True}, True) == (YES, set())


@pytest.mark.parametrize(
    ("facts", "outcome", "needed"),
    [
        ({"dispensed": date(2025, 12, 31), "adult": True, "mobile": False}, YES, set()),
        ({"dispensed": date(2025, 12, 31), "adult": False, "mobile": True}, NO, set()),
        ({"dispensed": date(2026, 1, 1), "adult": False, "mobile": True}, YES, set()),
        ({"dispensed": date(2026, 1, 1), "adult": True, "mobile": False}, NO, set()),
        ({"adult": True, "mobile": False}, OPEN, {"dispensed"}),
        ({"adult": True, "mobile": True}, YES, set()),
        ({"adult": False, "mobile": False}, NO, set()),
        ({"dispensed": date(2026, 1, 1)}, OPEN, {"mobile"}),
    ],
)
def test_dates_of_service_are_asked_on_the_day_that_is_named(
    tmp_path: Path, facts: dict[str, Value], outcome: Outcome, needed: set[str]
) -> None:
    assert decided(own(tmp_path), {"prescribed": True, **facts}) == (outcome, needed)


def test_items_keep_their_labels_and_words(tmp_path: Path) -> None:
    policy = own(tmp_path)
    assert [policy.clauses[id] for id in ("adult", "mobile", "prescribed")] == ["I.1", "I.2", "I.3"]
    assert policy.criteria["adult"].text == "Adults"


ANY = """\
as of: dispensed
any:
  - {fact: adult, until: 2025-12-31}
  - {fact: mobile, from: 2026-01-01}"""
NEGATED = """\
as of: dispensed
all:
  - fact: prescribed
  - not: {fact: mobile, until: 2025-12-31}"""
WHOLE = """\
as of: dispensed
until: 2025-12-31
fact: adult"""
GUARDED = """\
all:
  - fact: prescribed
  - fact: mobile
    unless: {fact: adult, until: 2025-12-31, as of: dispensed}"""
LAST, NEXT = date(2025, 12, 31), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("logic", "facts", "outcome"),
    [
        (ANY, {"dispensed": LAST, "adult": True, "mobile": False}, YES),
        (ANY, {"dispensed": NEXT, "adult": True, "mobile": False}, NO),
        (ANY, {"adult": True, "mobile": True}, YES),
        (ANY, {"adult": True, "mobile": False}, OPEN),
        (NEGATED, {"dispensed": LAST, "mobile": True}, NO),
        (NEGATED, {"dispensed": NEXT, "mobile": True}, YES),
        (NEGATED, {"mobile": True}, OPEN),
        (NEGATED, {"mobile": False}, YES),
        (WHOLE, {"dispensed": LAST, "adult": True}, YES),
        (WHOLE, {"dispensed": NEXT, "adult": True}, NO),
        (WHOLE, {"adult": False}, NO),
        (GUARDED, {"dispensed": LAST, "adult": True, "mobile": False}, YES),
        (GUARDED, {"dispensed": NEXT, "adult": True, "mobile": False}, NO),
        (GUARDED, {"adult": True, "mobile": False}, OPEN),
    ],
)
def test_a_criterion_out_of_its_dates_drops_out_of_its_list(
    tmp_path: Path, logic: str, facts: dict[str, Value], outcome: Outcome
) -> None:
    assert decided(own(tmp_path, logic), {"prescribed": True, **facts})[0] is outcome


REFERRING = """\
all:
  - fact: prescribed
  - {meets: rules, as of: dispensed}
~~~

## Rules {#rules}

~~~criteria
all:
  - {fact: adult, until: 2025-12-31}
  - {fact: mobile, from: 2026-01-01}"""
REFERRED = """\
all:
  - fact: prescribed
  - meets: rules
~~~

## Rules {#rules}

~~~criteria
as of: dispensed
until: 2025-12-31
all:
  - fact: adult
  - fact: mobile"""

PART_OF_WHAT_IS_REFERRED_TO = """\
all:
  - fact: prescribed
  - {meets: rules, as of: dispensed}
  - {meets: grown, as of: dispensed}
~~~

## Rules {#rules}

~~~criteria
any:
  - {id: grown, fact: adult, until: 2025-12-31}
  - {fact: mobile, from: 2026-01-01}"""


@pytest.mark.parametrize(
    ("logic", "facts", "outcome"),
    [
        (PART_OF_WHAT_IS_REFERRED_TO, {"dispensed": LAST, "adult": True}, YES),
        (PART_OF_WHAT_IS_REFERRED_TO, {"dispensed": NEXT, "adult": False, "mobile": True}, YES),
        (REFERRING, {"dispensed": LAST, "adult": True, "mobile": False}, YES),
        (REFERRING, {"dispensed": NEXT, "adult": True, "mobile": False}, NO),
        (REFERRED, {"dispensed": LAST, "adult": True, "mobile": False}, NO),
        (REFERRED, {"dispensed": LAST, "adult": True, "mobile": True}, YES),
        (REFERRED, {"dispensed": NEXT, "adult": False}, YES),
        (REFERRED, {"adult": False}, OPEN),
    ],
)
def test_what_is_referred_to_is_asked_on_that_day_as_well(
    tmp_path: Path, logic: str, facts: dict[str, Value], outcome: Outcome
) -> None:
    assert decided(own(tmp_path, logic), {"prescribed": True, **facts})[0] is outcome


@pytest.mark.parametrize(
    ("logic", "line", "message"),
    [
        ("as of: prescribed\nall:\n  - {fact: adult, until: 2025-12-31}", 21, "expected a date fact"),
        ("as of:\nall:\n  - {fact: adult, until: 2025-12-31}", 21, "expected the id of a fact, found nothing"),
        ("as of: dispense\nall:\n  - {fact: adult, until: 2025-12-31}", 21, "there is no fact `dispense`"),
        ("as of: dispensed\nfact: adult", 21, "nothing depends on the day that `as of` names"),
        (
            "until: 2030-12-31\nall:\n  - {fact: adult, until: 2025-12-31, as of: dispensed}\n  - {fact: mobile}",
            0,
            "",
        ),
        (
            "until: 2030-12-31\nall:\n  - {fact: adult, until: 2025-12-31, as of: dispensed}",
            18,
            "dates of service in it are asked of the request and of another day",
        ),
    ],
    ids=["no date", "nothing", "a slip", "no dates", "dates of the request around it", "dates of both at once"],
)
def test_what_cannot_be_asked_is_refused_at_its_place(tmp_path: Path, logic: str, line: int, message: str) -> None:
    common(tmp_path, facts=FACTS)
    state(tmp_path, "00041", OWN.replace("LOGIC", logic), yes_no("prescribed") + DISPENSED)
    found = [issue for issue in judge_policies(read_library(tmp_path)).issues if issue.severity.value == "error"]
    assert [issue.place.line for issue in found] == ([line] if line else [])
    assert not found or message in found[0].message
