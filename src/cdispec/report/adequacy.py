"""How well scenarios test their policy, as text of one screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdispec.analysis.adequacy.adequacy import Adequacy, Cell, MutantResult, ScenarioCase, Score, State
from cdispec.analysis.adequacy.wording import Gap, aspect_words, gaps, subject_of
from cdispec.analysis.mutation.in_source import in_source
from cdispec.report.terminal import WIDTH, Style
from cdispec.source import LinesOf

MOST_GAPS, MOST_SURVIVORS = 12, 3
"""So many are shown on the screen; `--format json` names all."""


def adequacy_text(adequacy: Adequacy, lines_of: LinesOf, style: Style) -> str:
    """The score, the gaps by clause, and the edits that no scenario notices."""
    return "\n".join(_lines(adequacy, lines_of, style))


def _lines(adequacy: Adequacy, lines_of: LinesOf, style: Style) -> Iterator[str]:
    policy, score = adequacy.policy, adequacy.score
    paint = style.green if score.percent == 100 else style.yellow
    yield f"{style.bold(f'{policy.named} {policy.title}')}: {paint(f'{score.percent} %')} tested"
    yield ""
    impossible = sum(cell.state is State.IMPOSSIBLE for cell in adequacy.cells)
    same = len(adequacy.mutants) - adequacy.noticed.of
    yield f"  shown    {_of(adequacy.shown)}" + _besides(impossible, "no case could show")
    yield f"  noticed  {_of(adequacy.noticed)} edits" + _besides(same, "would change nothing")
    if adequacy.failing:
        names = ", ".join(dict.fromkeys(one.scenario for one in adequacy.failing))
        failing = f"{len(adequacy.failing)} of {adequacy.cases} cases, which show nothing: {names}"
        yield f"  {style.red('failing')}  {failing}"
    found = gaps(adequacy)
    if found:
        yield f"\n{style.bold('What no scenario shows')}"
        yield from (_gap(gap) for gap in found[:MOST_GAPS])
        yield from _and_more(len(found) - MOST_GAPS)
    if adequacy.survivors:
        yield f"\n{style.bold('Edits that no scenario notices')}"
        for survivor in adequacy.survivors[:MOST_SURVIVORS]:
            yield from _survivor(survivor, lines_of, style)
        yield from _and_more(len(adequacy.survivors) - MOST_SURVIVORS)


def _of(score: Score) -> str:
    return f"{score.reached} of {score.of}"


def _besides(count: int, what: str) -> str:
    return f" ({count} more {'is' if count == 1 else 'are'} left out, which {what})" if count else ""


def _gap(gap: Gap) -> str:
    name = " ".join(part for part in (gap.label, gap.of) if part)
    return f"  {name}: {gap.words}"


def _and_more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"  ... and {count} more, which --format json names"


def _survivor(survivor: MutantResult, lines_of: LinesOf, style: Style) -> Iterator[str]:
    for number, line in enumerate(in_source(survivor.mutant.slip, lines_of)):
        named = f"{survivor.name}: {survivor.mutant.operator.words.lower()}" if not number else ""
        yield f"  {line.place.path}:{line.place.line}  {named}".rstrip()
        if line.words:
            yield f"    {line.words}"
        yield from (style.red(f"    - {old[:WIDTH]}") for old in (line.old,) if old)
        yield from (style.green(f"    + {new[:WIDTH]}") for new in (line.new,) if new)


def adequacy_json(adequacy: Adequacy, lines_of: LinesOf) -> dict[str, Any]:
    """All of it as plain data."""
    return {
        "policy": adequacy.policy.number,
        "percent": adequacy.score.percent,
        "shown": _score_json(adequacy.shown),
        "noticed": _score_json(adequacy.noticed),
        "cases": adequacy.cases,
        "failing": [_witness_json(one) for one in adequacy.failing],
        "cells": [_cell_json(cell, adequacy) for cell in adequacy.cells],
        "mutants": [_mutant_json(one, lines_of) for one in adequacy.mutants],
    }


def _score_json(score: Score) -> dict[str, int]:
    return {"reached": score.reached, "of": score.of}


def _witness_json(witness: ScenarioCase | None) -> dict[str, Any] | None:
    if witness is None:
        return None
    return {"scenario": witness.scenario, "path": witness.place.path, "line": witness.place.line}


def _cell_json(cell: Cell, adequacy: Adequacy) -> dict[str, Any]:
    return {
        "clause": cell.label,
        "of": subject_of(cell.aspect),
        "shows": aspect_words(cell.aspect, adequacy.policy),
        "path": cell.place.path,
        "line": cell.place.line,
        "state": cell.state.value,
        "by": _witness_json(cell.by),
    }


def _mutant_json(one: MutantResult, lines_of: LinesOf) -> dict[str, Any]:
    lines = in_source(one.mutant.slip, lines_of)
    return {
        "clause": one.label,
        "kind": "fact" if one.mutant.in_fact else "clause",
        "of": one.mutant.of,
        "operator": one.mutant.operator.name,
        "edits": [
            {
                "path": line.place.path,
                "line": line.place.line,
                "old": line.old,
                "new": line.new,
                **({"words": line.words} if line.words else {}),
            }
            for line in lines
        ],
        "fate": one.fate.value,
        "by": _witness_json(one.by),
    }
