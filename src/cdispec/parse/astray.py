"""What stands outside of what is asked of a list's rows and belongs into it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from cdispec.issues.catalogue import quoted
from cdispec.model.records import RecordList
from cdispec.parse.comparisons import KEYS
from cdispec.parse.fields import Fields
from cdispec.parse.yamltree import Mapping as YamlMapping
from cdispec.source import Issue

_OF_A_LIST = ("list", "where", "by", *KEYS)


def led_inside(issues: list[Issue], fields: Fields, logic: Collection[str], of_rows: Collection[str]) -> list[Issue]:
    """Issues of keys beside `some of:` and its like, of which following the hint must not widen what is asked."""
    asking = next((key for key in logic if key in of_rows and isinstance(fields[key], YamlMapping)), "")
    if not asking:
        return issues
    astray = {fields.key_place(key) for key in fields if key in _OF_A_LIST}
    others = quoted(f"{key}:" for key in logic if key != asking)
    inside = f"indent it below `{asking}:`, beside `list:`"
    return [
        replace(one, hint=inside)
        if one.place in astray
        else replace(one, hint=f"{one.hint}; where its rows are to be so, indent {others} below its `where:`")
        if one.code == "several-logics"
        else one
        for one in issues
    ]


def field_hint(name: str, lists: Mapping[str, RecordList]) -> str:
    """How a field of a list is asked; "" of what is none."""
    of = next((id for id, one in lists.items() if name in one.fields), "")
    return of and f"it is a field of `{of}`: ask it in the `where:` of `some of: {{list: {of}, where: ...}}`"
