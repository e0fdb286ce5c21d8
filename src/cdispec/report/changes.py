"""What one state of a policy says otherwise than another, as text that a policy analyst reads, and as JSON."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any, assert_never

from cdispec.analysis.changes.change import Changes, ClauseChange, ClauseKind, EntryChange, Fate, Passage, Setting
from cdispec.analysis.changes.words import SpanKind, WordSpan
from cdispec.model.policy import Policy
from cdispec.report.terminal import WIDTH, Style

CONTEXT = 8
"""How many unchanged words are told on each side of a change."""

NOTHING = "No words, facts, codes or definitions were changed."
_INDENT = " " * 16
_GROUPS = {
    "front": "Head of the document",
    "clauses": "Clauses",
    "facts": "Facts",
    "requests": "Kinds of request",
    "outcomes": "Outcomes",
    "definitions": "Definitions",
    "codes": "Codes",
    "citations": "References",
    "abbreviations": "Abbreviations",
    "interpretations": "Interpretations",
}
_UNTITLED = ("text", "paragraph", "list item", "table row", "citation", "meaning", "description", "stands for")
"""Parts that need no name: they are what is looked at."""

# Marks around removed and added words while lines are broken: two signs, as wide as what is printed for them.
_OPEN = {SpanKind.REMOVED: "\x01[", SpanKind.ADDED: "\x02{"}
_CLOSE = {SpanKind.REMOVED: "\x03]", SpanKind.ADDED: "\x04}"}
_MARKS = {"\x01[": "[-", "\x02{": "{+", "\x03]": "-]", "\x04}": "+}"}
_MARK = re.compile(r"([\x01-\x04].)")


def comparison_title(before: Policy, after: Policy, style: Style) -> str:
    """Which states of a policy are compared."""
    named = f"{after.named} {after.title}: from {_in_words(before)} to {_in_words(after)}"
    return style.bold(named)


def _in_words(state: Policy) -> str:
    return "the working state" if state.in_effect is None else f"revision {state.revision}"


def changes_text(changes: Changes, style: Style) -> str:
    """What is said otherwise, group by group; a group in which nothing was changed is left out."""
    lines = [style.bold("What it says")]
    if changes.empty:
        return "\n".join([*lines, "", f"  {NOTHING}"])
    for group, heading in _GROUPS.items():
        found = getattr(changes, group)
        if found:
            told = _clauses(found, style) if group == "clauses" else _entries(group, found, style)
            lines += ["", f"  {style.bold(heading)}", *told]
    return "\n".join(lines)


def changes_json(changes: Changes) -> dict[str, Any]:
    """All of it as plain data: each group a list, in the order of the document."""
    return {
        group: [
            {**asdict(change), "changes": list(change.kinds)} if isinstance(change, ClauseChange) else asdict(change)
            for change in getattr(changes, group)
        ]
        for group in _GROUPS
    }


def _clauses(changes: Sequence[ClauseChange], style: Style) -> Iterator[str]:
    following = _following(changes)
    told = (change for change in changes if not _only_follows(change))
    for (alike, _), run in groupby(told, key=lambda change: _alone(change, following)):
        run_of = list(run)
        if alike and len(run_of) > 2:
            yield from _renumbered(run_of, style)
        else:
            for change in run_of:
                yield from _clause(change, following[change.id], style)


def _alone(change: ClauseChange, following: Mapping[str, int]) -> tuple[bool, str]:
    """Whether only the number of a clause changed, and of none below it; and in which clause it stands."""
    return change.kinds == (Fate.RENUMBERED,) and not following[change.id], change.clause.parent


def _renumbered(run: Sequence[ClauseChange], style: Style) -> Iterator[str]:
    """Neighbours of which only the numbers changed, as one."""
    old = [change.before.label for change in run if change.before]
    new = [change.clause.label for change in run]
    words = f"{_short(run[0].clause.words, 30)} to {_short(run[-1].clause.words, 30)}"
    text = f"{old[0]} to {old[-1]} -> {new[0]} to {new[-1]}  {words}"
    yield from _line(Fate.RENUMBERED, text, Fate.RENUMBERED, style)


def _short(words: str, width: int) -> str:
    return textwrap.shorten(words, width, placeholder=" …", break_on_hyphens=False)


def _only_follows(change: ClauseChange) -> bool:
    return change.follows and change.kinds == (Fate.RENUMBERED,)


def _following(changes: Sequence[ClauseChange]) -> Counter[str]:
    """How many clauses were renumbered only because the one that they stand in was, by the topmost that was told."""
    by_id = {change.id: change for change in changes}
    found: Counter[str] = Counter()
    for change in filter(_only_follows, changes):
        above = by_id[change.clause.parent]
        while _only_follows(above):
            above = by_id[above.clause.parent]
        found[above.id] += 1
    return found


def _clause(change: ClauseChange, following: int, style: Style) -> Iterator[str]:
    clause = change.clause
    was = change.before.label if change.before else clause.label
    label = clause.label if was == clause.label else f"{was} -> {clause.label}"
    name = f"{label} (logic)" if clause.kind is ClauseKind.UNPRINTED else label
    passages = [*change.passages]
    if passages and passages[0].part in ("title", "text"):
        words = _redline(passages.pop(0), change.fate)
    else:
        words = clause.words if change.fate in (Fate.ADDED, Fate.REMOVED) else _short(clause.words, 70)
    below = f" (with {following} below it)" if following else ""
    below += f" (in the shared clause `{clause.shared}`)" if clause.shared else ""
    yield from _line(", ".join(change.kinds), f"{name}  {words}{below}", change.fate, style)
    for detail in _details(passages, change.logic, change.fate):
        yield from _wrapped(detail, style, _paint(change.fate, style))


def _entries(group: str, changes: Sequence[EntryChange], style: Style) -> Iterator[str]:
    for change in changes:
        details = [*_details(change.passages, change.settings, change.fate)]
        name = f"{change.name}  [{change.id}]" if group == "facts" else change.name
        if group == "front" and change.id != "preamble":
            name = details.pop(0)
        elif group not in ("front", "facts", "interpretations"):
            name = "  ".join(filter(None, (name, *details)))
            details = []
        reworded = not change.settings and all(passage.reworded for passage in change.passages)
        stayed = "reworded" if reworded else "changed"
        what = stayed if change.fate is Fate.STAYED else change.fate
        yield from _line(what, name, change.fate, style)
        for detail in details:
            yield from _wrapped(detail, style, _paint(change.fate, style))
        if change.note:
            yield from _wrapped(change.note, style, style.yellow)


def _line(what: str, text: str, fate: Fate, style: Style) -> Iterator[str]:
    """What happened, then to what; the rest of a long text stands below its beginning."""
    first, *rest = _wrapped(text, style, _paint(fate, style))
    head = f"    {what}"
    if len(head) + 2 > len(_INDENT):
        yield from (style.bold(head), first)
    else:
        yield style.bold(head) + first[len(head) :]
    yield from rest


def _details(passages: Iterable[Passage], settings: Sequence[Setting], fate: Fate) -> Iterator[str]:
    """One text for each passage and each setting that differs."""
    for passage in passages:
        part = "" if passage.part in _UNTITLED else f"{passage.part}: "
        yield part + _redline(passage, fate)
    if fate in (Fate.ADDED, Fate.REMOVED):
        if settings:
            yield ", ".join(setting.after or setting.before for setting in settings)
    else:
        yield from map(_change, settings)


def _change(setting: Setting) -> str:
    if not (setting.before and setting.after):
        return f"now: {setting.after}" if setting.after else f"no longer: {setting.before}"
    (old, _, _), (new, _, value) = setting.before.partition(": "), setting.after.partition(": ")
    return f"{setting.before} -> {value if old == new else setting.after}"


def _redline(passage: Passage, fate: Fate) -> str:
    """A passage with its marks; what was added or removed with its clause needs none."""
    if fate in (Fate.ADDED, Fate.REMOVED):
        return "".join(span.text for span in passage.spans)
    last = len(passage.spans) - 1
    return "".join(_marked(span, n == 0, n == last) for n, span in enumerate(passage.spans))


def _marked(span: WordSpan, first: bool, last: bool) -> str:
    match span.kind:
        case SpanKind.KEPT:
            return _elided(span.text, first, last)
        case SpanKind.REMOVED | SpanKind.ADDED as kind:
            return f"{_OPEN[kind]}{span.text}{_CLOSE[kind]}"
        case _:
            assert_never(span.kind)


def _elided(text: str, first: bool, last: bool) -> str:
    """Unchanged words, of a long stretch only those beside a change."""
    pieces = re.findall(r"\s*\S+\s*", text)
    # The beginning of a passage tells which one it is.
    head, tail = (CONTEXT // 2 if first else CONTEXT), (0 if last else CONTEXT)
    if len(pieces) <= head + tail + CONTEXT // 2:
        return text
    return f"{''.join(pieces[:head])}… {''.join(pieces[len(pieces) - tail :])}"


def _paint(fate: Fate, style: Style) -> Callable[[str], str]:
    return {Fate.ADDED: style.green, Fate.REMOVED: style.red}.get(fate, str)


def _wrapped(text: str, style: Style, paint: Callable[[str], str] = str) -> Iterator[str]:
    """The lines of a text with its marks made visible, painted as a whole or else by what the marks say."""
    inside = paint
    for line in textwrap.wrap(text, WIDTH - len(_INDENT), break_on_hyphens=False):
        parts = []
        for piece in _MARK.split(line):
            if piece in _OPEN.values():
                inside = style.red if piece == _OPEN[SpanKind.REMOVED] else style.green
            parts.append((inside, _MARKS.get(piece, piece)))
            if piece in _CLOSE.values():
                inside = paint
        runs = ((told, "".join(text for _, text in run)) for told, run in groupby(parts, key=lambda part: part[0]))
        yield _INDENT + "".join(told(words) for told, words in runs if words)
