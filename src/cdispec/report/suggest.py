"""Scenarios that are suggested, as a feature and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from cdispec.analysis.adequacy.adequacy import Cell
from cdispec.analysis.adequacy.aspects import Reads
from cdispec.analysis.adequacy.wording import aspect_words, subject_of
from cdispec.analysis.suggest.closing import Target
from cdispec.analysis.suggest.suggest import Suggestions
from cdispec.analysis.suggest.suggestion import feature_text
from cdispec.model.policy import Policy
from cdispec.report.terminal import WIDTH

TITLE = "Suggested scenarios"


def suggestions_text(found: Suggestions) -> str:
    """The suggestions as a feature, with what they are for and what is left as comments."""
    comments = [*summary(found), *_left(found)]
    lines = [line for text in comments for line in textwrap.wrap(text, WIDTH - 2, subsequent_indent="  ")]
    feature = f"\n\n{feature_text(TITLE, found.scenarios).rstrip()}" if found.scenarios else ""
    return "\n".join(f"# {line}" for line in lines) + feature


def summary(found: Suggestions) -> Iterator[str]:
    """What the suggestions are for."""
    adequacy, count = found.adequacy, len(found.scenarios)
    shown, noticed = len(adequacy.open_cells), len(adequacy.survivors)
    named = f"{adequacy.policy.named} {adequacy.policy.title}"
    if not shown and not noticed:
        yield f"{named}: nothing to suggest. The scenarios show all that any case could, and notice every edit."
        return
    things = "thing" if shown == 1 else "things"
    yield f"{named}: no scenario shows {shown} {things}, and none notices {noticed} edit{'s' if noticed != 1 else ''}."
    if count:
        closed = shown + noticed - len(found.left)
        yield f"{count} scenario{'s' if count != 1 else ''} would do {closed} of these {shown + noticed}."


def _left(found: Suggestions) -> Iterator[str]:
    """For what nothing is suggested."""
    named = [one.aspect.interpretation for one in found.left if isinstance(one, Cell) and isinstance(one.aspect, Reads)]
    if named:
        yield f"Which scenario shows an interpretation is for you to say: {', '.join(named)}."
    rest = [one for one in found.left if not (isinstance(one, Cell) and isinstance(one.aspect, Reads))]
    if rest:
        yield "Nothing is suggested for these; --json names them all:"
        yield from (target_words(one, found.adequacy.policy) for one in rest[:MOST_LEFT])


MOST_LEFT = 10


def target_words(target: Target, policy: Policy) -> str:
    """What a scenario is for, in words."""
    if isinstance(target, Cell):
        of = " ".join(part for part in (target.label, subject_of(target.aspect)) if part)
        return f"{of}: {aspect_words(target.aspect, policy)}"
    return f"{target.name}: an edit that nothing notices: {target.mutant.operator.words.lower()}"


def suggestions_json(found: Suggestions, path: str) -> dict[str, Any]:
    """All of it as plain data; `path` is that of the feature they were added to, "" where they were not."""
    policy = found.adequacy.policy
    return {
        "policy": policy.number,
        "written": path or None,
        "scenarios": [
            {
                "id": one.id,
                "name": one.name,
                "text": "\n".join(one.lines),
                "closes": [target_json(target, policy) for target in one.closes],
            }
            for one in found.scenarios
        ],
        "left": [target_json(target, policy) for target in found.left],
    }


def target_json(target: Target, policy: Policy) -> dict[str, Any]:
    """What a scenario is for, as plain data."""
    if isinstance(target, Cell):
        of, told = subject_of(target.aspect), {"shows": aspect_words(target.aspect, policy)}
    else:
        of, told = target.mutant.of, {"notices": target.mutant.operator.name}
    return {"clause": target.label, "of": of, **told}
