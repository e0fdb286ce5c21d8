"""`cdispec check`: what it prints in each form, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from cdispec.cli import main
from cdispec.issues.catalogue import CODES
from tests.issues.examples import FEATURE, POLICY
from tests.reading.libraries import FACTS, changed, checked, library, text_of
from tests.reading.schema import ISSUE


@pytest.fixture(autouse=True)
def _version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests run on the source too, where no version is installed."""
    monkeypatch.setattr("cdispec.cli.check.version", lambda _: "1.0.0")


STATUS = changed(POLICY, "status: draft", "status: daft")
UNUSED = changed(FACTS, "    copd: COPD\n", "    copd: COPD\n    asthma: asthma\n")


def check(capsys: pytest.CaptureFixture[str], root: Path, *options: str) -> tuple[int, str]:
    status = main(["check", "--library", str(root), *options])
    return status, capsys.readouterr().out


def test_a_library_without_issues_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, library(tmp_path, {})) == (0, "no issues\n")


def test_warnings_alone_do_not_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = check(capsys, library(tmp_path, {FACTS: UNUSED}))
    assert status == 0
    assert out.endswith("\n1 warning\n")


def test_an_error_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = check(capsys, library(tmp_path, {POLICY: STATUS}))
    assert status == 1
    assert out == (
        f"{POLICY}:6:9: unknown-status `daft` is not a status\n"
        "    6 | status: daft\n"
        "      |         ^\n"
        "    hint: did you mean `draft`?\n"
        "\n"
        "1 error\n"
    )


def test_errors_and_warnings_are_counted_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = changed(FEATURE, "under I\n", "under II.c\n")
    status, out = check(capsys, library(tmp_path, {FACTS: UNUSED, FEATURE: broken}))
    assert status == 1
    assert out.endswith("\n1 error, 1 warning\n")


def test_a_folder_without_a_library_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--library", str(tmp_path)]) == 2
    assert "hint: go to a library's folder" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["check", "--format", "xml"], ["check", "one", "more"], ["chek"], []])
def test_wrong_arguments_are_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_the_library_is_found_from_a_folder_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library(tmp_path, {POLICY: STATUS})
    monkeypatch.chdir(tmp_path / "features")
    assert main(["check"]) == 1
    assert capsys.readouterr().out.startswith(f"{POLICY}:6:9:")


def test_json_fits_its_schema_and_says_what_the_text_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = check(capsys, library(tmp_path, {POLICY: STATUS}), "--format", "json")
    found = json.loads(out)
    jsonschema.validate(found, {"type": "array", "items": ISSUE})
    assert status == 1
    assert found == [
        {
            "code": "unknown-status",
            "severity": "error",
            "path": POLICY,
            "line": 6,
            "column": 9,
            "message": "`daft` is not a status",
            "hint": "did you mean `draft`?",
        }
    ]


def test_json_of_no_issues_is_an_empty_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, library(tmp_path, {}), "--format", "json") == (0, "[]\n")


def test_sarif_holds_every_issue_with_its_rule_and_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = changed(FEATURE, "under I\n", "under II.c\n")
    status, out = check(capsys, library(tmp_path, {FACTS: UNUSED, FEATURE: broken}), "--format", "sarif")
    log = json.loads(out)
    assert status == 1
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert (run["tool"]["driver"]["name"], run["tool"]["driver"]["semanticVersion"]) == ("cdispec", "1.0.0")
    assert [rule["id"] for rule in rules] == ["unknown-clause", "unused-option"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] == result["level"] == CODES[rule["id"]].severity
        assert rule["fullDescription"]["text"] == CODES[rule["id"]].page
        assert set(rule) <= {"id", "shortDescription", "fullDescription", "defaultConfiguration"}
        assert result["message"]["text"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert [place["artifactLocation"]["uri"] for place in places] == [FEATURE, FACTS]
    assert [place["region"] for place in places] == [
        {"startLine": 10, "startColumn": 5},
        {"startLine": 10, "startColumn": 5},
    ]


def test_sarif_writes_a_path_as_a_uri(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stray = POLICY.replace("policy.md", "notes of 1 July #2.txt")
    _, out = check(capsys, library(tmp_path, {stray: "To do\n"}), "--format", "sarif")
    place = json.loads(out)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("/notes%20of%201%20July%20%232.txt")


def test_sarif_of_no_issues_is_a_whole_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = check(capsys, library(tmp_path, {}), "--format", "sarif")
    assert status == 0
    assert json.loads(out)["runs"][0]["results"] == []


def test_what_would_steer_a_terminal_is_not_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = changed(POLICY, "status: draft", 'status: "dr\\e[2Jaft\\n\\n"')
    _, out = check(capsys, library(tmp_path, {POLICY: text, POLICY.replace("policy.md", "a\x1b[1m"): "x"}))
    assert "\x1b" not in out
    assert "unknown-status `dr\ufffd[2Jaft` is not a status" in out


def test_every_issue_of_a_library_is_told_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    policy = changed(POLICY, "status: draft", "status: daft")
    policy = policy.replace("at most: 88", "atmost: 88").replace("includes: copd", "includes: copdd")
    policy = policy.replace("{#limitations}", "").replace("otherwise: not", "otherwise: no")
    policy += "\nSee {indication}.\n"
    facts = changed(FACTS, "was measured on {value}", "was measured").replace("kind: number", "kind: numbr")
    feature = changed(FEATURE, "  @low-saturation\n", "")
    found = checked(tmp_path, {POLICY: policy, FACTS: facts, FEATURE: feature})
    assert [(issue.place.path.rsplit("/", 1)[1], issue.place.line, issue.code) for issue in found] == [
        ("home-oxygen.feature", 3, "scenario-without-id"),
        ("facts.yaml", 13, "unknown-fact-kind"),
        ("facts.yaml", 26, "malformed-phrase"),
        ("policy.md", 6, "unknown-status"),
        ("policy.md", 24, "unknown-option"),
        ("policy.md", 27, "unknown-key"),
        ("policy.md", 36, "heading-without-id"),
        ("policy.md", 42, "unknown-outcome"),
        ("policy.md", 45, "unknown-reference"),
    ]


def test_a_repeated_criterion_without_an_id_is_named_by_its_line(tmp_path: Path) -> None:
    twice = (
        "\n## More {#more}\n\n~~~criteria\nany:\n  - {not: {fact: prescribed}}\n  - {not: {fact: prescribed}}\n~~~\n"
    )
    issues = checked(tmp_path, {POLICY: text_of(POLICY) + twice})
    [repeated] = [issue for issue in issues if issue.code == "duplicate-clause"]
    first = text_of(POLICY).count("\n") + 6
    assert repeated.message == f"this repeats the logic of the criterion on line {first}"
