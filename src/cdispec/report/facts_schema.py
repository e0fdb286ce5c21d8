"""The answers that a policy's facts can have, as a JSON Schema with their questions: for forms and for extraction."""

from __future__ import annotations

from typing import Any, assert_never

from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, YesNo, answerable, may_be_none, subject
from cdispec.model.policy import Policy
from cdispec.model.records import MOST_ROWS, RecordList

_NONE = {
    "type": "object",
    "required": ["none"],
    "additionalProperties": False,
    "properties": {"none": {"const": True}},
}
_UNKNOWN = {"type": "null", "description": "not known, as if the fact were absent"}


def facts_schema(policy: Policy) -> dict[str, Any]:
    """The schema of `facts` in a case of a policy."""
    facts = {id: _of_fact(fact) for id, fact in answerable(policy.facts).items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"facts of {policy.named} {policy.title}",
        "description": "The answers that are known of one request. An absent fact is unknown, never no.",
        "x-revision": policy.revision,
        "type": "object",
        "additionalProperties": False,
        "properties": facts | {id: _of_list(of) for id, of in policy.lists.items()},
    }


def _of_fact(fact: Fact) -> dict[str, Any]:
    none = [{**_NONE, "description": fact.none}] if not isinstance(fact, YesNo) and may_be_none(fact) else []
    return {"title": subject(fact), "description": fact.question, "anyOf": [*_answers(fact), *none, _UNKNOWN]}


def _answers(fact: Fact) -> list[dict[str, Any]]:
    match fact:
        case YesNo():
            return [{"type": "boolean"}]
        case Number():
            bounds = {"minimum": fact.minimum, "maximum": fact.maximum}
            stated = {key: float(bound) for key, bound in bounds.items() if bound is not None}
            return [{"type": "integer" if fact.whole else "number", **stated, "description": f"in {fact.unit}"}]
        case Day():
            return [
                {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
                {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$", "description": "only the month is known"},
            ]
        case OneOf():
            return [{"oneOf": _options(fact)}]
        case SetOf():
            item: dict[str, Any] = {"type": "string"} if fact.codes is not None else {"oneOf": _options(fact)}
            return _whole_or_part({"type": "array", "items": item})
        case _:
            assert_never(fact)


def _options(fact: OneOf | SetOf) -> list[dict[str, Any]]:
    return [{"const": option.id, "title": option.name} for option in fact.options]


def _whole_or_part(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """A list that is known whole, or a part of it where there may be more."""
    part = {"type": "object", "required": ["including"], "additionalProperties": False}
    return [whole, {**part, "properties": {"including": whole}, "description": "these, and there may be others"}]


def _of_list(of: RecordList) -> dict[str, Any]:
    row = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _of_fact(field) for name, field in of.fields.items()},
    }
    rows = _whole_or_part({"type": "array", "maxItems": MOST_ROWS, "items": row})
    answers = [*rows, {**_NONE, "description": of.none}, _UNKNOWN]
    return {"title": of.name, "description": of.question, "anyOf": answers}
