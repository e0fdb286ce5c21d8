"""Cases written as sentences are read back as the same cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cdispec.determine.determination import determine
from cdispec.model.case import Case
from cdispec.model.facts import Amount, Including, Number, Option, SetOf
from cdispec.model.phrases import sentence_of
from cdispec.model.policy import Policy
from cdispec.scenario.draft import Telling
from cdispec.scenario.expectations import unmet
from cdispec.scenario.feature import read_feature
from cdispec.scenario.story import read_story
from cdispec.scenario.vocabulary import StatedAnswer, Vocabulary, collisions
from cdispec.scenario.writing import given_sentences, request_sentence, scenario_lines, then_sentences
from tests.examples import examples
from tests.strategies import PLACE, cases, policies


def _read(policy: Policy, lines: list[str]) -> Telling:
    text = "\n".join(["Feature: Written", "@written", *lines, ""])
    feature, issues = read_feature(text, f"features/{policy.slug}/written.feature")
    assert not issues
    story, more = read_story(feature.scenarios[0], Vocabulary(policy))
    assert not more
    return story.tellings[0]


@examples(30)
@given(st.data())
def test_a_written_case_is_read_back(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=2))
    assume(not collisions(policy))
    stated = data.draw(cases(policy))
    # Of a list of which nothing is known there is no sentence.
    case = replace(stated, facts={id: value for id, value in stated.facts.items() if value != Including(frozenset())})
    found = determine(policy, case)
    telling = _read(policy, scenario_lines(policy, case, then_sentences(policy, found), "Written"))
    assert telling.case == case
    assert [
        unmet(expectation, found, policy) for _, expectation in telling.expected if unmet(expectation, found, policy)
    ] == []


@examples(30)
@given(st.data())
def test_each_sentence_has_one_meaning(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=1))
    assume(not collisions(policy))
    case = replace(data.draw(cases(policy)), codes=(), complete=False)
    facts = {id: value for id, value in case.facts.items() if value != Including(frozenset())}
    vocabulary = Vocabulary(policy)
    meanings = [vocabulary.given(sentence) for sentence in given_sentences(policy, replace(case, facts=facts))]
    assert meanings == [[StatedAnswer(id, facts[id])] for id in policy.facts if id in facts]
    assert vocabulary.request(request_sentence(policy, case)) == (case.request, case.date)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (3, "3"),
        (-2, "-2"),
        (Decimal("0.1"), "0.1"),
        (Decimal("1e-7"), "0.0000001"),
        (2**53, "9007199254740992"),
    ],
)
def test_a_number_is_written_in_digits(number: Amount, words: str) -> None:
    fact = Number("n", "How many?", "the number", "there are {value} of them", "units", None, None, PLACE)
    sentence = sentence_of(fact, number)
    assert sentence.startswith(f"there are {words}")
    policy = replace(_policy(), facts={"n": fact})
    assert Vocabulary(policy).given(sentence) == [StatedAnswer("n", number)]


@pytest.mark.parametrize(
    "names", [("neck", "back"), ("neck, upper", "back"), ("neck and shoulder", "back"), ("Neck", "BACK, low")]
)
def test_a_list_of_names_with_commas_is_read_back(names: tuple[str, str]) -> None:
    options = tuple(Option(f"o{n}", name, PLACE) for n, name in enumerate(names))
    fact = SetOf("s", "Which?", "the areas", "it is {value}", "it is also {value}", "it is nowhere", options, PLACE)
    vocabulary = Vocabulary(replace(_policy(), facts={"s": fact}))
    for members in ([], ["o0"], ["o1"], ["o0", "o1"]):
        whole = frozenset(members)
        assert StatedAnswer("s", whole) in vocabulary.given(sentence_of(fact, whole))
        if whole:
            assert StatedAnswer("s", Including(whole)) in vocabulary.given(sentence_of(fact, Including(whole)))


def _policy() -> Policy:
    from tests.scenario.sample import SAMPLE

    return SAMPLE


def test_a_day_is_written_with_four_digits_of_its_year() -> None:
    policy = _policy()
    request = next(iter(policy.requests))
    case = Case(policy.number, request, date(987, 1, 2), {})
    assert request_sentence(policy, case).endswith("on 0987-01-02")
