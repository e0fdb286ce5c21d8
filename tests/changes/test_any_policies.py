"""Whatever two policies are, what one says otherwise than the other is told both ways alike."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given

from cdispec.analysis.changes.change import Changes, Fate
from cdispec.analysis.changes.changes import changes
from cdispec.analysis.changes.identity import renamed, with_ids_of
from cdispec.library import read_library
from cdispec.model.policy import Policy, blocks
from cdispec.report.changes import changes_json, changes_text
from cdispec.report.terminal import Style
from cdispec.source import Place
from tests.examples import examples
from tests.strategies import policies

ROOT = Path(__file__).parents[1] / "determine" / "policies"
SMALL = tuple(read_library(ROOT).policies.values())
TURNED = {Fate.ADDED: Fate.REMOVED, Fate.REMOVED: Fate.ADDED}


def placed(policy: Policy) -> Policy:
    """A generated policy with its blocks in the document, where clauses are read."""
    return replace(policy, preamble=(*blocks(policy), *policy.otherwise))


def fates(found: Changes) -> dict[str, Fate]:
    """What became of each clause that did not merely stay or change its place."""
    return {change.id: change.fate for change in found.clauses if change.fate in TURNED}


def assert_mirrored(before: Policy, after: Policy) -> None:
    """Added one way is removed the other way."""
    there, back = changes(before, after), changes(after, before)
    assert fates(there) == {id: TURNED[fate] for id, fate in fates(back).items()}
    assert there.empty == back.empty
    for found in (there, back):
        assert changes_text(found, Style(colour=True))
        assert changes_json(found)


PLACED = policies().map(placed)


@pytest.mark.parametrize("policy", SMALL, ids=lambda policy: policy.slug)
def test_a_policy_says_the_same_as_itself(policy: Policy) -> None:
    assert changes(policy, policy).empty


def test_two_policies_that_have_little_in_common_are_told_both_ways_alike() -> None:
    for before, after in permutations(SMALL, 2):
        assert_mirrored(before, after)


@examples(20)
@given(PLACED, PLACED)
def test_any_two_policies_are_told_both_ways_alike(before: Policy, after: Policy) -> None:
    assert_mirrored(before, after)


@examples(20)
@given(PLACED)
def test_any_policy_says_the_same_as_itself(policy: Policy) -> None:
    assert changes(policy, policy).empty


def test_of_shared_facts_only_those_that_a_policy_asks_are_its_own() -> None:
    policy = SMALL[0]
    assert {"adult", "experimental"} <= set(policy.facts)
    without = replace(policy, facts={id: fact for id, fact in policy.facts.items() if id != "experimental"})
    assert changes(policy, without).empty
    reworded = replace(policy.facts["adult"], question="Is the patient 18 years old or older?")
    assert [
        change.id for change in changes(policy, replace(policy, facts={**policy.facts, "adult": reworded})).facts
    ] == ["adult"]


def test_of_shared_lists_only_those_that_a_policy_asks_for_are_its_own() -> None:
    policy = next(policy for policy in SMALL if policy.number == "90053")
    nights = policy.lists["nights"]
    place = Place("policy/facts.yaml", 1)
    shared = replace(nights, id="shared", phrase="these nights", place=place, tallies={})
    assert changes(policy, replace(policy, lists={**policy.lists, "shared": shared})).empty
    reworded = {**policy.lists, "nights": replace(nights, phrase="these were the nights", place=place)}
    assert [change.id for change in changes(policy, replace(policy, lists=reworded)).facts] == ["nights"]


@examples(25)
@given(PLACED)
def test_ids_that_are_no_longer_written_change_nothing(policy: Policy) -> None:
    """Whatever stands beside it, each criterion is known again in its place."""
    tops = {block.criterion.id for block in blocks(policy)}
    light = renamed(policy, {id: f"{id}.any" for id in policy.criteria if id not in tops})
    assert with_ids_of(policy, light).criteria == light.criteria
    assert with_ids_of(light, policy).criteria == policy.criteria
