"""Phrases that could be the same sentence are found, and no others."""

from __future__ import annotations

import pytest

from cdispec.check.structure import second_classifications
from cdispec.scenario.vocabulary import collisions
from tests.scenario.sample import FACTS, POLICY, SAMPLE, policy_of


def _yes_no(id: str, phrase: str, negative: str) -> str:
    return f"{id}: {{kind: yes-no, question: q, phrase: {phrase!r}, negative: {negative!r}}}\n"


def _number(id: str, phrase: str, bounds: str = "") -> str:
    return f"{id}: {{kind: number, unit: years, question: q, name: the {id}, phrase: {phrase!r}{bounds}}}\n"


def _day(id: str, phrase: str) -> str:
    return f"{id}: {{kind: date, question: q, name: the {id}, phrase: {phrase!r}}}\n"


def _one_of(id: str, phrase: str, *options: str) -> str:
    named = ", ".join(f"o{n}: {name!r}" for n, name in enumerate(options))
    return f"{id}: {{kind: one of, question: q, name: the {id}, phrase: {phrase!r}, options: {{{named}}}}}\n"


def _set_of(id: str, phrase: str, including: str, none: str, *options: str) -> str:
    named = ", ".join(f"o{n}: {name!r}" for n, name in enumerate(options))
    phrases = f"phrase: {phrase!r}, including: {including!r}, none: {none!r}"
    return f"{id}: {{kind: set of, question: q, name: the {id}, {phrases}, options: {{{named}}}}}\n"


def _said(facts: str, document: str = POLICY) -> list[str]:
    return [f"{issue.place.line}: {issue.message}" for issue in collisions(policy_of(facts, document))]


A = _yes_no("a", "it hurts", "it does not hurt")
STIFF = _yes_no("a", "the knee is stiff", "the knee is not stiff")
AREAS = _set_of("a", "the areas are {value}", "the areas include {value}", "there are no areas", "neck", "hip")

COLLIDING = {
    "two phrases": (
        A + _yes_no("b", "It  hurts.", "it is well"),
        "2: `It hurts.` can be the same",
        "`it hurts` on line 1",
    ),
    "a phrase and a negative": (A + _yes_no("b", "it is well", "it hurts"), "2: `it hurts`", "`it hurts` on line 1"),
    "a phrase and its own negative": (_yes_no("a", "it hurts", "It hurts"), "1: `it hurts`", "`It hurts` on line 1"),
    "a phrase and a list of none": (
        A + _set_of("b", "areas are {value}", "areas include {value}", "it hurts", "neck"),
        "2: `it hurts`",
        "`it hurts` on line 1",
    ),
    "a whole phrase and one with an option": (
        STIFF + _one_of("b", "the {value} is stiff", "hip", "knee"),
        "2: `the {value} is stiff`",
        "`the knee is stiff` on line 1",
    ),
    "a whole phrase and one with a number": (
        _yes_no("a", "the Veteran is 1 year old", "n") + _number("b", "the Veteran is {value} year old"),
        "2: `the Veteran is {value} year old`",
        "`the Veteran is 1 year old` on line 1",
    ),
    "a whole phrase and one with a date": (
        _yes_no("a", "it ended on 2020-02-02", "n") + _day("b", "it ended on {value}"),
        "2: `it ended on {value}`",
        "`it ended on 2020-02-02` on line 1",
    ),
    "a whole phrase and one with a list": (
        _yes_no("b", "the areas are hip and neck", "n") + AREAS,
        "2: `the areas are {value}`",
        "`the areas are hip and neck` on line 1",
    ),
    "two phrases with a number": (
        _number("a", "the score is {value}") + _number("b", "the Score is {value}."),
        "2: `the Score is {value}.`",
        "`the score is {value}` on line 1",
    ),
    "two numbers whose bounds meet": (
        _number("a", "the score is {value}", ", maximum: 5") + _number("b", "the score is {value}", ", minimum: 5"),
        "2: `the score is {value}`",
        "on line 1",
    ),
    "two phrases with a date": (
        _day("a", "it ended on {value}") + _day("b", "it ended on {value}"),
        "2: `it ended on {value}`",
        "on line 1",
    ),
    "two phrases with an option of the same name": (
        _one_of("a", "it is {value}", "red", "green") + _one_of("b", "it is {value}", "blue", "Green"),
        "2: `it is {value}`",
        "on line 1",
    ),
    "two phrases whose values stand in different places": (
        _one_of("a", "the {value} is stiff", "knee") + _one_of("b", "the knee is {value}", "stiff"),
        "2: `the knee is {value}`",
        "`the {value} is stiff` on line 1",
    ),
    "a number and an option that is a number": (
        _number("a", "the grade is {value}") + _one_of("b", "the grade is {value}", "3"),
        "2: `the grade is {value}`",
        "on line 1",
    ),
    "two lists of one option": (
        AREAS + _set_of("b", "the areas are {value}", "b include {value}", "no b", "hip", "knee"),
        "2: `the areas are {value}`",
        "on line 1",
    ),
    "a whole list and its own incomplete one": (
        _set_of("a", "areas: {value}", "areas: {value}", "no areas", "neck"),
        "1: `areas: {value}`",
        "`areas: {value}` on line 1",
    ),
    "a phrase and the complete record": (
        _yes_no("a", "the record is complete", "the record is not complete"),
        "1: `the record is complete`",
        "of every policy",
    ),
    "a phrase and the code of a request": (
        _yes_no("a", "the request names code X", "the request names no code"),
        "1: `the request names code X`",
        "of every policy",
    ),
    "a phrase and what is not known": (
        A + _yes_no("b", "it is not known whether it hurts", "n"),
        "2: `it is not known whether it hurts`",
        "of every policy",
    ),
    "two names of options": (_one_of("a", "it is {value}", "red", "Red"), "1: `Red`", "`red` on line 1"),
    "a name and a list of others": (
        _set_of("a", "areas: {value}", "some areas: {value}", "no areas", "neck", "hip", "neck and hip"),
        "1: `neck and hip`",
        "as a list of other options",
    ),
    "two subjects": (
        _number("a", "a is {value}") + _number("b", "b is {value}").replace("the b", "The  a"),
        "2: `The a`",
        "`the a` on line 1",
    ),
}


@pytest.mark.parametrize(("facts", "place", "rival"), COLLIDING.values(), ids=COLLIDING)
def test_phrases_that_can_be_one_sentence_are_found_once_at_the_later_place(facts: str, place: str, rival: str) -> None:
    [said] = _said(facts)
    assert said.startswith(place)
    assert said.endswith(rival)


def test_two_yes_no_facts_of_the_same_words_collide_in_both_sentences() -> None:
    assert len(_said(A + _yes_no("b", "it hurts", "it does not hurt"))) == 2


def test_two_requests_of_one_sentence_are_found() -> None:
    document = POLICY.replace("more therapy is requested", "Therapy is  requested")
    assert len(_said(FACTS, document)) == 1


@pytest.mark.parametrize(
    "facts",
    [
        _number("a", "the score is {value}", ", maximum: 4") + _number("b", "the score is {value}", ", minimum: 5"),
        _one_of("a", "it is {value}", "red") + _one_of("b", "it is {value}", "green"),
        _number("a", "it is {value}") + _day("b", "it is {value}"),
        STIFF + _one_of("b", "the {value} is stiff", "hip"),
        _yes_no("a", "the Veteran is old", "n") + _number("b", "the Veteran is {value} years old"),
        _number("a", "the score is {value}") + _number("b", "the score is {value} points"),
        _set_of("a", "a: {value}", "some a: {value}", "no a", "neck", "neck and hip", "hip bone"),
        _yes_no("a", "the record is completed", "the record names code 5"),
        A + _yes_no("b", "it is not known that it hurts", "n"),
    ],
    ids=[
        "numbers whose bounds do not meet",
        "options of other names",
        "a number and a date",
        "a name that is no option",
        "other words before",
        "other words after",
        "a name that holds and but is no list of others",
        "words like those of every policy",
        "not known what is no subject",
    ],
)
def test_phrases_that_cannot_be_one_sentence_are_not_reported(facts: str) -> None:
    assert _said(facts) == []


def test_the_sample_has_no_collisions() -> None:
    assert collisions(SAMPLE) == []


def test_forms_of_two_clauses_in_the_same_words_are_written_alike() -> None:
    block = "~~~criteria\nrequest: initial\noutcome: medically necessary\ngranted: {limited to: {words: WORDS}}\n"
    block += "fact: FACT\n~~~\n"
    forms = [("at home", "pain"), ("at  Home", "lasting")]
    clauses = [
        f"\n## Clause {n} {{#clause-{n}}}\n\n" + block.replace("WORDS", f'"{words}"').replace("FACT", fact)
        for n, (words, fact) in enumerate(forms)
    ]
    policy = policy_of(FACTS, POLICY + "".join(clauses))
    first, second = [rule.criterion.place.line for rule in policy.rules if rule.grant is not None]
    assert [(issue.code, issue.place.line) for issue in collisions(policy)] == [("colliding-phrases", second)]
    assert f"`at home` on line {first}" in collisions(policy)[0].message


def test_two_classifications_are_not_of_the_same_words() -> None:
    blocks = [
        f"\n## Clause {n} {{#clause-{n}}}\n\n~~~criteria\nclassifies: {name}\nfact: {fact}\n~~~\n"
        for n, (name, fact) in enumerate([("long care", "pain"), ("Long  care", "lasting")])
    ]
    policy = policy_of(FACTS, POLICY + "".join(blocks))
    places = [named.criterion.place.line for named in policy.classifications]
    assert [issue.place.line for issue in second_classifications(policy)] == places[-1:]
