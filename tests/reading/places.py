"""What must hold of every issue: its place stands in the file, and it can be printed in every form."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from cdispec.issues.catalogue import CODES
from cdispec.report.issues import issues_json, issues_sarif, issues_text
from cdispec.report.terminal import Style
from cdispec.source import Issue
from tests.reading.schema import ISSUE

VALIDATOR = Draft202012Validator(ISSUE)


def hold(issues: list[Issue], lines: list[str]) -> None:
    """Assert that issues are whole, and stand in a file of these lines."""
    for issue in issues:
        assert issue.code in CODES
        assert issue.severity is CODES[issue.code].severity
        assert issue.message
        assert 1 <= issue.place.line <= len(lines), issue
        assert 1 <= issue.place.column <= len(lines[issue.place.line - 1]) + 1, issue
    text = issues_text(issues, lambda _: lines, Style(False))
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    assert all(VALIDATOR.is_valid(issue) for issue in json.loads(issues_json(issues)))
    assert len(json.loads(issues_sarif(issues, "1.0"))["runs"][0]["results"]) == len(issues)
