"""What a background answers, and what a scenario answers in its place."""

from __future__ import annotations

import pytest

from cdispec.library import ScenarioReading
from cdispec.library.record import Record
from cdispec.model.facts import Including, Value
from cdispec.publish.pages.scenarios import shown_of
from cdispec.scenario.feature import read_feature
from cdispec.scenario.story import Story, read_story
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.source import Issue
from tests.scenario.sample import FOLDER, SAMPLE

REQUEST = "    When therapy is requested on 2025-06-01\n    Then it is not medically necessary under IV\n"


def stories(background: str, *scenarios: str, rule: str = "") -> tuple[list[Story], list[Issue]]:
    """Scenarios below a background, each by its Given sentences."""
    text = f"Feature: F\n  Background:\n    Given {background}\n"
    if rule:
        text += f"  Rule: R\n  Background:\n    Given {rule}\n"
    for number, given in enumerate(scenarios):
        text += f"  @s-{number}\n  Scenario: S {number}\n" + (f"    Given {given}\n" if given else "") + REQUEST
    feature, issues = read_feature(text, f"features/{FOLDER}/f.feature")
    vocabulary = Vocabulary(SAMPLE)
    read = [read_story(scenario, vocabulary) for scenario in feature.scenarios]
    return [story for story, _ in read], issues + [issue for _, found in read for issue in found]


@pytest.mark.parametrize(
    ("background", "given", "facts"),
    [
        ("there is pain", "", {"pain": True}),
        ("there is pain", "there is no pain", {"pain": False}),
        ("there is pain", "it is not known whether there is pain", {}),
        ("it is not known whether there is pain", "there is pain", {"pain": True}),
        ("there is pain", "the Veteran is 40 years old", {"pain": True, "age": 40}),
        ("the painful areas include neck", "no area is painful", {"areas": frozenset()}),
        ("no area is painful", "the painful areas include neck", {"areas": Including(frozenset(["neck"]))}),
        (
            "the painful areas include neck",
            "the painful areas include shoulder blade",
            {"areas": Including(frozenset(["neck", "shoulder-blade"]))},
        ),
    ],
)
def test_the_answer_of_the_scenario_stands_in_place_of_the_background(
    background: str, given: str, facts: dict[str, Value]
) -> None:
    [story], issues = stories(background, given)
    assert issues == []
    assert story.tellings[0].case.facts == facts


def test_the_next_scenario_has_the_background_again() -> None:
    found, issues = stories("there is pain", "there is no pain", "")
    assert issues == []
    assert [story.tellings[0].case.facts for story in found] == [{"pain": False}, {"pain": True}]


@pytest.mark.parametrize(
    "given", ["there is no pain\n    And there is pain", "there is pain\n    And it is not known whether there is pain"]
)
def test_two_answers_of_one_scenario_contradict_each_other(given: str) -> None:
    _, issues = stories("there is pain", given)
    assert [(issue.code, issue.place.line) for issue in issues] == [("contradicted-fact", 7)]


def test_two_answers_of_backgrounds_contradict_each_other() -> None:
    _, issues = stories("there is pain", "", rule="there is no pain")
    assert [(issue.code, issue.place.line) for issue in issues] == [("contradicted-fact", 6)]


def test_a_date_that_is_replaced_is_not_held_against_the_request() -> None:
    _, issues = stories("the trial ended on 2034-05-31", "the trial ended on 2025-05-31")
    assert issues == []


def test_a_row_of_cases_answers_in_place_of_the_background() -> None:
    table = """Feature: F
  Background:
    Given there is pain
    And the Veteran is 40 years old
  @s
  Scenario: S
    When therapy is requested on 2025-06-01
    Then each of these cases is determined as stated
      | age | outcome                 | clause |
      |     | not medically necessary | IV     |
      | 50  | not medically necessary | IV     |
"""
    feature, _ = read_feature(table, f"features/{FOLDER}/f.feature")
    story, issues = read_story(feature.scenarios[0], Vocabulary(SAMPLE))
    assert issues == []
    assert [telling.case.facts["age"] for telling in story.tellings] == [40, 50]


def test_the_author_reads_which_sentence_is_given_in_place_of_which() -> None:
    found, _ = stories("there is pain", "there is no pain", "the Veteran is 40 years old")
    shown = shown_of([ScenarioReading(SAMPLE, story, ()) for story in found], Record())
    replaces = [[sentence.replaces for sentence in one.sentences if sentence.replaces] for one in shown]
    assert replaces == [["there is pain"], []]
