"""What the front matter can say of a family, and the slips in it."""

from __future__ import annotations

import pytest

from cdispec.model.policy import Policy
from cdispec.parse.policy import read_policy
from cdispec.source import Issue

HEAD = """\
---
number: L33718
title: Sample
issuer: An Office
document: Local Coverage Determination
{more}
status: draft
original_effective_date: 2025-06-01
last_review_date: 2025-06-01
requests: {{initial: sample therapy is requested}}
---
"""


def read(more: str, body: str = "") -> tuple[Policy, list[Issue]]:
    policy, issues = read_policy(HEAD.format(more=more) + body, "policy.md", "L33718-sample", {}, ())
    assert policy is not None
    return policy, [issue for issue in issues if issue.place.line < 12]


def test_a_document_without_a_short_name_is_called_by_its_whole_name() -> None:
    policy, issues = read("")
    assert not issues
    assert (policy.named, policy.number_label) == (
        "Local Coverage Determination L33718",
        "Local Coverage Determination Number",
    )
    assert policy.pages == "local-coverage-determination/L33718-sample/"


def test_a_clinical_determination_stays_a_cdi() -> None:
    text = HEAD.replace("Local Coverage Determination", "Clinical Determination and Indication").format(more="")
    policy, _ = read_policy(text, "policy.md", "L33718-sample", {}, ())
    assert policy is not None
    assert (policy.named, policy.pages) == ("CDI L33718", "cdi/L33718-sample/")


def test_the_short_name_is_that_of_every_output() -> None:
    policy, issues = read("short: LCD")
    assert not issues
    assert (policy.named, policy.number_label, policy.pages) == ("LCD L33718", "LCD Number", "lcd/L33718-sample/")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("labels: [A, (x)]", "no level is numbered `(x)`"),
        ("labels: []", "expected an entry for each"),
        ("history_columns: []", "expected an entry for each"),
        ("history_columns: [number, published]", "expected a column `explanation`"),
        ("history_columns: [explanation, when]", "expected one of"),
        ("history_columns: [explanation, explanation]", "stands here twice"),
        ("head: [one]", "expected a mapping"),
        ("head: {Version: {of: it}}", "expected a text"),
        ("short: assets", "expected a name with a letter or digit"),
        ("short: '...'", "expected a name with a letter or digit"),
        ("shorts: LCD", "`shorts`"),
    ],
)
def test_a_slip_is_told_at_its_line(more: str, message: str) -> None:
    _, [issue] = read(more)
    assert issue.place.line == 6
    assert message in issue.message
