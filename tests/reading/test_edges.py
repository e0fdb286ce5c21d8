"""Formulas at edges: what is wrong with one is reported where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issues.examples import POLICY
from tests.reading.libraries import FACTS, changed, checked, text_of

EDGE = "at most: 88"
LIMIT = """
limit:
  kind: number
  unit: percent
  name: the limit
  question: What is the limit?
  phrase: the limit is {value} percent
"""
WRONG = [
    ("at most: 2limit", "malformed-formula", "the formula `2limit` has no sign between its parts: write `2 * limit`"),
    ("is: 2 * limit", "malformed-formula", "the formula `2 * limit` cannot stand at `is:`"),
    ("is: 2 * nothing", "malformed-formula", "the formula `2 * nothing` cannot stand at `is:`"),
    ("is: limit", "malformed-formula", "the formula `limit` cannot stand at `is:`"),
    ("is one of: [88, limit]", "malformed-formula", "the formula `limit` cannot stand at `is one of:`"),
    (
        "between: {at least: 1, at most: 1.1 * limit}",
        "malformed-formula",
        "the formula `1.1 * limit` cannot stand at `between:`",
    ),
    ("at most: 2 * nothing", "unknown-operand", "the formula names `nothing`, which is no number fact"),
    ("at most: prescribed", "unknown-operand", "the formula names `prescribed`, which is no number fact"),
    ("at most: 2 * prescribed", "unknown-operand", "the formula names `prescribed`, which is no number fact"),
]


def issues_with(edge: str, root: Path) -> list[tuple[str, str]]:
    """What is reported where an edge is stated so."""
    files: dict[str, str | bytes] = {FACTS: text_of(FACTS) + LIMIT, POLICY: changed(POLICY, EDGE, edge)}
    return [(issue.code, issue.message) for issue in checked(root, files)]


@pytest.mark.parametrize(("edge", "code", "message"), WRONG)
def test_what_is_wrong_with_a_formula_at_an_edge_is_reported(
    edge: str, code: str, message: str, tmp_path: Path
) -> None:
    [reported] = [words for found, words in issues_with(edge, tmp_path) if found == code]
    assert reported.startswith(message)


@pytest.mark.parametrize(
    ("edge", "always"),
    [
        ("at least: saturation", "every answer passes this comparison of `saturation`"),
        ("less than: saturation", "no answer passes this comparison of `saturation`"),
    ],
)
def test_a_number_that_is_compared_with_itself_is_reported(edge: str, always: str, tmp_path: Path) -> None:
    assert ("constant-comparison", always) in issues_with(edge, tmp_path)


def test_a_number_with_its_unit_is_no_formula_though_the_unit_has_a_sign(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        FACTS: text_of(FACTS).replace("unit: percent", "unit: L/min"),
        POLICY: changed(POLICY, EDGE, "at most: 88 L/min"),
    }
    [found] = [issue for issue in checked(tmp_path, files) if issue.code == "wrong-kind"]
    assert (found.message, found.hint) == ("expected a number, found `88 L/min`", "write `88`")
