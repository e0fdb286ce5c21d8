"""What was changed, in a line: old and new words with a few of those around them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from cdispec.analysis.changes.change import Passage, Setting
from cdispec.analysis.changes.words import SpanKind

AROUND = 5
"""So many unchanged words are quoted on each side of a change."""

_LONGEST = 300


def excerpt(passages: Iterable[Passage], settings: Iterable[Setting] = ()) -> str:
    """Passages and keys of the logic as they were and as they are."""
    return "; ".join([*map(_passage, passages), *map(_setting, settings)])


def _passage(passage: Passage) -> str:
    kinds = [span.kind for span in passage.spans]
    if not passage.reworded:
        return f'"{_short(passage.spans[0].text)}" was {kinds[0]}'
    before = "" if kinds[0] is not SpanKind.KEPT else _end_of(passage.spans[0].text)
    after = "" if kinds[-1] is not SpanKind.KEPT else _start_of(passage.spans[-1].text)
    inner = [
        span
        for n, span in enumerate(passage.spans)
        if span.kind is not SpanKind.KEPT or n not in (0, len(passage.spans) - 1)
    ]
    old, new = (
        before + "".join(span.text for span in inner if span.kind in (SpanKind.KEPT, kind)) + after
        for kind in (SpanKind.REMOVED, SpanKind.ADDED)
    )
    return f'"{_short(old)}" is now "{_short(new)}"'


def _end_of(text: str) -> str:
    words = text.split(" ")
    return text if len(words) <= AROUND + 1 else "… " + " ".join(words[-AROUND - 1 :])


def _start_of(text: str) -> str:
    words = text.split(" ")
    return text if len(words) <= AROUND + 1 else " ".join(words[: AROUND + 1]) + " …"


def _short(text: str) -> str:
    return textwrap.shorten(text, _LONGEST, placeholder=" …", break_on_hyphens=False)


def _setting(setting: Setting) -> str:
    if not (setting.before and setting.after):
        return f"`{setting.before or setting.after}` was {'removed' if setting.before else 'added'}"
    return f"`{setting.before}` is now `{setting.after}`"
