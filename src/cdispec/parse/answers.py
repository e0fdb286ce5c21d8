"""The answers of a case: from YAML or JSON to the facts of a policy."""

from __future__ import annotations

from collections.abc import Sequence as Listing
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar, assert_never

from cdispec.core.tally import Tallies
from cdispec.issues.cases import wrong_answer
from cdispec.issues.codes import malformed_code
from cdispec.issues.facts import impossible_value, unknown_option
from cdispec.issues.measures import impossible_measure
from cdispec.issues.policies import unknown_fact
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
from cdispec.model.lines import contradicted
from cdispec.model.measures import Measures
from cdispec.model.policy import Policy
from cdispec.model.records import MOST_ROWS, Declared, RecordList
from cdispec.parse.fields import Fields, one_of
from cdispec.parse.meant import answer_meant, days_meant, meaning, number_meant
from cdispec.parse.yamltree import Mapping, Scalar, Sequence, YamlNode, described
from cdispec.source import Issue, Place

_Found = TypeVar("_Found")
Answers = tuple[dict[str, Value], dict[str, Place]]
"""The answers to facts, and where each is given."""


def read_answers(
    fields: Fields, policy: Policy, request: date | None, given: Answers = ({}, {}), of_lines: bool = False
) -> Answers:
    """What is answered, in the place of what is given already; `of_lines` of a request that is stated line by line."""
    stated = fields.get("facts")
    node = None if stated is not None and stated.null else fields.mapping("facts")
    places = given[1] | ({key.text: value.place for key, value in node.pairs} if node else {})
    facts = {id: answer for id, answer in given[0].items() if places[id] == given[1][id]}
    known = answerable(policy.facts)
    for key, value in node.pairs if node else ():
        fact = known.get(key.text)
        if of := policy.lists.get(key.text):
            if not value.null and (rows := read_rows(key, value, of, request, fields.issues)) is not None:
                facts[key.text] = rows
        elif fact is None:
            worked_out = policy.asked_lines if of_lines else ()
            choice = [id for id in (*known, *policy.lists) if id not in worked_out]
            fields.issues.append(unknown_fact(key.place, key.text, choice))
        elif _is_nothing(value, fact):
            continue
        elif (answer := _answer_in_time(key, value, fact, request, fields.issues)) is not None:
            facts[key.text] = answer
    if request is not None:
        case = Case(policy.number, "", request, facts)
        tallies = Tallies(policy)
        for id, problem in tallies.problems(case).items():
            fields.issues.append(impossible_measure(places[tallies.stated_by(id, facts)], id, problem, ""))
    measures = Measures(policy)
    for id, problem in measures.worked_out(facts).problems.items():
        place = places[id] if id in facts else max(places[one] for one in measures.named(id) if one in places)
        fields.issues.append(impossible_measure(place, id, problem, measures.stated_name(id)))
    for id, why in contradicted(facts, policy.asked_lines):
        fields.issues.append(impossible_value(places[id], "yes", why))
    return facts, places


def read_rows(key: Scalar, node: YamlNode, of: RecordList, request: date | None, issues: list[Issue]) -> Rows | None:
    """The rows of a list: all of them, or those that are known of a list that may go on."""
    stated, whole = node, True
    if isinstance(node, Mapping):
        keys = [name.text for name, _ in node.pairs]
        if keys == ["none"]:
            return None if _no_value(node, of, issues) is None else Rows((), True)
        if keys == ["including"]:
            stated, whole = node.pairs[0][1], False
    if not isinstance(stated, Sequence):
        expected = "a list of its rows, or {including: [...]} where there may be others"
        if isinstance(stated, Mapping):
            issue = wrong_answer(stated.place, of.id, expected, described(stated))
            issues.append(replace(issue, hint="begin each row with `- `, and indent its fields by as much"))
            return None
        return _expect(None, stated, of, expected, issues, ["[]"] if stated.text == "none" else ())
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
    if isinstance(node, Mapping) and [key.text for key, _ in node.pairs] == ["none"] and not isinstance(fact, SetOf):
        issue = wrong_answer(node.place, fact.id, "an answer", "{none: ...}")
        hint = "facts.yaml does not say `none:` of it, so that there always is one; leave it out where it is unknown"
        issues.append(replace(issue, hint=hint))
        return None
    match fact:
        case YesNo():
            if node.boolean is None:
                # Where keys are in quotes, as in JSON, answers are written as there.
                written = "" if key.plain else "`true` or `false`"
                issue = wrong_answer(node.place, fact.id, "yes or no", described(node), written)
                issues.append(meaning(issue, node, answer_meant(node.text) if key.plain else []))
            return node.boolean
        case Number():
            number: Amount | None = node.number
            if number is None:
                expected = f"a {'whole ' if fact.whole else ''}number of {fact.unit}"
                return _expect(None, node, fact, expected, issues, number_meant(node.text, fact.unit))
            if reason := impossible_answer(number, fact):
                issues.append(impossible_value(node.place, described(node).strip("`"), reason))
                return None
            return number
        case Day():
            expected = "a date such as 2025-06-01, or a month such as 2025-06"
            return as_day(node.text) or _expect(
                as_month(node.text), node, fact, expected, issues, days_meant(node.text)
            )
        case OneOf():
            option = _expect(node.text or None, node, fact, "one of its options", issues)
            return None if option is None else _option(node, fact, issues)
        case SetOf():
            return _members(node, fact, issues)
        case _:
            assert_never(fact)


def _no_value(node: Mapping, fact: Declared, issues: list[Issue]) -> NoValue | None:
    said = Fields(node, f"the answer to `{fact.id}`", issues, ["none"]).require("none")
    if said is not None and not said.boolean:
        issue = wrong_answer(said.place, fact.id, "its answer, or {none: yes}", f"{{none: {said.text}}}")
        issues.append(replace(issue, hint="write the answer, or leave the fact out where it is unknown"))
    return NoValue() if said is not None and said.boolean else None


def _expect(
    found: _Found | None,
    node: YamlNode,
    fact: Declared,
    expected: str,
    issues: list[Issue],
    meant: Listing[str] = (),
) -> _Found | None:
    """An answer; where there is none, the node is not what the fact asks for, and may be meant as another one."""
    if found is None:
        if node.text == "none" and not isinstance(fact, RecordList) and may_be_none(fact):
            meant = ["{none: yes}"]
        issues.append(meaning(wrong_answer(node.place, fact.id, expected, described(node)), node, meant))
    return found


def _option(node: YamlNode, fact: OneOf | SetOf, issues: list[Issue]) -> str | None:
    if isinstance(fact, SetOf) and fact.codes is not None:
        code, problem, meant = read_code(node.text, fact)
        if problem:
            issues.append(malformed_code(node.place, node.text, problem, meant))
        return code or None
    if not isinstance(node, Scalar):
        issues.append(unknown_option(node.place, node.text, fact.id, [*fact.names]))
        return None
    return one_of(node, fact.names, partial(unknown_option, fact=fact.id, known=fact.names), issues)


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
