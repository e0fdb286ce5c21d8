"""A warning that is true of a policy and right is answered by an interpretation, and reported again when it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.check import every_issue
from cdispec.library import read_library
from tests.issues.examples import POLICY
from tests.reading.libraries import changed, library

IMPLIED = changed(
    POLICY,
    "  - fact: measured-on\n",
    "  - id: below-normal\n    fact: saturation\n    at most: 90\n    text: Oxygen saturation of 90% or less\n"
    "  - fact: measured-on\n",
)
MESSAGE = "`below-normal` (I.3) adds nothing to its list: it is met wherever `saturation` (I.2, line 26) is"
LIMIT = 60.0


def answered(*answers: str, before: str = "") -> str:
    """The policy with an interpretation that answers; `before` is prose that moves what follows down."""
    entry = (
        "id: below-normal-too\nclause: below-normal\nquestion: Why both?\ndecision: Both.\nreason: So it is printed."
    )
    block = (
        f"~~~interpretation\n{entry}\nconcerns: words\nanswers:\n" + "".join(f"  {one}\n" for one in answers) + "~~~\n"
    )
    return IMPLIED.replace("Home oxygen therapy is **med", f"{before}{block}\nHome oxygen therapy is **med", 1)


def found(root: Path, policy: str, limit: float | None = LIMIT) -> list[tuple[str, str]]:
    """What is found in a library with this policy."""
    issues = every_issue(read_library(library(root, {POLICY: policy})), limit)
    return [(issue.code, issue.message) for issue in issues if issue.code != "untested-clause"]


def test_without_an_answer_it_is_reported(tmp_path: Path) -> None:
    assert found(tmp_path, IMPLIED) == [("implied-clause", MESSAGE)]


@pytest.mark.parametrize("before", ["", "Another paragraph.\n\n"])
def test_an_answer_that_quotes_it_is_enough_wherever_it_stands(before: str, tmp_path: Path) -> None:
    assert found(tmp_path, answered(f"implied-clause: '{MESSAGE}'", before=before)) == []


def test_an_answer_for_another_message_leaves_it_and_is_told(tmp_path: Path) -> None:
    told = dict(found(tmp_path, answered(f"implied-clause: '{MESSAGE.replace('saturation', 'prescribed')}'")))
    assert [*told] == ["needless-answer", "implied-clause"]
    assert told["needless-answer"].startswith("`below-normal-too` answers for a `implied-clause` that is not reported")


def test_an_answer_is_told_when_the_warning_is_gone(tmp_path: Path) -> None:
    policy = answered(f"implied-clause: '{MESSAGE}'").replace("    at most: 90\n", "    at least: 50\n")
    assert [code for code, _ in found(tmp_path, policy) if code != "words-number"] == ["needless-answer"]


def test_one_interpretation_answers_several_of_a_kind(tmp_path: Path) -> None:
    other = MESSAGE.replace("below-normal", "prescribed")
    codes = [code for code, _ in found(tmp_path, answered(f"implied-clause: ['{MESSAGE}', '{other}']"))]
    assert codes == ["needless-answer"]


def test_without_a_proof_nothing_is_said_of_what_it_may_find(tmp_path: Path) -> None:
    assert found(tmp_path, answered(f"implied-clause: '{MESSAGE}'"), None) == []


def test_an_error_cannot_be_answered(tmp_path: Path) -> None:
    codes = [code for code, _ in found(tmp_path, answered("unknown-fact: 'no fact has the id'"))]
    assert sorted(codes) == ["implied-clause", "needless-answer"]
