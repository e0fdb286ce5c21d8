"""Stories: the case that the Given sentences of a scenario add up to, and what makes no story."""

from __future__ import annotations

from datetime import date

import pytest

from cdispec.model.case import Case
from cdispec.model.facts import Including
from tests.scenario.sample import REQUEST, case_of, codes_of, told

OUTCOME = "  Then it is not medically necessary under IV\n"


def test_given_sentences_make_the_facts_of_the_case() -> None:
    found = case_of("  Given there is pain\n  And the Veteran is 40 years old\n  And the trial ended on 2025-05-31")
    assert found.facts == {"pain": True, "age": 40, "trial-end": date(2025, 5, 31)}


def test_the_when_sentence_makes_the_request() -> None:
    assert case_of("") == Case("00050", "initial", date(2025, 6, 1), {})


def test_including_sentences_add_up() -> None:
    found = case_of("  Given the painful areas include neck\n  And the painful areas include shoulder blade and neck")
    assert found.facts == {"areas": Including(frozenset(["neck", "shoulder-blade"]))}


def test_what_is_not_known_is_left_out() -> None:
    assert case_of("  Given it is not known whether there is pain").facts == {}


def test_a_complete_record_is_said() -> None:
    assert case_of("  Given the record is complete").complete


def test_codes_are_named_one_a_sentence() -> None:
    found = case_of("  Given the request names code 97124\n  And the request names code g0151")
    assert found.codes == ("97124", "G0151")


def test_a_story_keeps_the_line_of_what_it_expects() -> None:
    story, _ = told(f"  Given there is pain\n{REQUEST}{OUTCOME}")
    assert [line for line, _ in story.tellings[0].expected] == [6]


@pytest.mark.parametrize(
    ("sentences", "code", "line"),
    [
        (f"  Given there is a pain\n{REQUEST}{OUTCOME}", "unknown-sentence", 4),
        (f"  Given the Veteran is 200 years old\n{REQUEST}{OUTCOME}", "impossible-value", 4),
        (f"  Given there is pain\n  And there is no pain\n{REQUEST}{OUTCOME}", "contradicted-fact", 5),
        (f"  Given there is pain\n  And there is pain\n{REQUEST}{OUTCOME}", "contradicted-fact", 5),
        (
            f"  Given there is pain\n  And it is not known whether there is pain\n{REQUEST}{OUTCOME}",
            "contradicted-fact",
            5,
        ),
        (
            f"  Given the painful areas include neck\n  And the painful areas are neck\n{REQUEST}{OUTCOME}",
            "contradicted-fact",
            5,
        ),
        (f"  Given there is pain\n    | a |\n{REQUEST}{OUTCOME}", "missing-table-of-cases", 4),
        (f"{REQUEST}  Given there is pain\n{OUTCOME}", "misplaced-sentence", 5),
        (f"{OUTCOME}{REQUEST}", "misplaced-sentence", 5),
        (f"  When therapy is wanted on 2025-06-01\n{OUTCOME}", "unknown-sentence", 4),
        (f"  When therapy is requested on 2024-12-31\n{OUTCOME}", "before-first-revision", 4),
        (f"{REQUEST}{REQUEST}{OUTCOME}", "second-request", 5),
        (f"  Given there is pain\n{OUTCOME}", "scenario-without-request", 3),
        (REQUEST, "scenario-without-outcome", 3),
        (f"{REQUEST}  Then it depends on whether there is pain\n", "scenario-without-outcome", 3),
        (f"{REQUEST}  Then it is settled by knowing whether there is pain\n", "scenario-without-outcome", 3),
        (f"{REQUEST}  Then it is medically necessary\n", "outcome-without-clause", 5),
        (f"{REQUEST}  Then it is medically necessary under I.z\n", "unknown-clause", 5),
        (f"{REQUEST}  Then it is necessary under I.a\n", "unknown-sentence", 5),
        (f"{REQUEST}  Then it depends on the weather\n", "unknown-sentence", 5),
        (f"{REQUEST}  Then it is classified as simple\n", "unknown-sentence", 5),
        (f"{REQUEST}  Then more information is needed on\n", "missing-table-of-cases", 5),
        (f"{REQUEST}  Then more information is needed on\n    | the weather |\n", "unknown-sentence", 6),
        (f"{REQUEST}{OUTCOME}    | a |\n", "missing-table-of-cases", 5),
        (f"{REQUEST}{OUTCOME}  And code 97124 is listed in I.z\n", "unknown-clause", 6),
    ],
)
def test_what_makes_no_story_is_told_at_its_line(sentences: str, code: str, line: int) -> None:
    assert (code, line) in codes_of(sentences)


def test_every_unknown_sentence_is_told_at_once() -> None:
    found = codes_of(f"  Given there is a pain\n  And it is late\n{REQUEST}  Then it is well\n")
    assert found == [("unknown-sentence", 4), ("unknown-sentence", 5), ("unknown-sentence", 7)]


def test_the_nearest_sentence_is_named() -> None:
    _, issues = told(f"  Given there is a pain\n{REQUEST}{OUTCOME}")
    assert "did you mean `there is pain`" in issues[0].hint


def test_a_story_with_issues_has_no_case() -> None:
    story, _ = told(f"  Given there is a pain\n{REQUEST}{OUTCOME}")
    assert story.tellings == ()
