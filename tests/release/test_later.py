"""A determination says when a later revision would decide the same case otherwise."""

from __future__ import annotations

import io
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cdispec.cli import main
from tests.reading.libraries import library
from tests.release.libraries import FIRST, FOLDER, POLICY, REVISIONS, SECOND, SUMMARY, edit, release, released

Captured = pytest.CaptureFixture[str]
THIRD = "2026-06-01"
SCHEMA = json.loads((files("cdispec") / "schemas" / "determination.json").read_text("utf-8"))


@pytest.fixture
def root(tmp_path: Path, capfd: Captured) -> Path:
    """A library whose policy asked for a saturation of at most 88, then 87, then 86."""
    made = released(tmp_path, FIRST, SECOND, THIRD)
    capfd.readouterr()
    return made


def case(day: str, saturation: int, **facts: object) -> dict[str, object]:
    """A case with a saturation."""
    stated = {"diagnosis": ["copd"], "saturation": saturation, "measured-on": day, "prescribed": True, **facts}
    return {"policy": "00042", "request": "initial", "date": day, "facts": stated}


def answered(root: Path, capfd: Captured, stated: dict[str, object], *arguments: str) -> Any:
    """The answer in JSON to a case in a file."""
    (root / "case.json").write_text(json.dumps(stated))
    capfd.readouterr()
    assert main(["determine", str(root / "case.json"), "--json", "--library", str(root), *arguments]) == 0
    answer = json.loads(capfd.readouterr().out)
    jsonschema.validate(answer, SCHEMA)
    return answer


def later(root: Path, capfd: Captured, stated: dict[str, object], *arguments: str) -> Any:
    """What the answer to a case says of later revisions."""
    return answered(root, capfd, stated, *arguments)["later"]


def told(root: Path, capfd: Captured, stated: dict[str, object]) -> list[str]:
    """What people are told of a case before the reasons."""
    (root / "case.json").write_text(json.dumps(stated))
    capfd.readouterr()
    assert main(["determine", str(root / "case.json"), "--library", str(root)]) == 0
    return capfd.readouterr().out.split("  Why:")[0].strip().splitlines()[2:]


@pytest.mark.parametrize(
    ("day", "saturation", "revision"),
    [
        (FIRST, 88, SECOND),
        (FIRST, 87, THIRD),
        (FIRST, 86, None),
        (FIRST, 89, None),
        (SECOND, 87, THIRD),
        (SECOND, 88, None),
        (THIRD, 87, None),
    ],
)
def test_the_first_later_revision_that_would_decide_otherwise_is_named(
    day: str, saturation: int, revision: str | None, root: Path, capfd: Captured
) -> None:
    expected = revision and {
        "revision": revision,
        "outcome": "not medically necessary",
        "clauses": ["II"],
        "alternatives": False,
    }
    assert later(root, capfd, case(day, saturation)) == expected


def test_people_read_it_below_the_outcome(root: Path, capfd: Captured) -> None:
    assert told(root, capfd, case(FIRST, 88)) == [
        "",
        "  Medically necessary, under I",
        "",
        "  The revision in effect from 2026-01-15 would decide otherwise: not medically necessary, under II.",
    ]


def test_people_are_not_told_of_a_later_revision_that_decides_alike(root: Path, capfd: Captured) -> None:
    assert told(root, capfd, case(FIRST, 86)) == ["", "  Medically necessary, under I"]


def test_a_line_of_json_is_answered_like_the_same_case_in_a_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    stated = [case(day, saturation) for day in (FIRST, SECOND, THIRD) for saturation in (86, 87, 88, 89)]
    in_files = [answered(root, capfd, one) for one in stated]
    lines = "\n".join(map(json.dumps, stated))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert main(["determine", "-", "--json", "--library", str(root)]) == 0
    assert [json.loads(line) for line in capfd.readouterr().out.splitlines()] == in_files


def test_the_working_state_has_no_later_revision(root: Path, capfd: Captured) -> None:
    edit(root / POLICY, "at most: 86", "at most: 88")
    assert later(root, capfd, case(FIRST, 88), "--working") is None


def test_a_policy_without_revisions_has_no_later_one(tmp_path: Path, capfd: Captured) -> None:
    assert later(library(tmp_path, {}), capfd, case(FIRST, 88)) is None


def test_an_edit_of_the_working_state_is_no_later_revision(root: Path, capfd: Captured) -> None:
    edit(root / POLICY, "at most: 86", "at most: 70")
    assert later(root, capfd, case(THIRD, 86)) is None


def test_a_fact_that_a_later_revision_asks_for_besides_is_unknown_to_it(root: Path, capfd: Captured) -> None:
    _ask_for_more(root)
    case_of_all = case(THIRD, 86)
    assert later(root, capfd, case_of_all) == {
        "revision": "2026-09-01",
        "outcome": "more information needed",
        "clauses": ["I"],
        "alternatives": False,
    }
    assert told(root, capfd, case_of_all)[3:] == [
        "  The revision in effect from 2026-09-01 would decide otherwise: more information needed (still",
        "    open: I).",
    ]


def test_a_fact_that_a_later_revision_has_in_another_unit_is_unknown_to_it(root: Path, capfd: Captured) -> None:
    edit(root / FOLDER / "facts.yaml", "unit: percent", "unit: kPa")
    _publish(root, "2026-09-01")
    found = later(root, capfd, case(THIRD, 86))
    assert (found["revision"], found["outcome"]) == ("2026-09-01", "more information needed")


def test_a_revision_that_no_longer_has_the_kind_of_request_decides_none_of_it(root: Path, capfd: Captured) -> None:
    for file in (root / POLICY, root / "features" / Path(FOLDER).name / "home-oxygen.feature"):
        text = file.read_text("utf-8").replace("initial", "first").replace("is requested", "is asked for")
        file.write_text(text, "utf-8")
    edit(root / POLICY, "at most: 86", "at most: 85")
    _publish(root, "2026-09-01")
    assert later(root, capfd, case(THIRD, 86)) == {
        "revision": "2026-09-01",
        "outcome": None,
        "clauses": [],
        "alternatives": False,
    }
    assert later(root, capfd, case(SECOND, 87))["revision"] == THIRD


def test_a_revision_that_retires_the_policy_decides_nothing(root: Path, capfd: Captured) -> None:
    _retire(root)
    assert later(root, capfd, case(THIRD, 86)) == {
        "revision": "2026-09-01",
        "outcome": None,
        "clauses": [],
        "alternatives": False,
    }
    assert told(root, capfd, case(THIRD, 86))[-1] == ("  From 2026-09-01 on no such request is decided.")


def test_a_revision_before_the_retirement_that_decides_otherwise_comes_first(root: Path, capfd: Captured) -> None:
    _retire(root)
    assert later(root, capfd, case(FIRST, 88))["revision"] == SECOND


def test_what_hinders_reading_a_later_revision_is_told_once_and_the_case_decided(root: Path, capfd: Captured) -> None:
    edit(root / REVISIONS / SECOND / "policy.md", "at most: 87", "at most: 80")
    (root / "case.json").write_text(json.dumps([case(FIRST, 87), case("2025-06-02", 86)]))
    assert main(["determine", str(root / "case.json"), "--json", "--library", str(root)]) == 1
    captured = capfd.readouterr()
    answers = [json.loads(line) for line in captured.out.splitlines()]
    assert [answer["later"] and answer["later"]["revision"] for answer in answers] == [THIRD, None]
    assert captured.err.count("altered-revision") == 1


def _publish(root: Path, day: str) -> None:
    assert release(root, day, *SUMMARY) == 0


def _retire(root: Path) -> None:
    edit(root / POLICY, "status: draft", "status: retired")
    _publish(root, "2026-09-01")


def _ask_for_more(root: Path) -> None:
    """Release a revision that asks for one thing besides."""
    facts = root / FOLDER / "facts.yaml"
    asked = "smokes:\n  kind: yes-no\n  question: Is it?\n  phrase: the Veteran smokes\n  negative: nobody smokes\n"
    facts.write_text(facts.read_text("utf-8") + "\n" + asked, "utf-8")
    prescribed = "    text: Home oxygen is prescribed by a pulmonologist\n"
    edit(root / POLICY, prescribed, f"{prescribed}  - {{fact: smokes, is: no, text: Nobody smokes}}\n")
    feature = root / "features" / Path(FOLDER).name / "home-oxygen.feature"
    edit(feature, "    When ", "    And nobody smokes\n    When ")
    _publish(root, "2026-09-01")
