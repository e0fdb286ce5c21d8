"""Nothing in a feature passes without testing: what Gherkin and pytest-bdd take in silence is an issue here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issues.examples import FEATURE, POLICY
from tests.reading.libraries import changed, checked, of_feature, text_of, told

GIVEN = """\
    Given the established diagnoses are COPD
    And the oxygen saturation at rest is 85 percent
    And the oxygen saturation was measured on 2025-06-20
    And a pulmonologist has prescribed home oxygen
"""
WHEN = "    When home oxygen therapy is requested on 2025-07-01\n"
THEN = "    Then it is medically necessary under I\n"
SLUG = "00042-home-oxygen-therapy"
TABLE = "    Then each of these cases is determined as stated\n"


def scenario(*sentences: str, name: str = "A", id: str = "a") -> str:
    """A feature of one scenario."""
    return f"Feature: Home oxygen therapy\n\n  @{id}\n  Scenario: {name}\n" + "".join(sentences)


def found_in(root: Path, *sentences: str) -> list[str]:
    """The codes found in a scenario of these sentences."""
    return [issue.code for issue in of_feature(root, scenario(*sentences))]


def test_a_scenario_that_says_it_all_has_no_issues(tmp_path: Path) -> None:
    assert found_in(tmp_path, GIVEN, WHEN, THEN) == []


def test_an_unknown_sentence_names_the_nearest_phrases(tmp_path: Path) -> None:
    (issue,) = of_feature(tmp_path, scenario(GIVEN.replace("has prescribed", "prescribes"), WHEN, THEN))
    assert issue.code == "unknown-sentence"
    assert issue.message == "no fact or rule says `a pulmonologist prescribes home oxygen`"
    assert issue.hint.startswith("did you mean `a pulmonologist has prescribed home oxygen`")


def test_a_sentence_unlike_any_other_is_referred_to_the_list_of_sentences(tmp_path: Path) -> None:
    (issue,) = of_feature(tmp_path, scenario(GIVEN, "    And 🫁\n", WHEN, THEN))
    assert (issue.code, issue.hint) == ("unknown-sentence", "see `cdispec steps` for the sentences of this policy")


@pytest.mark.parametrize("sentence", ["Then it is medically necessary under I, II", "Then it is approved under I"])
def test_an_outcome_in_other_words_is_an_unknown_sentence(sentence: str, tmp_path: Path) -> None:
    assert set(found_in(tmp_path, GIVEN, WHEN, f"    {sentence}\n")) <= {"unknown-sentence", "unknown-clause"}
    assert found_in(tmp_path, GIVEN, WHEN, f"    {sentence}\n")


@pytest.mark.parametrize(
    ("sentences", "code"),
    [
        ((GIVEN, WHEN), "scenario-without-outcome"),
        (
            (GIVEN, WHEN, "    Then it does not depend on whether a pulmonologist has prescribed home oxygen\n"),
            "scenario-without-outcome",
        ),
        ((GIVEN, THEN), "scenario-without-request"),
        ((), "empty-scenario"),
        ((WHEN, GIVEN, THEN), "misplaced-sentence"),
        ((GIVEN, THEN, WHEN), "misplaced-sentence"),
        ((GIVEN, WHEN, THEN, WHEN.replace("When", "And")), "unknown-sentence"),
        ((GIVEN, WHEN, WHEN, THEN), "second-request"),
        ((GIVEN, GIVEN.splitlines()[1].replace("85", "91") + "\n", WHEN, THEN), "contradicted-fact"),
        ((GIVEN, "    And no listed lung disease is established\n", WHEN, THEN), "contradicted-fact"),
        ((GIVEN, "    And the established diagnoses include COPD\n", WHEN, THEN), "contradicted-fact"),
        ((GIVEN, "    And it is not known the oxygen saturation at rest\n", WHEN, THEN), "contradicted-fact"),
        (
            ("    Given it is not known the oxygen saturation at rest\n", GIVEN.replace("Given", "And"), WHEN, THEN),
            "contradicted-fact",
        ),
        (
            (GIVEN.replace("2025-06-20", "2025-04-20"), WHEN.replace("2025-07-01", "2025-05-01"), THEN),
            "before-first-revision",
        ),
        ((GIVEN, WHEN.replace("2025-07-01", "2025-06-31"), THEN), "unknown-sentence"),
        ((GIVEN, WHEN, TABLE), "missing-table-of-cases"),
        ((GIVEN, WHEN, TABLE, "      | outcome | clause |\n"), "missing-table-of-cases"),
        ((GIVEN, WHEN, TABLE, "      | record |\n      | open |\n"), "scenario-without-outcome"),
        ((GIVEN, WHEN, TABLE, "      | outcome |\n      | medically necessary |\n"), "outcome-without-clause"),
        ((GIVEN, WHEN, TABLE, "      | outcome |\n      | covered |\n"), "unknown-outcome"),
        (
            (GIVEN, WHEN, TABLE, "      | outcome | needed |\n      | more information needed | |\n"),
            "outcome-without-needed",
        ),
        (
            (GIVEN, WHEN, TABLE, "      | outcome | clause | clause |\n      | not addressed | | |\n"),
            "contradicted-fact",
        ),
        (
            (GIVEN, WHEN, TABLE, "      | saturation | outcome | clause |\n      | 90 | medically necessary | I |\n"),
            "contradicted-fact",
        ),
        ((GIVEN, TABLE, "      | outcome | clause |\n      | medically necessary | I |\n"), "scenario-without-request"),
        ((GIVEN, WHEN, THEN, "      | I |\n"), "missing-table-of-cases"),
        ((GIVEN, WHEN, THEN, '      """\n      It is necessary\n      """\n'), "missing-table-of-cases"),
        ((GIVEN, WHEN, "    Then more information is needed on\n"), "missing-table-of-cases"),
        ((GIVEN, WHEN, "    Then more information is needed on\n      | the pulse |\n"), "unknown-sentence"),
        ((GIVEN, WHEN, "    Then it is medically necessary\n"), "outcome-without-clause"),
        ((GIVEN, WHEN, "    Then it is medically necessary under I and IX\n"), "unknown-clause"),
    ],
)
def test_a_scenario_that_could_pass_without_testing_is_told_of(
    sentences: tuple[str, ...], code: str, tmp_path: Path
) -> None:
    assert set(found_in(tmp_path, *sentences)) == {code}


def outline(rows: str) -> str:
    """A feature of one outline with these lines of examples."""
    given = GIVEN.replace("85", "<saturation>")
    then = "    Then it is <outcome>\n"
    return scenario(given, WHEN, then).replace("Scenario:", "Scenario Outline:") + rows


ROWS = """
    Examples:
      | saturation | outcome                     |
      | 85         | medically necessary under I |
"""


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (ROWS, []),
        ("", [("outline-without-rows", 4, 3)]),
        ("\n".join(ROWS.split("\n")[:3]), [("outline-without-rows", 4, 3)]),
        ("\n    Examples:\n", [("missing-column", 12, 5), ("missing-column", 12, 5), ("outline-without-rows", 4, 3)]),
        (ROWS.replace("| saturation |", "| saturaton  |"), [("missing-column", 13, 7), ("unused-column", 13, 9)]),
        (ROWS.replace("| 85  ", "| 850 "), [("impossible-value", 6, 5)]),
        (ROWS + ROWS.split("\n")[3] + "\n", [("repeated-row", 15, 7)]),
        (ROWS + ROWS, [("repeated-row", 18, 7)]),
    ],
)
def test_an_outline_is_held_to_its_examples(rows: str, found: list[tuple[str, int, int]], tmp_path: Path) -> None:
    assert sorted(told(of_feature(tmp_path, outline(rows)))) == sorted(found)


def test_a_scenario_with_examples_is_an_outline_whatever_its_keyword(tmp_path: Path) -> None:
    assert not of_feature(tmp_path, outline(ROWS).replace("Scenario Outline:", "Scenario:"))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("  Scenario: A\n", "  Scenaro: A\n", (4, 3)),
        ("    Given the", "    Gven the", (5, 5)),
        ("    When home", "    Wen home", (9, 5)),
        ("    Then it", "    Than it", (10, 5)),
        ("Feature: Home", "Feture: Home", (1, 1)),
        ("therapy\n\n  @a\n  Scenario: A\n", "therapy\n  A text\n  Scenaro: A\n", (3, 3)),
        ("therapy\n\n  @a\n  Scenario: A\n", "therapy\n  Rul: Adults\n  @a\n  Scenario: A\n", (2, 3)),
    ],
)
def test_a_misspelt_keyword_is_told_of_at_its_line(old: str, new: str, place: tuple[int, int], tmp_path: Path) -> None:
    text = scenario(GIVEN, WHEN, THEN)
    assert text.count(old) == 1
    found = of_feature(tmp_path, text.replace(old, new))
    assert ("misspelt-keyword", *place) in told(found)


def test_sentences_without_a_scenario_are_told_of(tmp_path: Path) -> None:
    found = of_feature(tmp_path, f"Feature: Home oxygen therapy\n{GIVEN}{WHEN}{THEN}")
    assert {issue.code for issue in found} == {"misspelt-keyword"}
    assert found[0].hint == "put a line `Scenario:` above it"


def test_a_name_is_told_of_when_another_scenario_of_the_feature_has_it_even_in_another_rule(tmp_path: Path) -> None:
    one, other = (scenario(GIVEN, WHEN, THEN, id=id).split("\n", 2)[2] for id in ("a", "b"))
    text = f"Feature: Home oxygen therapy\n\n  Rule: Adults\n\n{one}\n  Rule: Children\n\n{other}"
    assert [issue.code for issue in of_feature(tmp_path, text)] == ["repeated-name"]


def test_the_sentences_of_a_background_count_and_are_told_of_once(tmp_path: Path) -> None:
    scenarios = "".join(f"\n  @{n}\n  Scenario: {n}\n{WHEN}{THEN}" for n in range(5))
    text = f"Feature: Home oxygen therapy\n\n  Background:\n{GIVEN}{scenarios}"
    assert not of_feature(tmp_path / "right", text)
    assert told(of_feature(tmp_path / "wrong", text.replace("85 percent", "850 percent"))) == [
        ("impossible-value", 5, 5)
    ]


@pytest.mark.parametrize("path", ["features/home-oxygen.feature", "features/00042/home-oxygen.feature"])
def test_a_feature_that_no_policy_owns_is_told_of(path: str, tmp_path: Path) -> None:
    text = text_of(FEATURE).replace("@low-saturation", "@other")
    assert [issue.code for issue in checked(tmp_path, {path: text})] == ["feature-without-policy"]


def test_a_feature_in_a_folder_below_the_policy_s_belongs_to_it(tmp_path: Path) -> None:
    text = text_of(FEATURE).replace("@low-saturation", "@other").replace("85 percent", "850 percent")
    found = checked(tmp_path, {FEATURE.replace("home-oxygen.feature", "adults/a.feature"): text})
    assert [issue.code for issue in found] == ["impossible-value"]


def test_the_scenarios_of_a_policy_with_errors_are_read_for_what_they_are_without_it(tmp_path: Path) -> None:
    broken = changed(POLICY, "status: draft", "status: daft")
    feature = changed(FEATURE, "  @low-saturation\n", "")
    found = checked(tmp_path, {POLICY: broken, FEATURE: feature})
    assert [issue.code for issue in found] == ["scenario-without-id", "unknown-status"]


def test_a_star_in_place_of_a_keyword_is_read_as_gherkin_reads_it(tmp_path: Path) -> None:
    assert found_in(tmp_path, GIVEN.replace("    And ", "    * "), WHEN, THEN) == []


@pytest.mark.parametrize("folder", ["Features", "feature", "scenarios", "policy/00042-home-oxygen-therapy", "docs"])
def test_a_feature_in_another_folder_is_reported(folder: str, tmp_path: Path) -> None:
    found = checked(tmp_path, {f"{folder}/a.feature": scenario(GIVEN, WHEN, THEN)})
    assert ("unread-feature", f"{folder}/a.feature") in [(issue.code, issue.place.path) for issue in found]


def test_a_feature_with_a_hidden_name_is_part_of_nothing(tmp_path: Path) -> None:
    hidden = {
        f"features/{folder}/{name}": "no feature" for folder, name in [(SLUG, ".a.feature"), (".old", "a.feature")]
    }
    assert checked(tmp_path, {**hidden}) == []


def test_folders_of_policies_that_differ_in_capitals_alone_are_reported(tmp_path: Path) -> None:
    other = POLICY.replace(SLUG, SLUG.upper())
    found = checked(tmp_path, {other: text_of(POLICY).replace('"00042"', '"00043"')})
    assert ("unfit-folder", f"policy/{SLUG}") in [(issue.code, issue.place.path) for issue in found]
