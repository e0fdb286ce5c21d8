"""What scenarios miss of their policy as annotations of the lines of its source, which GitHub shows in a review.

Source: GitHub, Workflow commands for GitHub Actions; how they are escaped is told by actions/toolkit, command.ts.
"""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.analysis.adequacy.adequacy import Adequacy
from cdispec.analysis.adequacy.wording import gaps
from cdispec.analysis.mutation.in_source import in_source
from cdispec.source import LinesOf, Place

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = _DATA | {":": "%3A", ",": "%2C"}


def adequacy_annotations(adequacy: Adequacy, lines_of: LinesOf, folder: str = "") -> str:
    """A warning for each thing of which something is not shown and for each edit that nothing notices, an error for
    each case that fails, and a notice of the score.

    `folder` is that of the library in its repository, from the top of which GitHub counts.
    """
    return "\n".join(_lines(adequacy, lines_of, folder))


def _lines(adequacy: Adequacy, lines_of: LinesOf, folder: str) -> Iterator[str]:
    for failing in adequacy.failing:
        yield _at(folder, "error", failing.place, "A scenario fails", failing.scenario)
    for gap in gaps(adequacy):
        name = " ".join(part for part in (gap.label, gap.of) if part)
        yield _at(folder, "warning", gap.place, "No scenario shows it", f"{name}: {gap.words}")
    for survivor in adequacy.survivors:
        lines = in_source(survivor.mutant.slip, lines_of)
        said = [f"{survivor.name}: {survivor.mutant.operator.words.lower()}"]
        for line in lines:
            marked = (f"- {line.old.strip()}" if line.old else "", f"+ {line.new.strip()}" if line.new else "")
            said += [part for part in (line.words, *marked) if part]
        yield _at(folder, "warning", lines[0].place, "No scenario notices this edit", "\n".join(said))
    policy = adequacy.policy
    yield f"::notice::{_escaped(f'{policy.named} {policy.title}: {adequacy.score.percent} % tested', _DATA)}"


def _at(folder: str, kind: str, place: Place, title: str, message: str) -> str:
    stated = {"file": f"{folder}{place.path}", "line": str(place.line), "title": title}
    properties = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in stated.items())
    return f"::{kind} {properties}::{_escaped(message, _DATA)}"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
