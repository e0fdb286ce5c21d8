"""Issues as text for people, as JSON, and as SARIF 2.1.0 for code hosts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from cdispec.issues.catalogue import CODES
from cdispec.report.terminal import Style
from cdispec.source import Issue, LinesOf, Severity


def issues_text(issues: list[Issue], lines_of: LinesOf, style: Style) -> str:
    """Each issue as `path:line:column: CODE message`, the source line with a pointer, and the hint; then the count."""
    blocks = [_block(issue, lines_of(issue.place.path), style) for issue in issues]
    return "\n".join([*blocks, summary(issues)])


def _block(issue: Issue, lines: list[str], style: Style) -> str:
    paint = style.red if issue.severity is Severity.ERROR else style.yellow
    told = [f"{style.bold(printable(str(issue.place)))}: {paint(issue.code)} {printable(issue.message)}"]
    if issue.place.line <= len(lines) and lines[issue.place.line - 1].strip():
        told += _excerpt(lines[issue.place.line - 1], issue.place.column, issue.place.line, style)
    if issue.fix is not None and issue.fix.certain and (corrected := issue.fix.corrected(lines)) is not None:
        told += [style.dim("write | ") + printable(line).rstrip() for line in corrected if line.strip()]
    if issue.hint:
        told.append(f"    hint: {printable(issue.hint)}")
    return "\n".join(told) + "\n"


def printable(text: str) -> str:
    """A text on one line, with a sign for each character that would steer a terminal."""
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else "\ufffd" for sign in text)


def _excerpt(line: str, column: int, number: int, style: Style) -> list[str]:
    """The source line, cut around the column where it is long, and a pointer below it."""
    start = max(0, column - 1 - 60) if len(line) > 110 else 0
    shown = printable(line[start : start + 110])
    gutter = f"{number:>5} | "
    return [style.dim(gutter) + shown, style.dim(" " * 6 + "| ") + " " * (column - 1 - start) + "^"]


def summary(issues: list[Issue]) -> str:
    """How many issues of each severity there are, in a line."""
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    warnings = len(issues) - errors
    if not issues:
        return "no issues"
    counted = [(errors, "error"), (warnings, "warning")]
    return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for count, name in counted if count)


def issue_json(issue: Issue) -> dict[str, Any]:
    """An issue as an object; its schema is `cdispec schema issue`."""
    fix = {} if issue.fix is None else {"fix": issue.fix._asdict()}
    return {
        "code": issue.code,
        "severity": issue.severity.value,
        **issue.place._asdict(),
        "message": issue.message,
        "hint": issue.hint,
        **fix,
    }


def issues_json(issues: list[Issue]) -> str:
    """All issues as a JSON list."""
    return json.dumps([issue_json(issue) for issue in issues], indent=2, ensure_ascii=False)


def issues_sarif(issues: list[Issue], version: str, folder: str = "") -> str:
    """All issues as a SARIF 2.1.0 log (OASIS standard), with the page of each code they use.

    `folder` is that of the library in its repository, from the top of which code hosts count.
    """
    used = sorted({issue.code for issue in issues})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].page.split("\n")[0]},
            "fullDescription": {"text": CODES[code].page},
            "defaultConfiguration": {"level": CODES[code].severity.value},
        }
        for code in used
    ]
    results = [
        {
            "ruleId": issue.code,
            "ruleIndex": used.index(issue.code),
            "level": issue.severity.value,
            "message": {"text": f"{issue.message}. {issue.hint}" if issue.hint else issue.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(f"{folder}{issue.place.path}"), "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": issue.place.line, "startColumn": issue.place.column},
                    }
                }
            ],
        }
        for issue in issues
    ]
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "cdispec", "semanticVersion": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False)
