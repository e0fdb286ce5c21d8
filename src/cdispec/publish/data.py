"""A compiled policy as data: the JSON that other programs read, as `schemas/policy.json` describes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, assert_never

from cdispec.determine.reasons import otherwise_words, words
from cdispec.model.codes import CodeLists, CodeRow
from cdispec.model.criteria import (
    Bound,
    Comparison,
    Criterion,
    Duration,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    Length,
    ListOf,
    Logic,
    Not,
    OfRows,
    Quantity,
    Range,
    Reference,
    Test,
    key_of,
    parts,
)
from cdispec.model.facts import (
    REQUEST,
    Amount,
    Day,
    Fact,
    Number,
    OneOf,
    Option,
    SetOf,
    YesNo,
    kind_name,
    may_be_none,
)
from cdispec.model.formulas import Measure, written_formula
from cdispec.model.history import HistoryRow
from cdispec.model.inlines import plain_words
from cdispec.model.limits import Grant, Printed, Quota
from cdispec.model.policy import (
    Classification,
    Content,
    Interpretation,
    Otherwise,
    Policy,
    Prose,
    Rule,
    Section,
    Shared,
    all_sections,
    blocks,
    printed,
)
from cdispec.model.records import RecordList, Tally

SCHEMA = "cdispec policy 1"
"""The name and version of the form; a change that a reader could stumble over counts up."""

Data = dict[str, Any]


def compiled(policy: Policy) -> Data:
    """The whole policy. Texts are Markdown with cross references replaced by the labels they print."""
    return {
        "schema": SCHEMA,
        "number": policy.number,
        "slug": policy.slug,
        "revision": policy.revision,
        "fingerprint": policy.fingerprint,
        "status": policy.status.value,
        "title": policy.title,
        "issuer": policy.issuer,
        "document": policy.document,
        "short": policy.short,
        "number_label": policy.number_label,
        "effective_label": policy.effective_label,
        "review_label": policy.review_label,
        "head": [{"label": label, "text": said} for label, said in policy.family.rows.items()],
        "original_effective_date": policy.effective.isoformat(),
        "last_review_date": policy.reviewed.isoformat(),
        "requests": [{"id": kind.id, "phrase": kind.phrase} for kind in policy.requests.values()],
        "clauses": _clauses(policy),
        "preamble": _content(policy.preamble, policy),
        "sections": [_section(section, policy) for section in policy.sections],
        "rules": [_rule(rule) for rule in policy.rules],
        "otherwise": [
            {"clause": rest.id, "requests": list(rest.requests), "outcome": rest.outcome.value}
            for rest in policy.otherwise
        ],
        "outcomes": [{"name": own.outcome.value, "effect": own.outcome.effect.value} for own in policy.outcomes],
        "classifications": [{"clause": kind.criterion.id, "name": kind.name} for kind in policy.classifications],
        "criteria": [_criterion(block.criterion, policy) for block in blocks(policy)],
        **_others(policy),
        **_lines(policy),
        "facts": [_fact(fact) for fact in policy.facts.values()],
        **({"lists": [_list(of, policy) for of in policy.lists.values()]} if policy.lists else {}),
        "interpretations": [_interpretation(decision, policy) for decision in policy.interpretations],
        "definitions": [
            {"term": printed(policy, entry.term), "meaning": printed(policy, entry.meaning)}
            for entry in policy.definitions
        ],
        "codes": [
            {"code": entry.code, "description": printed(policy, entry.description), "label": entry.label}
            for entry in policy.codes
        ],
        "code_sets": [{"id": one.id, "codes": [_code(row) for row in one.rows]} for one in policy.code_sets.values()],
        "citations": [printed(policy, citation.text) for citation in policy.citations],
        "abbreviations": dict(policy.abbreviations),
        "published": policy.published.isoformat() if policy.published else "",
        "history": [_row(row) for row in policy.history],
        "former": [_row(row) for row in policy.former],
    }


def _lines(policy: Policy) -> Data:
    """What it asks of other lines of a request, by the facts that ask it; nothing of one that asks none."""
    asked = [
        {"fact": id, "request": one.kind, **({"outcome": one.outcome} if one.outcome else {})}
        for id, one in policy.asked_lines.items()
    ]
    return {"lines": asked} if asked else {}


def _others(policy: Policy) -> Data:
    """What it asks of other policies, with the criteria that were brought in for it; nothing of one that asks none."""
    if not policy.others:
        return {}
    held = {part.id for one in policy.brought.values() for part in parts(one)}
    asked = [
        {
            "clause": str(one.reference),
            "policy": one.reference.number,
            "states": [
                {"since": state.since and state.since.isoformat(), "revision": state.revision or None}
                for state in one.states
            ],
        }
        for one in policy.others
    ]
    criteria = [_criterion(one, policy) for id, one in policy.brought.items() if id not in held]
    return {"others": {"asked": asked, "criteria": criteria}}


def _row(row: HistoryRow) -> Data:
    """A row of the history; what is from before the tool has no revision."""
    said = {"date": row.date, "number": row.number, "published": row.published, "revision": row.revision}
    said |= {"reason": row.reason, "corrects": row.corrects}
    return {key: text for key, text in said.items() if text} | {"updates": list(row.updates)}


def _code(row: CodeRow) -> Data:
    """A row of a code set, without what it does not say."""
    said = {
        "description": row.description,
        "from": "" if row.start == date.min else row.start.isoformat(),
        "until": "" if row.end == date.max else row.end.isoformat(),
    }
    return {"code": row.pattern, **{key: of for key, of in said.items() if of}}


def _rule(rule: Rule) -> Data:
    limits = {} if rule.grant is None else {"granted": _grant(rule.grant)}
    return {"clause": rule.criterion.id, "requests": list(rule.requests), "outcome": rule.outcome.value, **limits}


def _grant(grant: Grant) -> Data:
    """The limits of what an indication grants, without those that it does not state."""
    forms: list[Data] = [
        {"words": form.words, **({} if form.when is None else {"when": form.when})} for form in grant.restrictions
    ]
    limits: Data = {"limited to": forms, "up to": [_quota(quota) for quota in grant.quotas]}
    if grant.term is not None:
        match grant.term.lasts:
            case Duration(count, unit):
                limits["for"] = {"count": count, "unit": unit.value}
            case date() as day:
                limits["until"] = day.isoformat()
            case str() as fact:
                limits["until"] = fact
            case None:
                pass
            case _:
                assert_never(grant.term.lasts)
        limits["from"] = grant.term.start or REQUEST
    return {key: stated for key, stated in limits.items() if stated}


def _quota(quota: Quota) -> Data:
    match quota.amount:
        case Printed(table, by, amounts):
            amount: Any = {"table": table, "by": by, "rows": {option: _value(number) for option, number in amounts}}
        case int() | Decimal() | str():
            amount = _value(quota.amount)
        case _:
            assert_never(quota.amount)
    rest = {"used": quota.used, "per": quota.per, "clause": quota.clause}
    return {"amount": amount, "of": quota.requested, **{key: stated for key, stated in rest.items() if stated}}


def _clauses(policy: Policy) -> list[Data]:
    """Every citable piece, in the order of the document, with its words in plain text."""
    texts = {section.id: plain_words(policy, section.title) for section in all_sections(policy.sections)}
    kinds = dict.fromkeys(texts, "section")
    for id, criterion in policy.criteria.items():
        texts.setdefault(id, words(criterion, policy))
        kinds.setdefault(id, "criterion")
    for rest in policy.otherwise:
        texts.setdefault(rest.id, otherwise_words(rest, policy))
        kinds.setdefault(rest.id, "otherwise")
    return [{"id": id, "label": label, "kind": kinds[id], "text": texts[id]} for id, label in policy.clauses.items()]


def _section(section: Section, policy: Policy) -> Data:
    return {
        "id": section.id,
        "label": section.label,
        "number": section.number,
        "title": printed(policy, section.title),
        "content": _content(section.content, policy),
        "sections": [_section(below, policy) for below in section.sections],
    }


def _content(content: Iterable[Content], policy: Policy) -> list[Data]:
    """What is printed, in order: text, and the criteria whose items stand there."""
    found: list[Data] = []
    for piece in content:
        match piece:
            case Prose(markdown):
                found.append({"text": printed(policy, markdown)})
            case Rule() | Classification() | Shared():
                found.append({"criteria": piece.criterion.id})
            case Otherwise() | Interpretation():
                continue
            case _:
                assert_never(piece)
    return found


def _criterion(criterion: Criterion, policy: Policy) -> Data:
    """A criterion, without what it has not."""
    period = criterion.valid
    rest = {
        "text": criterion.text and printed(policy, criterion.text),
        "notes": [printed(policy, note) for note in criterion.notes],
        "unless": criterion.unless and _criterion(criterion.unless, policy),
        "from": period.start and period.start.isoformat(),
        "until": period.end and period.end.isoformat(),
    }
    logic = _logic(criterion.logic, policy)
    return {"id": criterion.id, "label": criterion.label, "logic": logic, **{key: of for key, of in rest.items() if of}}


def _logic(logic: Logic, policy: Policy) -> Data:
    match logic:
        case ListOf(of=of):
            kind = re.sub(r" \d+ of$", "", key_of(logic))
            own = {field.name: getattr(logic, field.name) for field in fields(logic)}
            return {"kind": kind, **own, "of": [_criterion(member, policy) for member in of]}
        case Not(member):
            return {"kind": "not", "of": _criterion(member, policy)}
        case Reference(to):
            return {"kind": "meets", "clause": to}
        case Comparison(fact, test):
            return {"kind": "comparison", "fact": fact, "test": _test(test)}
        case OfRows(quantity, of, where, such, count, by):
            rows: Data = {"kind": quantity.value, "list": of, **({"by": by} if by else {})}
            if quantity is Quantity.AT_LEAST:
                rows |= {"kind": "at least rows", "count": count}
            parts = {"where": where, "is": such}
            return rows | {key: _criterion(part, policy) for key, part in parts.items() if part is not None}
        case _:
            assert_never(logic)


def _test(test: Test) -> Data:
    match test:
        case IsOneOf(values):
            return {"kind": "is one of", "values": sorted((_value(value) for value in values), key=_order)}
        case IncludesAnyOf(options, sets):
            return {"kind": "in" if sets else "includes any of", "options": sorted(options)}
        case Range(low, high):
            return {"kind": "range", "low": _bound(low), "high": _bound(high)}
        case Elapsed(direction, anchor, low, high):
            return {
                "kind": "elapsed",
                "direction": direction.value,
                "date": anchor or REQUEST,
                "low": _length(low),
                "high": _length(high),
            }
        case HasNone():
            return {"kind": "none"}
        case _:
            assert_never(test)


def _bound(bound: Bound | None) -> Data | None:
    return None if bound is None else {"value": _value(bound.value), "included": bound.included}


def _length(length: Length | None) -> Data | None:
    if length is None:
        return None
    return {"count": length.duration.count, "unit": length.duration.unit.value, "included": length.included}


def _value(value: bool | Amount | date | str) -> bool | float | str:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case bool() | int() | str():
            return value
        case _:
            assert_never(value)


def _order(value: bool | float | str) -> tuple[bool, float, str]:
    """Numbers by size, then texts by letter."""
    return (True, 0, value) if isinstance(value, str) else (False, value, "")


def _fact(fact: Fact) -> Data:
    head = {"id": fact.id, "kind": kind_name(fact), "question": fact.question, "phrase": fact.phrase}
    if fact.decided_by is not None:
        head["decided by"] = fact.decided_by.name
        head |= {"link": fact.decided_by.link} if fact.decided_by.link else {}
    match fact:
        case YesNo():
            return {**head, "negative": fact.negative}
        case Number():
            low, high = (None if end is None else _value(end) for end in (fact.minimum, fact.maximum))
            bounded = {"unit": fact.unit, **({"whole": True} if fact.whole else {}), "minimum": low, "maximum": high}
            return {
                **head,
                "name": fact.name,
                **bounded,
                **_none(fact),
                **(_measure(fact.measure) if fact.measure else {}),
            }
        case Day():
            latest = {"latest": "request"} if fact.latest_request else {}
            birth = {"birth of": fact.birth_of} if fact.birth_of else {}
            return {**head, "name": fact.name, **birth, **latest, **_none(fact)}
        case OneOf():
            order = {"ordered": fact.ordered, "options": _options(fact.options)}
            return {**head, "name": fact.name, **order, **_none(fact)}
        case SetOf(codes=CodeLists(system)):
            lists = {"including": fact.including, "none": fact.none, **({"system": system} if system else {})}
            return {**head, "name": fact.name, **lists}
        case SetOf():
            rest = {"including": fact.including, "none": fact.none, "options": _options(fact.options)}
            return {**head, "name": fact.name, **rest}
        case _:
            assert_never(fact)


def _list(of: RecordList, policy: Policy) -> Data:
    said = {key: getattr(of, key) for key in ("id", "question", "name", "phrase", "including", "none", "row")}
    numbers = {id: _tally(tally, policy) for id, tally in of.tallies.items()}
    fields = [field.id for field in of.fields.values()]
    return {**said, "fields": fields, **({"numbers": numbers} if numbers else {})}


def _tally(tally: Tally, policy: Policy) -> Data:
    counted: Data = {"counts": tally.counted.value, **({"field": tally.field} if tally.field else {})}
    counted |= {"by": tally.by, "days": tally.days} if tally.by else {}
    return counted if tally.where is None else counted | {"where": _logic(tally.where.logic, policy)}


def _measure(measure: Measure) -> Data:
    rounding = {} if measure.digits is None else {"round to": measure.digits}
    return {"is": written_formula(measure.stated, str), **rounding}


def _none(fact: Number | Day | OneOf) -> Data:
    return {"none": fact.none} if may_be_none(fact) else {}


def _options(options: tuple[Option, ...]) -> list[Data]:
    return [{"id": option.id, "name": option.name} for option in options]


def _interpretation(decision: Interpretation, policy: Policy) -> Data:
    return {
        "id": decision.id,
        "clauses": list(decision.clauses),
        "question": printed(policy, decision.question),
        "decision": printed(policy, decision.decision),
        "reason": printed(policy, decision.reason),
        "concerns": "logic" if decision.shown else "words",
    }
