"""What the sentences of a policy mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.model.facts import Including, Month, Option, SetOf, Value
from cdispec.scenario.vocabulary import (
    CompleteRecord,
    NamesCode,
    StatedAnswer,
    Vocabulary,
    read_value,
)
from tests.scenario.sample import SAMPLE, policy_of

VOCABULARY = Vocabulary(SAMPLE)
_AREAS = SAMPLE.facts["areas"]
assert isinstance(_AREAS, SetOf)
AREAS: SetOf = _AREAS
NAMES = {option.name: option.id for option in AREAS.options}


def test_the_sample_has_no_issues() -> None:
    assert policy_of() == SAMPLE


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("there is pain", StatedAnswer("pain", True)),
        ("there is no pain", StatedAnswer("pain", False)),
        ("the Veteran is 71 years old", StatedAnswer("age", 71)),
        ("the Veteran is 71.5 years old", StatedAnswer("age", Decimal("71.5"))),
        ("the trial ended on 2025-05-31", StatedAnswer("trial-end", date(2025, 5, 31))),
        ("the trial ended in May 2025", StatedAnswer("trial-end", Month(2025, 5))),
        ("the trial ended in february 2024.", StatedAnswer("trial-end", Month(2024, 2))),
        ("the heart failure is of NYHA class II", StatedAnswer("nyha", "ii")),
        ("the painful areas are neck", StatedAnswer("areas", frozenset(["neck"]))),
        ("the painful areas include neck", StatedAnswer("areas", Including(frozenset(["neck"])))),
        ("no area is painful", StatedAnswer("areas", frozenset())),
        ("it is not known whether there is pain", StatedAnswer("pain", None)),
        ("it is not known the Veteran's age", StatedAnswer("age", None)),
        ("the record is complete", CompleteRecord()),
        ("the request names code 97124", NamesCode("97124")),
        ("the request names code g0151", NamesCode("G0151")),
    ],
)
def test_a_given_sentence_means_one_thing(sentence: str, meaning: object) -> None:
    assert VOCABULARY.given(sentence) == [meaning]


@pytest.mark.parametrize(
    "sentence",
    [
        "THERE IS PAIN",
        "  there   is\tpain ",
        "There is pain.",
        "tHere is  Pain.",
    ],
)
def test_case_spacing_and_a_full_stop_do_not_matter(sentence: str) -> None:
    assert VOCABULARY.given(sentence) == [StatedAnswer("pain", True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "the HEART failure is of nyha CLASS ii",
        "the heart failure  is of   NYHA  class II.",
    ],
)
def test_case_and_spacing_do_not_matter_in_a_sentence_with_a_value(sentence: str) -> None:
    assert VOCABULARY.given(sentence) == [StatedAnswer("nyha", "ii")]


@pytest.mark.parametrize(
    "sentence",
    [
        "there is pains",
        "there was pain",
        "the Veteran is years old",
        "the Veteran is seventy years old",
        "the Veteran is 131 years old",
        "the Veteran is -1 years old",
        "the Veteran is 1e2 years old",
        "the Veteran is 71",
        "the trial ended on 2025-02-29",
        "the trial ended on 31.05.2025",
        "the trial ended on 2025-5-31",
        "the trial ended on ",
        "the heart failure is of NYHA class III",
        "the heart failure is of ii",
        "the painful areas are neck and",
        "the painful areas are neck back",
        "the painful areas are neck,",
        "the painful areas are knee",
        "the painful areas are none",
        "it is not known whether the knee hurts",
        "the request names code",
    ],
)
def test_a_sentence_in_other_words_or_with_an_impossible_answer_means_nothing(sentence: str) -> None:
    assert VOCABULARY.given(sentence) == []


@pytest.mark.parametrize(
    ("listed", "members"),
    [
        ("neck and shoulder", ["neck-and-shoulder"]),
        ("neck, neck and shoulder", ["neck", "neck-and-shoulder"]),
        ("neck and neck and shoulder", ["neck", "neck-and-shoulder"]),
        ("neck and shoulder and neck", ["neck", "neck-and-shoulder"]),
        ("neck and shoulder blade", ["neck", "shoulder-blade"]),
        ("lower back, sacrum and hip", ["back"]),
        ("neck, lower back, sacrum and hip", ["neck", "back"]),
        ("lower back, sacrum and hip, neck and shoulder blade", ["back", "neck", "shoulder-blade"]),
        ("neck, shoulder blade, and lower back, sacrum and hip", ["neck", "shoulder-blade", "back"]),
        ("Neck , shoulder blade", None),
        ("neck; shoulder blade", None),
        ("neck, , shoulder blade", None),
    ],
)
def test_names_of_options_are_read_whole_though_they_hold_and_or_a_comma(
    listed: str, members: list[str] | None
) -> None:
    assert read_value(AREAS, listed) == (None if members is None else frozenset(members))


@given(st.lists(st.sampled_from(["neck", "shoulder blade", "lower back, sacrum and hip"]), min_size=1, unique=True))
def test_a_list_joined_by_commas_and_and_is_read_back(names: list[str]) -> None:
    listed = " and ".join([part for part in (", ".join(names[:-1]), names[-1]) if part])
    assert read_value(AREAS, listed) == frozenset(NAMES[name] for name in names)


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("pain", "yes", True),
        ("pain", "No", False),
        ("pain", "true", None),
        ("age", "007", 7),
        ("age", "65.0", 65.0),
        ("age", "130", 130),
        ("age", "130.1", None),
        ("trial-end", "2024-02-29", date(2024, 2, 29)),
        ("trial-end", "2025-02-29", None),
        ("nyha", "nyha class i", "i"),
        ("nyha", "i", None),
        ("areas", "", None),
    ],
)
def test_the_text_of_an_answer(fact: str, text: str, value: Value | None) -> None:
    assert read_value(SAMPLE.facts[fact], text) == value


def test_a_whole_number_stays_whole() -> None:
    assert isinstance(read_value(SAMPLE.facts["age"], "71"), int)


@pytest.mark.parametrize(
    ("sentence", "request_made"),
    [
        ("therapy is requested on 2025-06-01", ("initial", date(2025, 6, 1))),
        ("More  Therapy is requested on 2025-06-01.", ("further", date(2025, 6, 1))),
        ("therapy is requested", None),
        ("therapy is requested on 2025-06-31", None),
        ("therapy is requested on Monday", None),
        ("other therapy is requested on 2025-06-01", None),
    ],
)
def test_a_request_is_made_on_a_day(sentence: str, request_made: tuple[str, date] | None) -> None:
    assert VOCABULARY.request(sentence) == request_made


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("whether there is pain", "pain"),
        ("Whether  THERE is pain", "pain"),
        ("the veteran's age", "age"),
        ("there is pain", None),
        ("whether the Veteran's age", None),
    ],
)
def test_a_subject_names_its_fact(words: str, fact: str | None) -> None:
    assert VOCABULARY.subject_of(words) == fact


@pytest.mark.parametrize(
    ("sentence", "fact", "text"),
    [
        ("the Veteran is 200 years old", "age", "200"),
        ("the trial ended on yesterday", "trial-end", "yesterday"),
        ("the painful areas include neck and knee", "areas", "neck and knee"),
    ],
)
def test_an_impossible_answer_in_the_words_of_a_phrase_is_told_with_its_fact(
    sentence: str, fact: str, text: str
) -> None:
    found = VOCABULARY.misvalued(sentence)
    assert found is not None
    assert (found[0].id, found[1]) == (fact, text)


@pytest.mark.parametrize("sentence", ["the Veteran is 20 years old", "there is pain", "nothing is said"])
def test_other_sentences_have_no_impossible_answer(sentence: str) -> None:
    assert VOCABULARY.misvalued(sentence) is None


def test_a_sentence_that_two_phrases_fit_means_both() -> None:
    vocabulary = Vocabulary(
        policy_of(
            "knee: {kind: yes-no, question: q, phrase: the knee is stiff, negative: the knee is not stiff}\n"
            "joint: {kind: one of, question: q, name: the joint, phrase: 'the {value} is stiff', options: {k: knee}}\n"
        )
    )
    assert vocabulary.given("the knee is stiff") == [StatedAnswer("knee", True), StatedAnswer("joint", "k")]


def test_a_list_that_can_be_read_in_two_ways_means_nothing() -> None:
    names = {"a": "x", "b": "y and z", "c": "x and y", "d": "z"}
    options = tuple(Option(id, name, AREAS.place) for id, name in names.items())
    assert read_value(replace(AREAS, options=options), "x and y and z") is None
