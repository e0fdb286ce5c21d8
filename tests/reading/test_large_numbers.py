"""Numbers that not every program tells apart are refused where they stand, so that all that decides agrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cdispec.cli import main
from tests.issues.examples import FEATURE, POLICY
from tests.reading.libraries import FACTS, changed, checked, library, told

EDGE = 9_007_199_254_740_992
LONG = ["9.9999999999999999999", "0.69999999999999999"]
LARGE = ["100000000000000000000000", str(EDGE + 1), f"-{EDGE + 1}", "1e300", *LONG, "9" * 400]
UNBOUNDED = changed(FACTS, "  minimum: 0\n  maximum: 100\n", "")


def of_document(root: Path, comparison: str) -> list[tuple[str, int, int]]:
    return told(checked(root, {FACTS: UNBOUNDED, POLICY: changed(POLICY, "at most: 88", comparison)}))


@pytest.mark.parametrize("number", LARGE[:-1])
def test_a_criterion_with_too_large_a_number_is_told_of(number: str, tmp_path: Path) -> None:
    assert ("impossible-value", 27, 14) in of_document(tmp_path, f"at most: {number}")


def test_a_bound_is_written_out(tmp_path: Path) -> None:
    bounded = changed(FACTS, "maximum: 100", "maximum: 1000000")
    issues = checked(tmp_path, {FACTS: bounded, POLICY: changed(POLICY, "at most: 88", "at most: 2000000")})
    assert [one.message for one in issues if "is at most 1000000" in one.message]


def test_the_largest_number_that_all_tell_apart_is_read(tmp_path: Path) -> None:
    assert "impossible-value" not in [code for code, _, _ in of_document(tmp_path, f"at most: {EDGE}")]


@pytest.mark.parametrize("number", [str(EDGE + 1), *LONG])
@pytest.mark.parametrize("key", ["minimum: 0", "maximum: 100"])
def test_a_fact_with_too_large_a_bound_is_told_of(key: str, number: str, tmp_path: Path) -> None:
    found = checked(tmp_path, {FACTS: changed(FACTS, key, f"{key.split(maxsplit=1)[0]} {number}")})
    line = 15 if key.startswith("min") else 16
    assert [(issue.code, issue.place.line) for issue in found if issue.code == "impossible-value"] == [
        ("impossible-value", line)
    ]


@pytest.mark.parametrize("number", [str(EDGE + 1), *LONG])
def test_a_scenario_with_too_large_a_number_is_told_of(number: str, tmp_path: Path) -> None:
    feature = changed(FEATURE, "is 85 percent", f"is {number} percent")
    assert [issue.code for issue in checked(tmp_path, {FACTS: UNBOUNDED, FEATURE: feature})] == ["impossible-value"]


@pytest.mark.parametrize("number", LARGE)
@pytest.mark.parametrize("suffix", ["yaml", "json", "jsonl"])
def test_a_case_with_too_large_a_number_is_not_determined(
    suffix: str, number: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = library(tmp_path, {FACTS: UNBOUNDED})
    facts = '{"saturation": ' + number + "}"
    stated = f'{{"policy": "00042", "request": "initial", "date": "2025-07-01", "facts": {facts}}}\n'
    (root / f"case.{suffix}").write_text(stated)
    assert main(["determine", str(root / f"case.{suffix}"), "--json", "--library", str(root)]) == 1
    [issue] = json.loads(capfd.readouterr().out)["issues"]
    assert issue["code"] == "impossible-value"


def test_the_reason_is_told(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {FACTS: UNBOUNDED, POLICY: changed(POLICY, "at most: 88", "at most: 1e30")}
    messages = [issue.message for issue in checked(tmp_path, files) if issue.code == "impossible-value"]
    assert messages == [
        "`1e30` is impossible: beyond 9,007,199,254,740,992 a browser does not tell whole numbers apart, and a page "
        "could decide otherwise"
    ]
