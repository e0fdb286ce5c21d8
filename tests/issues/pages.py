"""The reference pages of issues, `docs/issues/`: made of each code's docstring and its example."""

from __future__ import annotations

import re
from pathlib import Path

from cdispec.issues.catalogue import CODES, codes_by_subject
from tests.issues import examples
from tests.issues.examples import EXPECTED, command, every_code

FOLDER = Path(__file__).parents[2] / "docs" / "issues"
WHOLE = 24
AROUND = 6

_LANGUAGES = {
    ".md": "markdown",
    ".yaml": "yaml",
    ".feature": "gherkin",
    ".txt": "gherkin",
    ".jsonl": "json",
    ".py": "python",
    ".toml": "toml",
    ".csv": "csv",
}


def write(code: str) -> None:
    """Write the page of a code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{code}.md").write_text(page(code), "utf-8")


def write_index() -> None:
    """Write the index, and remove pages of codes that are gone."""
    (FOLDER / "README.md").write_text(index(), "utf-8")
    for path in FOLDER.glob("*.md"):
        if path.stem not in every_code() and path.name != "README.md":
            path.unlink()


def index() -> str:
    """Every code by subject, with the first sentence of its page."""
    lines = [
        "# Issues",
        "",
        "What `cdispec check` and `cdispec determine` can report. Errors fail the command, warnings do not.",
    ]
    for subject, codes in codes_by_subject():
        lines += [
            "",
            f"## {subject}",
            "",
            "| code | severity | |",
            "|---|---|---|",
        ]
        lines += [f"| [{code.name}]({code.name}.md) | {code.severity} | {_cell(code.page)} |" for code in codes]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.split("\n", maxsplit=1)[0].replace("|", "\\|")


def page(code: str) -> str:
    """The page of a code: what it means, and an example with what is told of it."""
    told = (examples.FOLDER / code / EXPECTED).read_text("utf-8")
    lines = [f"# {code}", "", f"*{CODES[code].severity.capitalize()}.* {CODES[code].page}", "", "## Example", ""]
    if code in examples.MADE:
        lines += [examples.MADE[code].__doc__ or "", ""]
    for path in examples.files(code):
        lines += [f"`{path}`:", "", *_shown(code, path, told), ""]
    lines += [f"`{' '.join(['cdispec', *command(code)])}` says:", "", "```text", told.rstrip("\n"), "```"]
    return "\n".join(lines) + "\n"


def _shown(code: str, path: str, told: str) -> list[str]:
    """A file in a fence: whole where it is short, otherwise the lines around those that are told."""
    lines = (examples.FOLDER / code / path).read_text("utf-8").rstrip("\n").split("\n")
    places = [int(line) for line in re.findall(rf"^{re.escape(path)}:(\d+):", told, re.MULTILINE)]
    whole = len(lines) <= WHOLE or not places
    kept = [n for n in range(len(lines)) if whole or any(abs(n + 1 - place) <= AROUND for place in places)]
    shown: list[str] = []
    for before, number in zip([-1, *kept], kept, strict=False):
        shown += ["…"] * (number > before + 1) + [lines[number]]
    shown += ["…"] * (kept[-1] < len(lines) - 1)
    return [f"````{_LANGUAGES[Path(path).suffix]}", *shown, "````"]
