"""Labels: computed by the scheme that a document states, for headings and printed items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.model.labels import USUAL, Numbering, Scheme, Style, anchor_of, document_numbering
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.scenario.expectations import cited_in
from cdispec.scenario.story import _parted

HEAD = """\
---
number: "00099"
title: Sample
issuer: An Office
document: Clinical Determination and Indication
short: CDI
status: draft
original_effective_date: 2025-06-01
last_review_date: 2025-06-01
requests: {initial: sample therapy is requested}
---
"""

FACTS = """\
pain: {kind: yes-no, phrase: there is pain, question: "Is there pain?", negative: there is no pain}
swelling: {kind: yes-no, phrase: there is swelling, question: "Is there swelling?", negative: there is no swelling}
"""


def read(body: str) -> Policy:
    """A small policy from its body."""
    facts, _ = read_facts(FACTS, "facts.yaml")
    policy, _ = read_policy(HEAD + body, "policy.md", "00099-sample", facts, ())
    assert policy is not None
    return policy


LETTERED = Scheme((Style.CAPITALS, Style.DIGITS, Style.LETTERS, Style.ROMAN_WITHIN))
WITHIN = Scheme((Style.DIGITS_WITHIN, Style.LETTERS_WITHIN))


def chain(scheme: Scheme, sections: int, items: int) -> str:
    """The label of the first item, so many deep, in the first section, so many deep."""
    numbers: Numbering = document_numbering(scheme)
    for _ in range(sections):
        numbers = numbers.section()
    for _ in range(items):
        numbers = numbers.item()
    return numbers.label


@pytest.mark.parametrize(
    ("scheme", "sections", "items", "label"),
    [
        (USUAL, 3, 0, "I.a.i"),
        (USUAL, 5, 0, "I.a.i.1.a"),
        (USUAL, 1, 2, "I.1.1"),
        (USUAL, 3, 2, "I.a.i.1.1"),
        (LETTERED, 4, 0, "A.1.a(i)"),
        (LETTERED, 1, 3, "A.1.a(i)"),
        (LETTERED, 4, 1, "A.1.a(i).1"),
        (WITHIN, 1, 1, "(1)(a)"),
        (WITHIN, 2, 1, "(1)(a).1"),
    ],
)
def test_a_label_follows_the_scheme(scheme: Scheme, sections: int, items: int, label: str) -> None:
    assert chain(scheme, sections, items) == label


def test_items_and_sections_of_one_style_are_counted_together() -> None:
    section = document_numbering(LETTERED).section()
    assert [section.item().label, section.section().label, section.item().label] == ["A.1", "A.2", "A.3"]


def test_sections_within_one_without_a_number_go_on_with_those_before() -> None:
    document = document_numbering(LETTERED)
    first, second = document.untitled("Description"), document.untitled("Coverage")
    assert [first.section().label, second.section().label, document.section().label] == ["A", "B", "C"]


def test_items_of_a_section_without_a_number_are_cited_by_its_title() -> None:
    within = document_numbering(LETTERED).section().untitled("Coverage")
    assert within.item().item().label == "Coverage 1.a"


@pytest.mark.parametrize(
    ("label", "anchor"),
    [("II.a.iv", "II.a.iv"), ("B.1.a(i)", "B.1.a.i"), ("(1)(a)", "1.a"), ("Item/Service 1", "Item.Service.1")],
)
def test_a_label_is_an_address(label: str, anchor: str) -> None:
    assert anchor_of(label) == anchor


BODY = """\
## B {#b}

## Uses and limits {#uses unlabelled}

~~~criteria
request: initial
outcome: medically necessary
any:
  - {fact: pain, text: Pain}
~~~

## Use under supervision {#supervised unlabelled}

~~~criteria
request: initial
outcome: not medically necessary
any:
  - {fact: swelling, text: Swelling}
~~~
"""


@pytest.mark.parametrize(
    ("said", "cited", "joints"),
    [
        ("Uses and limits 1", ["Uses and limits 1"], []),
        ("uses and limits 1 and I", ["uses and limits 1", "I"], ["and"]),
        ("I or Uses and limits 1", ["I", "Uses and limits 1"], ["or"]),
        ("Use under supervision 1", ["Use under supervision 1"], []),
        ("nothing and nowhere", ["nothing", "nowhere"], ["and"]),
    ],
)
def test_a_title_that_joins_words_is_cited_as_one(said: str, cited: list[str], joints: list[str]) -> None:
    assert cited_in(said, read(BODY)) == (cited, joints)


def test_a_sentence_may_cite_a_title_that_holds_the_word_under() -> None:
    ways = [*_parted("it is not indicated under use under supervision 1", " under ")]
    assert ("it is not indicated", "use under supervision 1") in ways


@pytest.mark.parametrize(
    "body",
    [
        "## One {#one unlabelled}\n\n## Two {#two unlabelled}\n\n## One and two {#both unlabelled}\n",
        "## One {#one unlabelled}\n\n## One {#other unlabelled}\n",
        "## I {#one unlabelled}\n\n## Two {#two}\n",
        "## One {#one}\n\n## one {#two unlabelled}\n",
    ],
)
def test_what_could_be_taken_for_another_clause_is_refused(body: str) -> None:
    _, issues = read_policy(HEAD + body, "policy.md", "00099-sample", {}, ())
    assert "ambiguous-label" in [issue.code for issue in issues]


def test_headings_go_down_to_six_signs_and_no_further() -> None:
    policy = read("".join(f"{'#' * level} Title {{#at-{level}}}\n\n" for level in range(2, 7)))
    assert policy.clauses["at-6"] == "I.a.i.1.a"


STYLES = st.lists(st.sampled_from([*Style]), min_size=1, max_size=5).map(lambda found: Scheme(tuple(found)))
SCHEMES = st.just(USUAL) | STYLES
STEPS = st.lists(st.sampled_from(["section", "untitled", "item", "up"]), max_size=40)


@given(scheme=SCHEMES, steps=STEPS)
def test_no_two_clauses_have_one_label_or_one_address(scheme: Scheme, steps: list[str]) -> None:
    open_, made = [document_numbering(scheme)], []
    for number, step in enumerate(steps):
        within = open_[-1]
        match step:
            case "up":
                open_ = open_[:-1] or open_
                continue
            case "item":
                open_.append(within.item())
            case "section":
                open_.append(within.section())
            case _:
                open_.append(within.untitled(f"Title of {number}"))
        made.append(open_[-1])
    labels = [one.label for one in made]
    assert len(labels) == len({*labels}) == len({anchor_of(label) for label in labels})
