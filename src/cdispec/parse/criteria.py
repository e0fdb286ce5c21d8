"""Criteria: from the YAML of a `criteria` block to the nodes of logic."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cdispec.issues.files import duplicate_id, missing_key, nested_too_deep, wrong_kind
from cdispec.issues.policies import (
    block_without_section,
    empty_list,
    empty_period,
    guard_under_not,
    impossible_count,
    list_without_quantifier,
    no_logic,
    request_without_outcome,
    several_logics,
    several_roles,
    unknown_fact,
    unknown_outcome,
    unknown_request,
)
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    IsOneOf,
    Logic,
    Not,
    Period,
    Reference,
)
from cdispec.model.facts import Fact, YesNo
from cdispec.model.policy import LIKE_REFERENCE, Block, Classification, Otherwise, Outcome, Rule, Shared
from cdispec.parse.comparisons import KEYS, read_test
from cdispec.parse.fields import Fields, text_of
from cdispec.parse.yamltree import Mapping, Scalar, Sequence, YamlNode, described
from cdispec.source import Issue, Place

DEEPEST_CRITERION = 40
LOGIC = ("all", "any", "at least 2 of", "not", "meets", "fact")
ROLES = ("outcome", "otherwise", "classifies")
STATED = [Outcome.NECESSARY.value, Outcome.NOT_NECESSARY.value, Outcome.NOT_INDICATED.value]
SAID_OF_THE_REST = [*STATED, Outcome.NOT_ADDRESSED.value]
_COUNTED = re.compile(r"at least (\d{1,6}) of")
_BESIDE = ("id", "text", "note", "unless", "from", "until")


@dataclass(slots=True)
class CriteriaContext:
    """What is known while a policy's blocks are read: its facts and request kinds, the ids taken, the issues found.

    `lines` are those of the document, `mentions` the ids that prose and interpretations name, `references` those that
    criteria must meet.
    """

    facts: dict[str, Fact]
    requests: list[str]
    issues: list[Issue]
    lines: list[str]
    ids: dict[str, Place] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    mentions: list[tuple[str, Place]] = field(default_factory=list)
    references: list[tuple[str, Place]] = field(default_factory=list)

    def mention(self, text: str, place: Place) -> None:
        """Note the cross references in a text that begins at a place; YAML may have folded its lines."""
        for match in LIKE_REFERENCE.finditer(text):
            place = self._place_of(match[1], place)
            self.mentions.append((match[1], place))
            place = place._replace(column=place.column + 1)

    def _place_of(self, id: str, start: Place) -> Place:
        """Where the document refers to an id, from a place on; the place itself where it is written in another way."""
        for number in range(start.line, len(self.lines) + 1):
            for match in LIKE_REFERENCE.finditer(self.lines[number - 1]):
                if match[1] == id and (number, match.start() + 1) >= (start.line, start.column):
                    return Place(start.path, number, match.start() + 1)
        return start

    def take(self, id: str, label: str, place: Place) -> None:
        """Register a permanent id with its label."""
        if not id:
            return
        if id in self.ids:
            first = self.ids[id]
            self.issues.append(duplicate_id(place, id, f"line {first.line}"))
        else:
            self.ids[id] = place
            self.labels[id] = label


class Numbering:
    """Hands out the numbers of printed items through one section."""

    def __init__(self, label: str) -> None:
        self.label, self._last = label, 0

    def next(self) -> Numbering:
        """The numbering below the next printed item."""
        self._last += 1
        return Numbering(f"{self.label}.{self._last}" if self.label else str(self._last))


def read_block(node: YamlNode, section: str, numbers: Numbering, reading: CriteriaContext) -> Block | None:
    """The block that a fence states; `section` is the id of the section it stands in, and its own unless it says."""
    issues = reading.issues
    if isinstance(node, Sequence):
        issues.append(list_without_quantifier(node.place))
        return None
    if not isinstance(node, Mapping):
        issues.append(wrong_kind(node.place, "a mapping with the block's logic", described(node)))
        return None
    fields = Fields(node, "the block", issues)
    roles = [key for key in ROLES if key in fields]
    if len(roles) > 1:
        issues.append(several_roles(fields.key_place(roles[1]), roles))
    requests = _requests(fields, reading)
    role = roles[0] if roles else ""
    if not section and not numbers.label:
        issues.append(block_without_section(fields.place))
    if role == "otherwise":
        fields.allow(["id", "request", *ROLES])
        outcome = _outcome(fields, "otherwise", SAID_OF_THE_REST)
        id = fields.id("id", required=False) or section
        if id != section:
            reading.take(id, numbers.label, fields.place)
        return Otherwise(id, numbers.label, requests, outcome, fields.place) if outcome else None
    criterion = _criterion(fields, numbers, reading, Truth.FALSE, 1, section, ["request", *ROLES])
    if criterion is None:
        return None
    match role:
        case "outcome":
            decided = _outcome(fields, "outcome", STATED)
            return Rule(criterion, requests, decided) if decided else None
        case "classifies":
            return Classification(fields.text("classifies"), criterion)
        case _:
            return Shared(criterion)


def _requests(fields: Fields, reading: CriteriaContext) -> tuple[str, ...]:
    decides = "outcome" in fields or "otherwise" in fields
    node = fields.require("request") if decides else None
    if isinstance(node, Sequence) and not node.items:
        reading.issues.append(empty_list(node.place, "request"))
    found = []
    for scalar in fields.listed("request"):
        if scalar.text in reading.requests:
            found.append(scalar.text)
        else:
            reading.issues.append(unknown_request(scalar.place, scalar.text, reading.requests))
    if found and not decides:
        reading.issues.append(request_without_outcome(fields.key_place("request"), found[0]))
    return tuple(found)


def _outcome(fields: Fields, key: str, stated: list[str]) -> Outcome | None:
    text = fields.text(key)
    if text in stated:
        return Outcome(text)
    if text:
        node = fields.get(key)
        assert node is not None
        fields.issues.append(unknown_outcome(node.place, text, stated))
    return None


def _criterion(
    fields: Fields,
    numbers: Numbering,
    reading: CriteriaContext,
    set_aside: Truth,
    depth: int,
    section: str = "",
    more_keys: list[str] | None = None,
) -> Criterion | None:
    """A criterion from its fields; None, with issues, where it has no usable logic."""
    issues = reading.issues
    if depth > DEEPEST_CRITERION:
        issues.append(nested_too_deep(fields.place, DEEPEST_CRITERION))
        return None
    text = _words(fields, reading) or None
    notes = _notes(fields, reading)
    below = numbers.next() if text is not None and not section else numbers
    keys = [key.text for key, _ in fields.node.pairs if key.text in LOGIC or _COUNTED.fullmatch(key.text)]
    comparing = KEYS if "fact" in keys else ()
    counted = [key for key in keys if _COUNTED.fullmatch(key)]
    fields.allow([*(more_keys or ()), *_BESIDE, *LOGIC, *counted, *comparing])
    guard = _guard(fields, below, reading, depth)
    period = _period(fields)
    own = fields.id("id", required=False)
    if len(keys) != 1:
        found = several_logics(fields.key_place(keys[1]), keys) if keys else no_logic(fields.place, LOGIC)
        issues.append(found)
        # The clause is there, so what refers to it is not wrong.
        reading.take(own, below.label, fields.place)
        return None
    wants_id = own or section
    if not wants_id and keys[0] != "fact":
        issues.append(missing_key(fields.place, "id", f"the criterion with `{keys[0]}`"))
    if own or not section:
        # Take the id before the parts take theirs, so that a clash is told at the later place.
        own = own or _implied_id(fields)
        reading.take(own, below.label, fields.place)
    logic = _logic(keys[0], fields, below, reading, depth)
    if logic is None:
        return None
    id = own or section
    return Criterion(id, below.label, text, notes, logic, guard, period, set_aside, fields.place)


def _implied_id(fields: Fields) -> str:
    """The id of a comparison that states none: its single option, or its fact."""
    for key in ("includes", "fact"):
        node = fields.get(key)
        if isinstance(node, Scalar):
            return node.text
    return ""


def _words(fields: Fields, reading: CriteriaContext) -> str:
    node = fields.get("text")
    text = fields.text("text", required=False)
    if node is not None:
        reading.mention(text, node.place)
    return text


def _notes(fields: Fields, reading: CriteriaContext) -> tuple[str, ...]:
    node = fields.get("note")
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items:
        fields.issues.append(empty_list(node.place, "note"))
    notes = tuple(note for item in items if (note := text_of(item, "a text", fields.issues)))
    for note in notes:
        reading.mention(note, node.place)
    return notes


def _period(fields: Fields) -> Period:
    period = Period(fields.day("from", required=False), fields.day("until", required=False))
    if period.start and period.end and period.start > period.end:
        fields.issues.append(empty_period(fields.key_place("from")))
    return period


def _guard(fields: Fields, numbers: Numbering, reading: CriteriaContext, depth: int) -> Criterion | None:
    node = fields.get("unless")
    return None if node is None else _member(node, numbers, reading, Truth.FALSE, depth)


def _logic(key: str, fields: Fields, numbers: Numbering, reading: CriteriaContext, depth: int) -> Logic | None:
    node = fields.require(key)
    assert node is not None
    match key:
        case "all":
            all_of = _members(node, key, numbers, reading, Truth.TRUE, depth)
            return AllOf(all_of) if all_of else None
        case "any":
            return _any(node, numbers, reading, depth)
        case "not":
            negated = _member(node, numbers, reading, Truth.FALSE, depth)
            if negated and negated.unless:
                reading.issues.append(guard_under_not(negated.place))
            return Not(negated) if negated else None
        case "meets":
            to = fields.id("meets")
            reading.references.append((to, node.place))
            return Reference(to) if to else None
        case "fact":
            return _comparison(fields, reading)
    counted = _COUNTED.fullmatch(key)
    assert counted is not None
    of = _members(node, key, numbers, reading, Truth.FALSE, depth)
    size = len(node.items) if isinstance(node, Sequence) else 0
    if of and not 1 <= int(counted[1]) <= size:
        reading.issues.append(impossible_count(fields.key_place(key), int(counted[1]), size))
        return None
    return AtLeast(int(counted[1]), of) if of else None


def _any(node: YamlNode, numbers: Numbering, reading: CriteriaContext, depth: int) -> AnyOf | None:
    if not isinstance(node, Mapping):
        closed = _members(node, "any", numbers, reading, Truth.FALSE, depth)
        return AnyOf(closed, False) if closed else None
    fields = Fields(node, "the open list", reading.issues)
    fields.allow(["open", "of"])
    listed = fields.require("of")
    asked = fields.require("open")
    of = _members(listed, "of", numbers, reading, Truth.FALSE, depth) if listed else ()
    fact = _fact(asked, reading) if asked else None
    if asked is None or fact is None or not of:
        return None
    if not isinstance(fact, YesNo):
        reading.issues.append(
            wrong_kind(asked.place, "a yes-no fact that asks for what is not listed", described(asked))
        )
        return None
    reading.take(fact.id, numbers.label, asked.place)
    logic = Comparison(fact.id, IsOneOf(frozenset([True])))
    unlisted = Criterion(fact.id, numbers.label, None, (), logic, None, Period(), Truth.FALSE, asked.place)
    return AnyOf((*of, unlisted), True)


def _members(
    node: YamlNode, key: str, numbers: Numbering, reading: CriteriaContext, set_aside: Truth, depth: int
) -> tuple[Criterion, ...]:
    if not isinstance(node, Sequence):
        reading.issues.append(wrong_kind(node.place, "a list of criteria", described(node)))
        return ()
    if not node.items:
        reading.issues.append(empty_list(node.place, key))
    found = [_member(item, numbers, reading, set_aside, depth) for item in node.items]
    return tuple(criterion for criterion in found if criterion is not None)


def _member(
    node: YamlNode, numbers: Numbering, reading: CriteriaContext, set_aside: Truth, depth: int
) -> Criterion | None:
    if isinstance(node, Sequence):
        reading.issues.append(list_without_quantifier(node.place))
        return None
    if not isinstance(node, Mapping):
        reading.issues.append(wrong_kind(node.place, "a criterion", described(node)))
        return None
    fields = Fields(node, "the criterion", reading.issues)
    return _criterion(fields, numbers, reading, set_aside, depth + 1)


def _comparison(fields: Fields, reading: CriteriaContext) -> Comparison | None:
    node = fields.require("fact")
    if isinstance(node, Sequence):
        reading.issues.append(list_without_quantifier(node.place))
        return None
    fact = _fact(node, reading) if node else None
    if fact is None:
        return None
    test = read_test(fields, fact, reading.facts)
    return Comparison(fact.id, test) if test else None


def _fact(node: YamlNode, reading: CriteriaContext) -> Fact | None:
    if not isinstance(node, Scalar):
        reading.issues.append(wrong_kind(node.place, "the id of a fact", described(node)))
        return None
    fact = reading.facts.get(node.text)
    if fact is None:
        reading.issues.append(unknown_fact(node.place, node.text, reading.facts))
    return fact
