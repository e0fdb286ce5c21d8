"""The pages of issues as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cdispec.issues.catalogue import IssueCode
from cdispec.report.terminal import Style, wrapped


def codes_text(subjects: Iterable[tuple[str, Sequence[IssueCode]]], style: Style) -> str:
    """Every code with the first sentence of its page, by subject."""
    return "\n".join(_code_lines(subjects, style))


def _code_lines(subjects: Iterable[tuple[str, Sequence[IssueCode]]], style: Style) -> Iterator[str]:
    for subject, codes in subjects:
        yield style.bold(subject)
        for code in codes:
            yield f"\n  {code.name} ({code.severity})"
            yield from wrapped(code.page.partition("\n")[0], 4)
        yield ""
    yield "`cdispec explain CODE` prints the page of a code, with an example."


def page_text(page: str, style: Style) -> str:
    """A page of Markdown, with what stands in fences set off by its margin."""
    return "\n".join(_page_lines(page, style))


def _page_lines(page: str, style: Style) -> Iterator[str]:
    fence = ""
    for line in page.rstrip("\n").split("\n"):
        if fence or line.startswith("```"):
            mark = line[: len(line) - len(line.lstrip("`"))]
            if not fence:
                fence = mark
            elif line == fence:
                fence = ""
            else:
                yield f"    {line}".rstrip()
        elif line.startswith("#"):
            yield style.bold(line.lstrip("# "))
        else:
            yield line.replace("*", "", 2) if line.startswith(("*Error", "*Warning")) else line
