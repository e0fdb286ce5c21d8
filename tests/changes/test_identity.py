"""A criterion whose derived id has moved is known again, and says and decides what it did."""

from __future__ import annotations

from cdispec.analysis.changes.changes import changes
from cdispec.analysis.changes.drift import drifts
from cdispec.analysis.changes.identity import with_ids_of
from cdispec.analysis.effects.compare import effect_of
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.source import has_errors

FACTS = "".join(
    f"{id}: {{kind: yes-no, question: 'Is there {id}?', phrase: there is {id}, negative: there is no {id}}}\n"
    for id in ("benefit", "pain", "burn", "scar", "hospice", "consent")
)
DOCUMENT = """---
number: "00042"
title: Laser Therapy
issuer: VHA
document: Clinical Determination and Indication
status: draft
original_effective_date: 2025-06-01
last_review_date: 2025-06-01
requests: {initial: laser therapy is requested}
---

## Pain {#pain-conditions}

~~~criteria
request: initial
outcome: medically necessary
all:
  - id: benefit-for-pain
    fact: benefit
  - fact: pain
~~~

## Skin {#skin-conditions}

~~~criteria
request: initial
outcome: medically necessary
all:
  - id: benefit-for-skin
    fact: benefit
  - id: skin
    text: A burn or a scar
    any:
      - fact: burn
      - fact: scar
  - meets: consented
    id: consented-to
~~~

## Consent {#consented}

~~~criteria
any:
  - fact: consent
  - fact: hospice
~~~
"""
WRITTEN = ("id: benefit-for-pain\n    ", "id: benefit-for-skin\n    ", "id: skin\n    ", "    id: consented-to\n")


def state(document: str = DOCUMENT) -> Policy:
    """The policy that a document states."""
    facts, found = read_facts(FACTS, "facts.yaml")
    policy, issues = read_policy(document, "policy.md", "00042-laser-therapy", facts, ())
    assert policy is not None
    assert not has_errors(found + issues), found + issues
    return policy


def light() -> str:
    """The document without the ids that nothing refers to."""
    document = DOCUMENT
    for written in WRITTEN:
        document = document.replace(written, "")
    return document


def test_an_id_that_is_no_longer_written_changes_nothing() -> None:
    before, after = state(), state(light())
    assert [id for id in after.criteria if "." in id] == [
        "pain-conditions.benefit",
        "skin-conditions.benefit",
        "burn.any",
        "consented.meets",
    ]
    for one, other in ((before, after), (after, before)):
        assert changes(one, other).empty
        assert drifts(one, other) == ()
        assert effect_of(one, other).same_logic


def test_a_list_that_begins_with_another_member_is_the_same_list() -> None:
    swapped = light().replace("      - fact: burn\n      - fact: scar\n", "      - fact: scar\n      - fact: burn\n")
    before, after = state(light()), state(swapped)
    assert "scar.any" in after.criteria
    assert changes(before, after).empty
    assert drifts(before, after) == ()


def test_a_list_that_asks_and_says_something_else_is_another() -> None:
    other = light().replace(
        "  - text: A burn or a scar\n    any:\n      - fact: burn\n      - fact: scar\n",
        "  - text: Care at the end of life\n    all:\n      - fact: hospice\n",
    )
    before, after = state(light()), state(other)
    known = with_ids_of(before, after).criteria
    assert "burn.any" in known
    assert "consented.hospice" in known


def test_a_reference_follows_what_it_refers_to() -> None:
    before = DOCUMENT.replace("any:\n  - fact: consent", "any:\n  - id: own-consent\n    fact: consent")
    before = before.replace("meets: consented", "meets: own-consent")
    after = before.replace("  - id: own-consent\n    fact", "  - fact").replace("meets: own-consent", "meets: consent")
    assert effect_of(state(before), state(after)).same_logic


def test_two_written_ids_are_never_taken_for_one() -> None:
    before, after = state(), state(DOCUMENT.replace("id: skin\n", "id: injured-skin\n"))
    found = [change.id for change in changes(before, after).clauses]
    assert {"skin", "injured-skin"} <= set(found)
