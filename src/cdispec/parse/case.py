"""Cases: from YAML or JSON lines to the requests to be determined."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Mapping as Facts
from collections.abc import Sequence as Listing
from datetime import date
from typing import assert_never

from cdispec.issues.cases import (
    before_first_revision,
    no_case,
    retired_policy,
    unknown_policy,
    unusable_policy,
    wrong_answer,
)
from cdispec.issues.facts import impossible_value, unknown_option
from cdispec.issues.files import not_json, wrong_kind
from cdispec.issues.policies import unknown_fact, unknown_request
from cdispec.model.case import Case
from cdispec.model.facts import (
    Amount,
    Day,
    Fact,
    Including,
    Number,
    OneOf,
    SetOf,
    Value,
    YesNo,
    as_day,
    out_of_bounds,
    too_late,
)
from cdispec.model.policy import Policy, StatePeriod, in_effect
from cdispec.parse.fields import Fields
from cdispec.parse.yamltree import Mapping, Scalar, Sequence, YamlNode, described, read_yaml
from cdispec.source import Issue, Place

_KEYS = ("policy", "request", "date", "record", "codes", "facts")

Found = list[tuple[Place, Case | None, list[Issue]]]
"""Where each case stands, and the case or its issues."""

States = Facts[str, Listing[StatePeriod]]
"""The states of each policy that decide, oldest first: the date of the request chooses among them."""

CaseReader = Callable[[str, str, States, int], Found]


def read_json_line(text: str, path: str, policies: States, line: int) -> Found:
    """The case on a line of JSON. JSON is YAML, but not all YAML is JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(path, line, error.colno)
        return [(place, None, [not_json(place, error.msg.lower())])]
    except (RecursionError, ValueError):
        # It is nested too deep or a number is too long: the reader of cases says so.
        pass
    return read_cases(text, path, policies, line)


def read_cases(text: str, path: str, policies: States, line: int = 1) -> Found:
    """Every case of a text that begins at a line of a file: one a YAML document, or a list of them.

    A case with issues is None, and the others are read all the same.
    """
    documents, issues = read_yaml(text, path, line)
    found: Found = []
    for document in documents:
        for node in document.items if isinstance(document, Sequence) else (document,):
            found.append((node.place, *_case(node, policies)))
    if issues:
        found.append((issues[0].place, None, issues))
    if not found:
        found.append((Place(path, line), None, [no_case(Place(path, line))]))
    return _with_duplicates_told(found, issues)


def _with_duplicates_told(found: Found, issues: Listing[Issue]) -> Found:
    """A duplicate key or alias is told by the YAML reader; the case it stands in must not pass without it."""
    if not issues or len(found) < 2:
        return found
    place = issues[0].place
    before = [n for n, (start, _, _) in enumerate(found[:-1]) if start <= place]
    if before:
        start, _, told = found[before[-1]]
        found[before[-1]] = (start, None, [*told, *issues])
        found.pop()
    return found


def _case(node: YamlNode, policies: States) -> tuple[Case | None, list[Issue]]:
    issues: list[Issue] = []
    if not isinstance(node, Mapping):
        empty = isinstance(node, Scalar) and not node.text
        issues.append(no_case(node.place) if empty else wrong_kind(node.place, "a case", described(node)))
        return None, issues
    fields = Fields(node, "the case", issues)
    fields.allow(_KEYS)
    number = fields.text("policy")
    states = policies.get(number, ())
    if number and not states:
        issues.append(unknown_policy(_place(fields, "policy"), number, policies))
    request = fields.text("request")
    day = fields.day("date")
    policy = _state(states, day)
    if states and policy is None:
        issues.append(unusable_policy(_place(fields, "policy"), number))
    if policy is not None and request and request not in policy.requests:
        issues.append(unknown_request(_place(fields, "request"), request, policy.requests))
    if states and day is not None:
        place = _place(fields, "date")
        if day < states[0].since:
            issues.append(before_first_revision(place, day.isoformat(), states[0].since.isoformat()))
        elif policy is not None and policy.retired:
            issues.append(_retired(place, policy, states))
    record = fields.text("record", required=False) or "open"
    if record not in ("open", "complete"):
        issues.append(wrong_kind(_place(fields, "record"), "`open` or `complete`", f"`{record}`"))
    codes = tuple(code.text.upper() for code in fields.listed("codes"))
    facts = _facts(fields, policy, day) if policy is not None else {}
    if issues or policy is None or day is None:
        return None, issues
    return Case(number, request, day, facts, record == "complete", codes), issues


def _state(states: Listing[StatePeriod], day: date | None) -> Policy | None:
    """The state that the day of the request chooses; where it chooses none, the one that the rest is read by."""
    if not states:
        return None
    period = states[-1] if day is None else in_effect(states, day) or states[0]
    return period.read()


def _retired(place: Place, policy: Policy, states: Listing[StatePeriod]) -> Issue:
    """A policy may be revised while it is retired; it is retired from the first of these revisions on."""
    if policy.in_effect is None:
        return retired_policy(place, policy.number)
    since, last = policy.in_effect, ""
    for period in reversed([period for period in states if period.since < since]):
        state = period.read()
        if state is None or not state.retired:
            last = period.since.isoformat()
            break
        since = period.since
    return retired_policy(place, policy.number, since.isoformat(), last)


def _place(fields: Fields, key: str) -> Place:
    node = fields.get(key)
    return node.place if node else fields.place


def _facts(fields: Fields, policy: Policy, request: date | None) -> dict[str, Value]:
    node = fields.mapping("facts")
    facts: dict[str, Value] = {}
    for key, value in node.pairs if node else ():
        fact = policy.facts.get(key.text)
        if fact is None:
            fields.issues.append(unknown_fact(key.place, key.text, policy.facts))
        elif (answer := _answer(value, fact, fields.issues)) is not None:
            facts[key.text] = answer
            if request is not None and (reason := too_late(answer, fact, request)):
                fields.issues.append(impossible_value(value.place, described(value).strip("`"), reason))
    return facts


def _answer(node: YamlNode, fact: Fact, issues: list[Issue]) -> Value | None:
    match fact:
        case YesNo():
            answer = node.boolean if isinstance(node, Scalar) else None
            if answer is None:
                issues.append(wrong_answer(node.place, fact.id, "yes or no", described(node)))
            return answer
        case Number():
            return _number(node, fact, issues)
        case Day():
            day: date | None = as_day(node.text) if isinstance(node, Scalar) else None
            if day is None:
                issues.append(wrong_answer(node.place, fact.id, "a date such as 2025-06-01", described(node)))
            return day
        case OneOf(options=options):
            if not isinstance(node, Scalar) or not node.text:
                issues.append(wrong_answer(node.place, fact.id, "one of its options", described(node)))
                return None
            return _option(node, fact.id, [option.id for option in options], issues)
        case SetOf():
            return _members(node, fact, issues)
        case _:
            assert_never(fact)


def _number(node: YamlNode, fact: Number, issues: list[Issue]) -> Amount | None:
    number = node.number if isinstance(node, Scalar) else None
    if number is None:
        issues.append(wrong_answer(node.place, fact.id, f"a number of {fact.unit}", described(node)))
        return None
    if reason := out_of_bounds(number, fact):
        issues.append(impossible_value(node.place, described(node).strip("`"), reason))
        return None
    return number


def _option(node: Scalar, fact: str, known: list[str], issues: list[Issue]) -> str | None:
    if node.text in known:
        return node.text
    issues.append(unknown_option(node.place, node.text, fact, known))
    return None


def _members(node: YamlNode, fact: SetOf, issues: list[Issue]) -> frozenset[str] | Including | None:
    if isinstance(node, Mapping):
        fields = Fields(node, f"the answer to `{fact.id}`", issues)
        fields.allow(["including"])
        inner = fields.require("including")
        listed = _members(inner, fact, issues) if inner is not None and not isinstance(inner, Mapping) else None
        return Including(listed) if isinstance(listed, frozenset) else None
    if not isinstance(node, Sequence):
        expected = "a list of its options, such as [a, b], or {including: [a]} where there may be more"
        issues.append(wrong_answer(node.place, fact.id, expected, described(node)))
        return None
    known = [option.id for option in fact.options]
    members = set()
    for item in node.items:
        if not isinstance(item, Scalar):
            issues.append(wrong_answer(item.place, fact.id, "the id of an option", described(item)))
        elif (option := _option(item, fact.id, known, issues)) is not None:
            members.add(option)
    return frozenset(members)
