"""`cdispec explain`: the pages of issues in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.cli import main
from tests.issues.examples import every_code
from tests.issues.pages import page
from tests.reading.libraries import FACTS, library

Captured = pytest.CaptureFixture[str]


def test_every_code_is_explained_in_the_words_of_its_page(capsys: Captured) -> None:
    for code in every_code():
        assert main(["explain", code]) == 0
        printed = capsys.readouterr().out
        assert printed.startswith(f"{code}\n\n")
        assert "```" not in printed
        shown = page(code).replace(f"# {code}\n", f"{code}\n").replace("## Example", "Example").replace("*", "")
        said = [line.strip() for line in shown.splitlines() if not line.startswith("```")]
        assert [line.strip() for line in printed.replace("*", "").splitlines()] == said


def test_without_a_code_all_are_listed(capsys: Captured) -> None:
    assert main(["explain"]) == 0
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines() if line.endswith(("(error)", "(warning)"))] == every_code()


def test_a_code_that_is_none_is_answered_with_what_is_like_it(capsys: Captured) -> None:
    assert main(["explain", "unknown-fct"]) == 1
    printed = capsys.readouterr()
    assert not printed.out
    assert "there is no issue `unknown-fct`" in printed.err
    assert "did you mean `unknown-fact`" in printed.err


@pytest.mark.parametrize("damaged", [False, True])
def test_a_check_with_issues_says_where_more_is_said(damaged: bool, tmp_path: Path, capsys: Captured) -> None:
    root = library(tmp_path, {FACTS: "gone"} if damaged else {})
    assert main(["check", "--library", str(root)]) == damaged
    assert ("cdispec explain CODE" in capsys.readouterr().err) == damaged


def test_the_reference_of_the_language_is_printed_where_only_the_tool_is_installed(capsys: Captured) -> None:
    assert main(["explain", "language"]) == 0
    assert capsys.readouterr().out.startswith("The policy language\n\nA policy is a folder")
