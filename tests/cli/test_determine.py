"""`cdispec determine` as people and programs see it. The expected outputs stand beside the cases."""

from __future__ import annotations

import io
import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from cdispec.cli import main

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))
GOOD = (
    '{"policy":"00036","request":"initial","date":"2025-07-01","facts":{"diagnosis":[],"expectation-of-benefit":true}}'
)


class _Bytes(io.TextIOWrapper):
    """Standard input made of bytes."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))


def lines_in(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *lines: str
) -> list[dict[str, object]]:
    """What JSON lines on standard input are answered with."""
    monkeypatch.setattr(sys, "stdin", _Bytes("\n".join(lines).encode()))
    main(["determine", "-", "--json"])
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_people_read_the_determination_they_are_meant_to(
    name: str, rewrite: bool, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(CASES)
    main(["determine", f"{name}.yaml"])
    captured = capfd.readouterr()
    told = captured.out + (f"\n=== standard error ===\n{captured.err}" if captured.err else "")
    expected = CASES / f"{name}.txt"
    if rewrite:
        expected.write_text(told, "utf-8")
    assert told == expected.read_text("utf-8")


def test_the_example_of_the_contract_is_decided_as_it_says(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["determine", "--json", str(CASES / "pain-condition.yaml")]) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["outcome"] == "medically necessary"
    assert found["clauses"] == ["II.a.i"]
    assert found["needed"] == []
    assert (found["policy"], found["revision"], found["request"]) == ("00036", "2025-06-01", "initial")


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_fits_its_schema(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    main(["determine", "--json", str(CASES / f"{name}.yaml")])
    schemas = files("cdispec") / "schemas"
    determination = json.loads((schemas / "determination.json").read_text("utf-8"))
    issue = json.loads((schemas / "issue.json").read_text("utf-8"))
    for line in capfd.readouterr().out.splitlines():
        answer = json.loads(line)
        if "issues" in answer:
            for found in answer["issues"]:
                jsonschema.validate(found, issue)
        else:
            jsonschema.validate(answer, determination)


def test_a_bad_case_does_not_stop_the_others_and_fails_the_command(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["determine", "--json", str(CASES / "several-with-bad-ones.yaml")]) == 1
    answers = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert ["issues" in answer for answer in answers] == [False, True, False, True]


def test_each_line_of_json_is_answered_by_one_line_in_order(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    answers = lines_in(monkeypatch, capfd, GOOD, "{", "", GOOD.replace("initial", "well-being"))
    assert [answer.get("request", "issues") for answer in answers] == ["initial", "issues", "well-being"]
    assert answers[1]["case"] == "-:2"


def test_a_key_that_stands_twice_in_a_line_of_json_is_not_taken_for_its_last_value(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    once = '"expectation-of-benefit":true'
    twice = GOOD.replace(once, f'{once},"expectation-of-benefit" : false')
    [answer] = lines_in(monkeypatch, capfd, twice)
    issues = answer["issues"]
    assert isinstance(issues, list)
    assert [issue["code"] for issue in issues] == ["duplicate-key"]


def test_the_hint_for_a_wrong_answer_in_a_line_of_json_can_be_followed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    [answer] = lines_in(monkeypatch, capfd, GOOD.replace('"expectation-of-benefit":true', '"expectation-of-benefit":1'))
    issues = answer["issues"]
    assert isinstance(issues, list)
    hints = [issue["hint"] for issue in issues]
    assert hints == ["write `true` or `false`; leave the fact out where it is unknown"]


def test_a_line_of_json_is_answered_like_the_same_case_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "case.json").write_text(GOOD, "utf-8")
    main(["determine", str(tmp_path / "case.json"), "--json"])
    in_file = json.loads(capfd.readouterr().out)
    assert lines_in(monkeypatch, capfd, GOOD) == [in_file]


def test_a_folder_stands_for_the_cases_in_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.json").write_text(GOOD, "utf-8")
    (tmp_path / "more.jsonl").write_text(f"{GOOD}\n{GOOD}\n", "utf-8")
    (tmp_path / "notes.txt").write_text("no case", "utf-8")
    assert main(["determine", str(tmp_path), "--json"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"policy: \xff\n", "not-utf8"), (b"", "no-case"), (b"- &a [*a]\n", "yaml-alias"), (b"policy: [", "not-yaml")],
)
def test_a_file_that_cannot_be_read_as_cases_is_told(
    content: bytes, code: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "case.yaml").write_bytes(content)
    assert main(["determine", str(tmp_path / "case.yaml"), "--json"]) == 1
    issues = json.loads(capfd.readouterr().out)["issues"]
    assert code in [issue["code"] for issue in issues]


def test_the_case_of_a_scenario_is_decided_by_the_working_state(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["determine", "00036", "--scenario", "continuation-never-away-from-work", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert (found["revision"], found["outcome"], found["clauses"]) == ("working", "medically necessary", ["II.a.iv"])


def test_a_row_of_a_table_of_cases_is_a_case(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["determine", "--scenario", "non-pain-condition-and-benefit", "--json"]) == 0
    clauses = [json.loads(line)["clauses"] for line in capfd.readouterr().out.splitlines()]
    assert clauses == [["II.a.ii"], ["II.b"], ["II.b"]]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--scenario", "continuation-never-away-from-wrk"], 1, "did you mean `continuation-never-away-from-work`"),
        (["00036", "00037", "--scenario", "x"], 2, "one policy is named"),
        ([], 2, "no case is named"),
    ],
)
def test_what_no_scenario_or_case_is_named_by_is_told(
    arguments: list[str], status: int, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["determine", *arguments]) == status
    assert told in capfd.readouterr().err


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["determine", str(tmp_path / "no.yaml")]) == 1
    assert "unreadable-file" in capfd.readouterr().err


def test_the_own_name_of_a_case_is_repeated_with_what_is_said_of_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    named, numbered = (GOOD.replace("{", f'{{"id":{id},', 1) for id in ('"claim 7"', "17"))
    wrong = named.replace("initial", "first")
    answers = lines_in(monkeypatch, capfd, named, numbered, wrong, GOOD)
    assert [answer.get("id") for answer in answers] == ["claim 7", "17", "claim 7", None]
    assert ["issues" in answer for answer in answers] == [False, False, True, False]
    determination = json.loads((files("cdispec") / "schemas" / "determination.json").read_text("utf-8"))
    jsonschema.validate(answers[0], determination)


def test_of_several_cases_each_is_named_for_people_also(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", _Bytes("\n".join([GOOD.replace("{", '{"id":"claim 7",', 1), GOOD]).encode()))
    assert main(["determine", "-"]) == 0
    told = capfd.readouterr().out
    assert told.startswith("Case claim 7\nCDI 00036")
    assert "\n\nCase 2\nCDI 00036" in told


def test_an_answer_that_is_null_is_unknown_as_if_it_were_absent(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    null, absent = GOOD.replace('"diagnosis":[]', '"diagnosis":null'), GOOD.replace('"diagnosis":[],', "")
    first, second = lines_in(monkeypatch, capfd, null, absent)
    assert first == second
    assert first["outcome"] == "more information needed"


def test_a_case_whose_name_is_null_has_none(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    [answer] = lines_in(monkeypatch, capfd, GOOD.replace("{", '{"id":null,', 1))
    assert "id" not in answer
    assert "outcome" in answer


def test_an_answer_that_is_left_empty_in_a_file_is_unknown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    head = "policy: '00036'\nrequest: initial\ndate: 2025-07-01\nfacts:\n  diagnosis:\n  expectation-of-benefit: yes"
    (tmp_path / "case.yaml").write_text(head, "utf-8")
    assert main(["determine", str(tmp_path / "case.yaml"), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["outcome"] == "more information needed"


@pytest.mark.parametrize("content", ["", "\n\n"])
@pytest.mark.parametrize("name", ["cases.jsonl", "-"])
def test_lines_without_a_case_are_no_success(
    name: str, content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    (tmp_path / "cases.jsonl").write_text(content, "utf-8")
    assert main(["determine", name if name == "-" else str(tmp_path / name), "--json"]) == 1
    assert [issue["code"] for issue in json.loads(capfd.readouterr().out)["issues"]] == ["no-case"]


def test_a_rejected_case_is_told_apart_from_a_library_that_is_broken(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cases.jsonl").write_text(f"{GOOD}\n{{}}\n", "utf-8")
    arguments = ["determine", str(tmp_path / "cases.jsonl"), "--json"]
    assert main([*arguments, "--fail-on", "library"]) == 0
    assert main(arguments) == 1
    answers = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [bool(answer.get("issues")) for answer in answers] == [False, True] * 2
    shutil.copytree(Path(__file__).parents[2] / "policy", tmp_path / "policy")
    for facts in (tmp_path / "policy").glob("00036-*/revisions/*/facts.yaml"):
        facts.write_text("{", "utf-8")
    assert main([*arguments, "--fail-on", "library", "--library", str(tmp_path)]) == 1
