"""A date that its fact says cannot lie after the request: asked for by `cdispec check`, and held against each case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cdispec.cli import main
from tests.issues.examples import POLICY
from tests.reading.libraries import FACTS, changed, checked, library, told

WITHOUT = changed(FACTS, "  latest: request\n", "")


@pytest.mark.parametrize(
    ("comparison", "codes"),
    [
        ("within: 30 days before request", ["date-without-latest"]),
        ("within: 30 days after request", []),
        ("within: 30 days before next-visit", []),
        ("at most: 2025-06-01", []),
    ],
)
def test_it_is_asked_for_where_a_date_is_compared_with_a_time_before_the_request(
    comparison: str, codes: list[str], tmp_path: Path
) -> None:
    visit = "next-visit: {kind: date, question: When?, name: the next visit, phrase: 'next is {value}'}\n"
    policy = changed(POLICY, "within: 30 days before request", comparison)
    found = checked(tmp_path, {FACTS: WITHOUT + "\n" + visit, POLICY: policy})
    assert [issue.code for issue in found if issue.code not in ("unused-fact", "impossible-value")] == codes


def test_it_can_be_said_of_the_request_alone(tmp_path: Path) -> None:
    found = checked(tmp_path, {FACTS: changed(FACTS, "latest: request", "latest: today")})
    assert ("wrong-kind", 23, 3) in told(found)


@pytest.mark.parametrize(("day", "codes"), [("2025-07-01", []), ("2025-07-02", ["impossible-value"])])
@pytest.mark.parametrize("name", ["case.yaml", "cases.jsonl"])
def test_a_case_with_a_later_date_is_not_determined(
    name: str, day: str, codes: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = library(tmp_path, {})
    facts = {"measured-on": day, "saturation": 80}
    case = {"policy": "00042", "request": "initial", "date": "2025-07-01", "facts": facts}
    (root / name).write_text(json.dumps(case))
    assert main(["determine", str(root / name), "--json", "--library", str(root)]) == (1 if codes else 0)
    issues = json.loads(capfd.readouterr().out).get("issues", [])
    assert [(issue["code"], issue["line"]) for issue in issues] == [(code, 1) for code in codes]
