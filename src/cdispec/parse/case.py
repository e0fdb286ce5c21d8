"""Cases: from YAML or JSON lines to the requests to be determined."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Mapping as Facts
from collections.abc import Sequence as Listing
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from cdispec.issues.cases import (
    before_first_revision,
    no_case,
    nothing_published,
    retired_policy,
    unknown_policy,
    unusable_policy,
)
from cdispec.issues.catalogue import did_you_mean
from cdispec.issues.facts import impossible_value
from cdispec.issues.files import duplicate_id, not_json, unknown_key, wrong_kind
from cdispec.issues.lines import answered_by_lines, misplaced_line
from cdispec.issues.policies import empty_list, unknown_request
from cdispec.issues.records import too_many_rows
from cdispec.model.case import MOST_LINES, Case, Line, Lines
from cdispec.model.periods import StatePeriod, deciding, former_text, in_effect
from cdispec.model.policy import Policy
from cdispec.parse.answers import Answers, read_answers
from cdispec.parse.fields import Fields, fields_of, of_kind
from cdispec.parse.yamltree import Mapping, Scalar, Sequence, YamlNode, described, read_yaml
from cdispec.source import Issue, Place

_KEYS = ("id", "policy", "request", "lines", "line", "date", "known_on", "record", "codes", "facts")
_OF_A_LINE = ("id", "request", "facts")


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
    documents, slips = read_yaml(text, path, line)
    nodes = [
        node for document in documents for node in (document.items if isinstance(document, Sequence) else (document,))
    ]
    found = []
    for number, node in enumerate(nodes):
        after = nodes[number + 1].place if number + 1 < len(nodes) else None
        inside = [slip for slip in slips if node.place <= slip.place and (after is None or slip.place < after)]
        cases = _cases(node, policies, known_on)
        if inside:
            # What is wrong with the text is reported of the case in which it stands, which must not pass without it.
            issues = dict.fromkeys(issue for case in cases for issue in case.issues)
            cases = [ReadCase(node.place, None, [*issues, *inside], cases[0].id)]
        found += cases
    before = [slip for slip in slips if not nodes or slip.place < nodes[0].place]
    if before:
        found.insert(0, ReadCase(before[0].place, None, before))
    return found or [ReadCase(Place(path, line), None, [no_case(Place(path, line))])]


def _cases(node: YamlNode, policies: States, known_on: date | None) -> Found:
    """The case that a node states, or one for each of its lines."""
    issues: list[Issue] = []
    if isinstance(node, Scalar) and not node.text:
        return [ReadCase(node.place, None, [no_case(node.place)])]
    fields = fields_of(node, "the case", "a case", issues, _KEYS)
    if fields is None:
        return [ReadCase(node.place, None, issues)]
    fields.drop_null(["id", "known_on", "record", "codes", "lines", "line"])
    number = fields.text("policy")
    published = policies.get(number, ())
    if number and not published:
        issues.append(unknown_policy(fields.at("policy"), number, policies))
    request, day = _request(fields), fields.day("date")
    for key, other, wanted in (("request", "lines", False), ("line", "lines", True)):
        if isinstance(fields.get(key), Scalar) and (other in fields) is not wanted:
            beside = "beside" if not wanted else "without"
            issues.append(misplaced_line(fields.key_place(key), f"`{key}:` is given {beside} `{other}:`"))
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
    answers = read_answers(fields, policy, day, of_lines="lines" in fields) if policy is not None else ({}, {})
    lines = _lines(fields, policy, day, answers) if policy is not None and "lines" in fields else None
    id = fields.text("id", required=False)
    if issues or policy is None or day is None:
        return [ReadCase(node.place, None, list(dict.fromkeys(issues)), id)]
    case = Case(number, request, day, answers[0], record == "complete", codes, id, known_on)
    if lines is None:
        return [ReadCase(node.place, case, issues, id)]
    places, stated = lines
    own = [fields.text("line")] if "line" in fields else [line.name for line in stated.all]
    return [
        ReadCase(
            place, replace(case, request=line.request, facts=line.facts, lines=replace(stated, own=line.name)), [], id
        )
        for place, line in zip(places, stated.all, strict=True)
        if line.name in own
    ]


def _lines(fields: Fields, policy: Policy, day: date | None, given: Answers) -> tuple[list[Place], Lines] | None:
    """The lines of a request, and where each stands; None with issues where they cannot be read.

    What the case answers holds for each line that does not answer it itself.
    """
    node, whole, issues = fields["lines"], True, fields.issues
    expected = "a list of lines, or {including: [...]} where there may be others"
    if isinstance(node, Mapping):
        if [key.text for key, _ in node.pairs] != ["including"]:
            hint = "begin each line with `- `, as in `- request: ...`"
            issues.append(replace(wrong_kind(node.place, expected, described(node)), hint=hint))
            return None
        node, whole = node.pairs[0][1], False
    listed = of_kind(Sequence, node, expected, issues)
    if listed is None:
        return None
    if not listed.items:
        issues.append(replace(empty_list(node.place, "lines"), hint="add a line, or write `request:` in its place"))
    if len(listed.items) > MOST_LINES:
        issues.append(too_many_rows(node.place, "lines", len(listed.items), MOST_LINES))
        return None
    issues += [_worked_out(given[1][id], id, policy) for id in given[0] if id in policy.asked_lines]
    places: dict[str, Place] = {}
    found = []
    for number, item in enumerate(listed.items, 1):
        if isinstance(item, Scalar) and item.text in policy.requests:
            issue = wrong_kind(item.place, "a line with its request", described(item))
            issues.append(replace(issue, hint=f"write `- request: {item.text}`"))
            continue
        of = fields_of(item, "the line", "a line with its request", issues, _OF_A_LINE)
        if of is None:
            continue
        of.drop_null(["id", "facts"])
        if "kind" in of and "request" not in of:
            issues[:] = [one for one in issues if one.place != of.key_place("kind")]
            issues.append(unknown_key(of.key_place("kind"), "kind", ["request"]))
        name, request = of.text("id", required=False) or str(number), of.text("request", "kind" not in of)
        if name in places:
            issues.append(duplicate_id(of.at("id"), name, f"line {places[name].line}"))
        if request and request not in policy.requests:
            issues.append(unknown_request(of.at("request"), request, policy.requests))
        places[name] = of.place
        facts, own = read_answers(of, policy, day, given, of_lines=True) if "facts" in of else given
        issues += [_worked_out(own[id], id, policy) for id in facts if id in policy.asked_lines and id not in given[0]]
        found.append(Line(name, request, facts))
    named = fields.get("line")
    if isinstance(named, Sequence):
        issue = wrong_kind(named.place, "the name of one line", "a list")
        issues.append(replace(issue, hint="name one line, or leave `line:` out to determine all of them"))
    own_name = "" if isinstance(named, Sequence) else fields.text("line", required=False)
    if own_name and own_name not in places:
        issue = misplaced_line(fields.at("line"), f"there is no line `{own_name}`")
        issues.append(replace(issue, hint=did_you_mean(own_name, places, "name one of its lines")))
    return [*places.values()], Lines("", tuple(found), whole)


def _request(fields: Fields) -> str:
    """The kind of the request; "" of one that is stated line by line."""
    stated, several = fields.get("request"), fields.get("line")
    if isinstance(stated, Sequence):
        issue = wrong_kind(stated.place, "one kind of request", "a list")
        fields.issues.append(replace(issue, hint="write `lines:`, with `- request: ...` for each"))
        return ""
    if isinstance(several, Sequence) and "lines" not in fields and stated is None:
        fields.issues.append(unknown_key(fields.key_place("line"), "line", ["lines"]))
        return ""
    return fields.text("request", "lines" not in fields)


def _worked_out(place: Place, fact: str, policy: Policy) -> Issue:
    return answered_by_lines(place, fact, policy.asked_lines[fact].named)


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
