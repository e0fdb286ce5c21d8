"""The JSON contract of a determination: the one place that says how it is spelled for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, assert_never

from cdispec.logic import Truth
from cdispec.model.case import Case, Lines
from cdispec.model.codes import codes_in
from cdispec.model.determination import Determination, Explanation, Granted, Later, Portion, Way
from cdispec.model.facts import Including, Month, NoValue, Rows, Value, Within
from cdispec.model.limits import Days

ANSWERS = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "unknown"}
"""Whether a classification applies."""


def determination_json(determination: Determination) -> dict[str, Any]:
    """A determination as an object; see `cdispec schema determination`."""
    summary, explanation = summary_json(determination), explanation_json(determination.explanation)
    return {**summary, "later": later_json(determination.later), "explanation": explanation}


def summary_json(determination: Determination) -> dict[str, Any]:
    """A determination alone, without its explanation."""
    return {
        **id_json(determination.id),
        "policy": determination.policy,
        "revision": determination.revision,
        "request": determination.request,
        "date": determination.date,
        **known_json(determination.known_on),
        **line_json(determination.line),
        "outcome": determination.outcome.value,
        "clauses": list(determination.clauses),
        "alternatives": determination.alternatives,
        "classifications": {name: ANSWERS[truth] for name, truth in determination.classifications.items()},
        "needed": list(determination.needed),
        "may_matter": list(determination.may_matter),
        "ways": ways_json(determination.ways),
        "codes": dict(determination.codes),
        **rows_json(determination.rows),
        **open_lines_json(determination.open_lines),
        **granted_json(determination.granted),
    }


def rows_json(rows: Mapping[str, str]) -> dict[str, Any]:
    """How rows are named of which something is needed, as a key of its own; none where nothing is."""
    return {"rows": dict(rows)} if rows else {}


def id_json(id: str) -> dict[str, str]:
    """The own name of a case, by which its result is joined to it; nothing where it has none."""
    return {"id": id} if id else {}


def known_json(day: str) -> dict[str, str]:
    """The day up to which what was published counts; nothing where all of it does."""
    return {"known_on": day} if day else {}


def line_json(line: str) -> dict[str, str]:
    """Which line of a request is determined; nothing where a case is no line."""
    return {"line": line} if line else {}


def open_lines_json(lines: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The lines that leave open what is needed of them, as a key of its own; none where none do."""
    return {"open_lines": {fact: list(names) for fact, names in lines.items()}} if lines else {}


def granted_json(granted: Sequence[Granted]) -> dict[str, Any]:
    """What is granted with its limits, as a key of its own; none where nothing is limited."""
    return {"granted": [_granted_json(one) for one in granted]} if granted else {}


def _granted_json(granted: Granted) -> dict[str, Any]:
    return {
        "clause": granted.clause,
        "first": _days_json(granted.first),
        "last": _days_json(granted.last),
        "restrictions": [{"words": words, "applies": ANSWERS[truth]} for words, truth in granted.restrictions],
        "needed": list(granted.needed),
        **({} if granted.portion is None else {"portion": _portion_json(granted.portion)}),
        **({"ended": True} if granted.ended else {}),
    }


def _portion_json(portion: Portion) -> dict[str, Any]:
    amounts = {"requested": portion.requested, "granted": portion.granted, "refused": portion.refused}
    known = {name: {"at least": between.least, "at most": between.most} for name, between in amounts.items()}
    answers = {
        name: {word: None if end is None else answer_json(end) for word, end in ends.items()}
        for name, ends in known.items()
    }
    return {**answers, "unit": portion.unit, "clauses": list(portion.clauses)}


def _days_json(days: Days | None) -> dict[str, str | None] | None:
    if days is None:
        return None
    ends = {"earliest": days.earliest, "latest": days.latest}
    return {name: None if day is None else day.isoformat() for name, day in ends.items()}


def later_json(later: Later | None) -> dict[str, Any] | None:
    """What a later revision would say, as an object; None where none would decide otherwise."""
    if later is None:
        return None
    outcome = None if later.outcome is None else later.outcome.value
    return {
        "revision": later.revision,
        "outcome": outcome,
        "clauses": list(later.clauses),
        "alternatives": later.alternatives,
    }


def ways_json(ways: Sequence[Way]) -> list[dict[str, Any]]:
    """The shortest way to each outcome as objects."""
    return [{"outcome": way.outcome.value, "facts": list(way.facts)} for way in ways]


def case_json(case: Case) -> dict[str, Any]:
    """A case as `cdispec determine` reads it; its schema is `cdispec schema case`."""
    return {
        **id_json(case.id),
        "policy": case.policy,
        **({"request": case.request} if case.lines is None else _lines_json(case.lines)),
        "date": case.date.isoformat(),
        **known_json(case.known_on.isoformat() if case.known_on else ""),
        "record": "complete" if case.complete else "open",
        "codes": list(case.codes),
        "facts": _answers_json(case.facts if case.lines is None else {}),
    }


def _lines_json(lines: Lines) -> dict[str, Any]:
    """The lines of a request, each with all that is known of it, and which of them is determined."""
    listed = [{"id": one.name, "request": one.request, "facts": _answers_json(one.facts)} for one in lines.all]
    return {"line": lines.own, "lines": listed if lines.whole else {"including": listed}}


def _answers_json(facts: Mapping[str, Value]) -> dict[str, Any]:
    return {name: answer_json(value) for name, value in facts.items()}


def answer_json(value: Value) -> Any:
    """An answer as a case states it. A number that JSON would round is a text, which no reader of cases takes."""
    match value:
        case frozenset():
            return codes_in(value)
        case Including(members):
            return {"including": codes_in(members)}
        case NoValue():
            return {"none": True}
        case date():
            return value.isoformat()
        case Month():
            return str(value)
        case Within(low, high):
            return {"at least": low and answer_json(low), "at most": high and answer_json(high)}
        case Decimal():
            rounded = float(value)
            return rounded if Decimal(repr(rounded)) == value else str(value)
        case Rows(rows, whole):
            listed = [{name: answer_json(answer) for name, answer in row} for row in rows]
            return listed if whole else {"including": listed}
        case bool() | int() | str():
            return value
        case _:
            assert_never(value)


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """An explanation as an object; what says nothing is left out."""
    said: dict[str, Any] = {
        "clause": explanation.clause,
        "id": explanation.id,
        "text": explanation.text,
        "printed": explanation.printed,
        "truth": explanation.truth.word,
    }
    beside = {
        "asked": explanation.asked,
        "answered": explanation.answered,
        "guard": explanation.guard,
        "set_aside": explanation.set_aside,
    }
    said |= {key: value for key, value in beside.items() if value}
    said["because"] = [explanation_json(part) for part in explanation.because]
    return said
