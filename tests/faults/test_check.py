"""`cdispec check` analyses the logic of every policy that is free of errors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from cdispec.cli import main
from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.outcomes import Outcome
from tests.issues.examples import POLICY
from tests.reading.libraries import changed, library, text_of

REST = "otherwise: not medically necessary"
OPEN: dict[str, str | bytes] = {POLICY: changed(POLICY, REST, "otherwise: not addressed")}
WITHOUT_THE_REST = text_of(POLICY).partition("## Limitations")[0]
ROOT = Path(__file__).parents[2]


def _codes(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    assert main(["check", "--format", "json", "--library", str(root), *options]) in (0, 1)
    return [issue["code"] for issue in json.loads(capsys.readouterr().out)]


def test_a_policy_that_says_nothing_of_the_rest_is_told_where_a_request_comes_to_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _codes(library(tmp_path, {POLICY: WITHOUT_THE_REST}), capsys) == ["unaddressed-case"]


def test_a_policy_that_leaves_the_rest_open_on_purpose_is_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _codes(library(tmp_path, OPEN), capsys) == []


def test_what_is_left_open_on_purpose_is_not_addressed_and_rests_on_the_clause_that_says_so(tmp_path: Path) -> None:
    policy = read_library(library(tmp_path, OPEN)).policies["00042"]
    found = determine(policy, Case("00042", "initial", policy.effective, {"prescribed": False}))
    assert (found.outcome, found.clauses) == (Outcome.NOT_ADDRESSED, ("II",))


def test_a_clause_cannot_leave_a_request_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = changed(POLICY, "outcome: medically necessary", "outcome: more information needed")
    assert "unknown-outcome" in _codes(library(tmp_path, {POLICY: text}), capsys)


def test_a_policy_with_an_error_is_not_analysed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = WITHOUT_THE_REST.replace("fact: prescribed", "fact: prescribd")
    assert "unaddressed-case" not in _codes(library(tmp_path, {POLICY: text}), capsys)


def test_without_the_solver_all_else_is_checked_and_one_line_says_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    text = WITHOUT_THE_REST + "\n## Shared {#shared}\n\n~~~criteria\nfact: saturation\nid: low\nat most: 80\n~~~\n"
    main(["check", "--format", "json", "--library", str(library(tmp_path, {POLICY: text}))])
    printed = capsys.readouterr()
    assert [issue["code"] for issue in json.loads(printed.out)] == ["unreachable-clause"]
    assert printed.err == "cdispec: the logic was not analysed, which needs z3: pip install 'cdispec[prove]'\n"


def test_a_limit_that_is_too_short_is_told_and_fails_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = library(tmp_path, {})
    assert main(["check", "--limit", "0.000001", "--library", str(root)]) == 0
    told = capsys.readouterr().out
    assert "undecided-question not decided within the limit: " in told


def test_this_library_has_no_faults(capsys: pytest.CaptureFixture[str]) -> None:
    logic = {"never-met", "always-met", "conflicting-clauses", "implied-clause", "shadowed-clause"}
    logic |= {"unaddressed-case", "redundant-criterion", "undecided-question"}
    assert not logic & set(_codes(ROOT, capsys))
