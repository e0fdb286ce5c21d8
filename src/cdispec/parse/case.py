"""Cases: from YAML or JSON lines to the requests to be determined."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Mapping as Facts
from collections.abc import Sequence as Listing
from datetime import date
from typing import NamedTuple, TypeVar, assert_never

from cdispec.core.tally import Tallies
from cdispec.issues.cases import (
    before_first_revision,
    no_case,
    nothing_published,
    retired_policy,
    unknown_policy,
    unusable_policy,
    wrong_answer,
)
from cdispec.issues.codes import malformed_code
from cdispec.issues.facts import impossible_value, unknown_option
from cdispec.issues.files import not_json, wrong_kind
from cdispec.issues.measures import impossible_measure
from cdispec.issues.policies import unknown_fact, unknown_request
from cdispec.issues.records import too_many_rows, unknown_field
from cdispec.model.case import Case
from cdispec.model.cells import read_code
from cdispec.model.facts import (
    Amount,
    Day,
    Fact,
    Including,
    NoValue,
    Number,
    OneOf,
    Rows,
    SetOf,
    Value,
    YesNo,
    answerable,
    as_day,
    as_month,
    impossible_answer,
    may_be_none,
    too_late,
)
from cdispec.model.measures import Measures
from cdispec.model.periods import StatePeriod, deciding, former_text, in_effect
from cdispec.model.policy import Policy
from cdispec.model.records import MOST_ROWS, Declared, RecordList
from cdispec.parse.fields import Fields, fields_of
from cdispec.parse.yamltree import Mapping, Scalar, Sequence, YamlNode, described, read_yaml
from cdispec.source import Issue, Place

_KEYS = ("id", "policy", "request", "date", "known_on", "record", "codes", "facts")

_Found = TypeVar("_Found")


class ReadCase(NamedTuple):
    """Where a case stands, and the case or its issues; `id` is its own name, which is read where the rest cannot be."""

    place: Place
    case: Case | None
    issues: list[Issue]
    id: str = ""


Found = list[ReadCase]
"""The cases of a text, in their order."""

States = Facts[str, Listing[StatePeriod]]
"""The states of each policy that decide, oldest first: the date of the request chooses among them."""

CaseReader = Callable[[str, str, States, int, date | None], Found]


def read_json_line(text: str, path: str, policies: States, line: int, known_on: date | None = None) -> Found:
    """The case on a line of JSON. JSON is YAML, but not all YAML is JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(path, line, error.colno)
        return [ReadCase(place, None, [not_json(place, error.msg.lower())])]
    except (RecursionError, ValueError):
        # It is nested too deep or a number is too long: the reader of cases says so.
        pass
    return read_cases(text, path, policies, line, known_on)


def read_cases(text: str, path: str, policies: States, line: int = 1, known_on: date | None = None) -> Found:
    """Every case of a text that begins at a line of a file: one a YAML document, or a list of them.

    A case with issues is None, and the others are read all the same. One that does not say what was known on which day
    is read as known on the day that is given.
    """
    documents, issues = read_yaml(text, path, line)
    found: Found = []
    for document in documents:
        for node in document.items if isinstance(document, Sequence) else (document,):
            found.append(_case(node, policies, known_on))
    if issues:
        found.append(ReadCase(issues[0].place, None, issues))
    if not found:
        found.append(ReadCase(Place(path, line), None, [no_case(Place(path, line))]))
    return _with_duplicates_told(found, issues)


def _with_duplicates_told(found: Found, issues: Listing[Issue]) -> Found:
    """A duplicate key or alias is told by the YAML reader; the case it stands in must not pass without it."""
    before = [n for n, one in enumerate(found[:-1]) if issues and one.place <= issues[0].place]
    if before:
        one = found[before[-1]]
        found[before[-1]] = one._replace(case=None, issues=[*one.issues, *issues])
        found.pop()
    return found


def _case(node: YamlNode, policies: States, known_on: date | None) -> ReadCase:
    issues: list[Issue] = []
    if isinstance(node, Scalar) and not node.text:
        return ReadCase(node.place, None, [no_case(node.place)])
    fields = fields_of(node, "the case", "a case", issues, _KEYS)
    if fields is None:
        return ReadCase(node.place, None, issues)
    fields.drop_null(["id", "known_on", "record", "codes"])
    number = fields.text("policy")
    published = policies.get(number, ())
    if number and not published:
        issues.append(unknown_policy(fields.at("policy"), number, policies))
    request, day = fields.text("request"), fields.day("date")
    known_on = fields.day("known_on", required=False) or known_on
    states = deciding(published, known_on)
    if published and not states and known_on is not None:
        first = min((state.known for state in published if state.known), default=None)
        issues.append(
            nothing_published(fields.at("known_on"), known_on.isoformat(), first.isoformat() if first else "")
        )
    policy = _state(states, day)
    if policy is not None and policy.others and known_on is not None:
        reason = f"policy `{number}` asks others, whose revisions are chosen by the date of the request alone"
        issues.append(impossible_value(fields.at("known_on"), known_on.isoformat(), reason))
    if states and policy is None:
        issues.append(unusable_policy(fields.at("policy"), number))
    if policy is not None and request and request not in policy.requests:
        issues.append(unknown_request(fields.at("request"), request, policy.requests))
    if states and day is not None:
        place = fields.at("date")
        if day < states[0].since:
            former = former_text(policy, day) if policy else ""
            issues.append(before_first_revision(place, day.isoformat(), states[0].since.isoformat(), former))
        elif policy is not None and policy.retired:
            issues.append(_retired(place, policy, states))
    record = fields.text("record", required=False) or "open"
    if record not in ("open", "complete"):
        issues.append(wrong_kind(fields.at("record"), "`open` or `complete`", f"`{record}`"))
    codes = tuple(code.text.upper() for code in fields.listed("codes"))
    facts = _facts(fields, policy, day) if policy is not None else {}
    id = fields.text("id", required=False)
    case = None
    if not issues and policy is not None and day is not None:
        case = Case(number, request, day, facts, record == "complete", codes, id, known_on)
    return ReadCase(node.place, case, issues, id)


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


def _facts(fields: Fields, policy: Policy, request: date | None) -> dict[str, Value]:
    stated = fields.get("facts")
    node = None if stated is not None and stated.null else fields.mapping("facts")
    facts: dict[str, Value] = {}
    known = answerable(policy.facts)
    for key, value in node.pairs if node else ():
        fact = known.get(key.text)
        if of := policy.lists.get(key.text):
            if not value.null and (rows := read_rows(key, value, of, request, fields.issues)) is not None:
                facts[key.text] = rows
        elif fact is None:
            fields.issues.append(unknown_fact(key.place, key.text, [*known, *policy.lists]))
        elif _is_nothing(value, fact):
            continue
        elif (answer := _answer_in_time(key, value, fact, request, fields.issues)) is not None:
            facts[key.text] = answer
    places = {key.text: value.place for key, value in node.pairs} if node else {}
    if request is not None:
        case = Case(policy.number, "", request, facts)
        tallies = Tallies(policy)
        for id, problem in tallies.problems(case).items():
            fields.issues.append(impossible_measure(places[tallies.stated_by(id, facts)], id, problem, ""))
    measures = Measures(policy)
    for id, problem in measures.worked_out(facts).problems.items():
        place = places[id] if id in facts else max(places[one] for one in measures.named(id) if one in places)
        fields.issues.append(impossible_measure(place, id, problem, measures.stated_name(id)))
    return facts


def read_rows(key: Scalar, node: YamlNode, of: RecordList, request: date | None, issues: list[Issue]) -> Rows | None:
    """The rows of a list: all of them, or those that are known of a list that may go on."""
    stated, whole = node, True
    if isinstance(node, Mapping):
        keys = [name.text for name, _ in node.pairs]
        if keys == ["none"]:
            return None if _no_value(node, of, issues) is None else Rows((), True)
        inner = Fields(node, f"the answer to `{of.id}`", issues, ["including"]).require("including")
        if inner is None:
            return None
        stated, whole = inner, False
    if not isinstance(stated, Sequence):
        expected = "a list of its rows, or {including: [...]} where there may be others"
        return _expect(None, stated, of, expected, issues)
    if len(stated.items) > MOST_ROWS:
        issues.append(too_many_rows(stated.place, of.id, len(stated.items), MOST_ROWS))
        return None
    return Rows(tuple(_row(key, item, of, request, issues) for item in stated.items), whole)


def _row(
    key: Scalar, node: YamlNode, of: RecordList, request: date | None, issues: list[Issue]
) -> tuple[tuple[str, Value], ...]:
    """What a row answers, in the order in which its list declares the fields."""
    fields = node if isinstance(node, Mapping) else _expect(None, node, of, "rows, each with its fields", issues)
    answers: dict[str, Value] = {}
    for name, value in fields.pairs if fields else ():
        if name.text not in of.fields:
            issues.append(unknown_field(name.place, name.text, of.id, of.fields))
        elif _is_nothing(value, of.fields[name.text]):
            continue
        elif (answer := _answer_in_time(key, value, of.fields[name.text], request, issues)) is not None:
            answers[name.text] = answer
    return tuple((name, answers[name]) for name in of.fields if name in answers)


def _is_nothing(node: YamlNode, fact: Fact) -> bool:
    """Whether what is recorded is nothing, so that it is not known."""
    return node.null and not (isinstance(fact, OneOf) and node.text in fact.names)


def _answer_in_time(key: Scalar, node: YamlNode, fact: Fact, request: date | None, issues: list[Issue]) -> Value | None:
    """An answer to a fact; one that lies after the request, where that cannot be, is an issue as well."""
    answer = _answer(key, node, fact, issues)
    if answer is not None and request is not None and (reason := too_late(answer, fact, request)):
        issues.append(impossible_value(node.place, described(node).strip("`"), reason))
    return answer


def _answer(key: Scalar, node: YamlNode, fact: Fact, issues: list[Issue]) -> Value | None:
    if isinstance(node, Mapping) and may_be_none(fact):
        return _no_value(node, fact, issues)
    match fact:
        case YesNo():
            if node.boolean is None:
                # Where keys are in quotes, as in JSON, answers are written as there.
                written = "" if key.plain else "`true` or `false`"
                issues.append(wrong_answer(node.place, fact.id, "yes or no", described(node), written))
            return node.boolean
        case Number():
            number: Amount | None = node.number
            if number is None:
                return _expect(None, node, fact, f"a {'whole ' if fact.whole else ''}number of {fact.unit}", issues)
            if reason := impossible_answer(number, fact):
                issues.append(impossible_value(node.place, described(node).strip("`"), reason))
                return None
            return number
        case Day():
            expected = "a date such as 2025-06-01, or a month such as 2025-06"
            return as_day(node.text) or _expect(as_month(node.text), node, fact, expected, issues)
        case OneOf():
            option = _expect(node.text or None, node, fact, "one of its options", issues)
            return None if option is None else _option(node, fact, issues)
        case SetOf():
            return _members(node, fact, issues)
        case _:
            assert_never(fact)


def _no_value(node: Mapping, fact: Declared, issues: list[Issue]) -> NoValue | None:
    said = Fields(node, f"the answer to `{fact.id}`", issues, ["none"]).require("none")
    if said is None:
        return None
    return _expect(NoValue() if said.boolean else None, said, fact, "yes: there is none", issues)


def _expect(found: _Found | None, node: YamlNode, fact: Declared, expected: str, issues: list[Issue]) -> _Found | None:
    """An answer; where there is none, the node is not what the fact asks for."""
    if found is None:
        issues.append(wrong_answer(node.place, fact.id, expected, described(node)))
    return found


def _option(node: YamlNode, fact: OneOf | SetOf, issues: list[Issue]) -> str | None:
    if isinstance(fact, SetOf) and fact.codes is not None:
        code, problem, meant = read_code(node.text, fact)
        if problem:
            issues.append(malformed_code(node.place, node.text, problem, meant))
        return code or None
    if node.text in fact.names:
        return node.text
    issues.append(unknown_option(node.place, node.text, fact.id, [*fact.names]))
    return None


def _members(node: YamlNode, fact: SetOf, issues: list[Issue]) -> frozenset[str] | Including | None:
    if isinstance(node, Mapping):
        inner = Fields(node, f"the answer to `{fact.id}`", issues, ["including"]).require("including")
        listed = _members(inner, fact, issues) if inner is not None and not isinstance(inner, Mapping) else None
        return Including(listed) if isinstance(listed, frozenset) else None
    if not isinstance(node, Sequence):
        one, other = ("a", "b") if fact.codes is None else ("E66.01", "I10")
        expected = f"a list of its {'options' if fact.codes is None else 'codes'}, such as [{one}, {other}], or "
        expected += f"{{including: [{one}]}} where there may be more"
        return _expect(None, node, fact, expected, issues)
    members = set()
    for item in node.items:
        if not isinstance(item, Scalar):
            _expect(None, item, fact, "the id of an option" if fact.codes is None else "a code", issues)
        elif (option := _option(item, fact, issues)) is not None:
            members.add(option)
    return frozenset(members)
