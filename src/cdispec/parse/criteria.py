"""Criteria: from the YAML of a `criteria` block to the nodes of logic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from cdispec.issues.files import duplicate_id, nested_too_deep, wrong_kind
from cdispec.issues.others import nothing_dated
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
from cdispec.issues.records import list_as_fact, not_of_a_row, unknown_list
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
    OfRows,
    Period,
    Quantity,
    Reference,
    walk,
)
from cdispec.model.facts import REQUEST, REQUEST_DATE, Day, Fact, Number, YesNo
from cdispec.model.labels import USUAL, Numbering, document_numbering
from cdispec.model.limits import Grant
from cdispec.model.others import other_reference
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import (
    EVERY_REQUEST,
    LIKE_REFERENCE,
    Classification,
    LogicBlock,
    Otherwise,
    RequestKind,
    Rule,
    Shared,
)
from cdispec.model.records import MOST_ROWS, RecordList
from cdispec.model.sentences import listed
from cdispec.parse.astray import field_hint, led_inside
from cdispec.parse.beside import misread_formula, read_beside, stated_beside
from cdispec.parse.codes import CodeSets
from cdispec.parse.comparisons import KEYS, read_test
from cdispec.parse.fields import Fields, expect, fields_of, items_of, of_kind, one_of, text_of
from cdispec.parse.ids import COUNTED
from cdispec.parse.limits import GrantReader
from cdispec.parse.lines import LineReader
from cdispec.parse.tables import TableRow
from cdispec.parse.yamltree import Mapping as YamlMapping
from cdispec.parse.yamltree import Scalar, Sequence, YamlNode, shortened
from cdispec.source import Issue, Place

DEEPEST_CRITERION = 40
OF_ROWS = {quantity.value: quantity for quantity in Quantity if quantity is not Quantity.AT_LEAST}
LOGIC = ("all", "any", "at least 2 of", "not", "meets", "requested", "fact", *OF_ROWS)
ROLES = ("outcome", "otherwise", "classifies")
_BESIDE = ("id", "text", "note", "unless", "from", "until", "as of")
_EVERY_KEY = frozenset(["request", "granted", *ROLES, *_BESIDE, *LOGIC, *KEYS])
_NOT_OF_A_ROW = ("unless", "from", "until", "as of", "meets", "requested", *OF_ROWS)


class CriteriaReader:
    """Reads the blocks of a policy, and keeps what the rest of its document has to do with them.

    `derived` gives the ids of criteria that state none, by where they begin, `tables` the rows that each section prints
    in tables. `ids` are the ids taken, `mentions` those that prose and interpretations name, `references` those that
    criteria must meet, `of_lines` reads what they ask of other lines of a request. What is wrong is added to `issues`.
    `outcomes` are those that a clause can state, by their names, `lines` those of the document, `sets` the code sets
    that it may ask for.
    """

    def __init__(
        self,
        facts: dict[str, Fact],
        lists: Mapping[str, RecordList],
        requests: Mapping[str, RequestKind],
        outcomes: Iterable[Outcome],
        issues: list[Issue],
        lines: list[str],
        sets: CodeSets,
    ) -> None:
        self.facts, self.lists, self.requests, self.issues, self.lines = facts, lists, requests, issues, lines
        self.sets, self._of_a_row = sets, False
        self.of_lines = LineReader(requests, issues)
        self.outcomes = {outcome.value: outcome for outcome in outcomes}
        self.derived: Mapping[Place, str] = {}
        self.tables: Mapping[str, list[TableRow]] = {}
        self.ids: dict[str, Place] = {}
        self.labels: dict[str, str] = {}
        self.mentions: list[tuple[str, Place]] = []
        self.references: list[tuple[str, Place]] = []

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
        if id in self.ids:
            self.issues.append(duplicate_id(place, id, f"line {self.ids[id].line}"))
        elif id:
            self.ids[id], self.labels[id] = place, label

    def block(self, node: YamlNode, section: str, numbers: Numbering) -> LogicBlock | None:
        """The block that a fence states; `section` is the id of the section it is in, and its own unless it says."""
        fields = self._fields(node, "the block", "a mapping with the block's logic")
        if fields is None:
            return None
        roles = [key for key in ROLES if key in fields]
        if len(roles) > 1 and roles != ["outcome", "otherwise"]:
            self.issues.append(several_roles(fields.key_place(roles[1]), roles))
        requests = self._requests(fields)
        role = roles[0] if roles else ""
        if not section and not numbers.label:
            self.issues.append(block_without_section(fields.place))
        if role == "otherwise":
            fields.allow(["id", "request", *ROLES])
            outcome = self._outcome(fields, "otherwise")
            id = self._id(fields)
            if id != section:
                self.take(id, numbers.label, fields.place)
            return Otherwise(id, numbers.label, requests, outcome, fields.place) if outcome else None
        criterion = self._criterion(fields, numbers, Truth.FALSE, 1, section)
        if criterion is None:
            return None
        if role == "outcome":
            decided = self._outcome(fields, "outcome")
            rest = self._outcome(fields, "otherwise") if "otherwise" in fields else None
            return Rule(criterion, requests, decided, rest, self._grant(fields, decided)) if decided else None
        if "granted" in fields:
            expect(None, fields["granted"], "limits only where an `outcome:` grants", self.issues)
        return Classification(fields.text("classifies"), criterion) if role else Shared(criterion)

    def _grant(self, fields: Fields, outcome: Outcome) -> Grant | None:
        node = fields.get("granted")
        if node is not None and not outcome.grants:
            expect(None, node, "limits only where an `outcome:` grants", self.issues)
        reader = GrantReader(self.facts, self.tables, self.references, self.mentions, self.issues)
        return None if node is None else reader.grant(node)

    def _id(self, fields: Fields) -> str:
        return fields.id("id", required=False) or self.derived.get(fields.place, "")

    def _fields(self, node: YamlNode, of: str, expected: str) -> Fields | None:
        if isinstance(node, Sequence):
            self.issues.append(list_without_quantifier(node.place))
            return None
        fields = fields_of(node, of, expected, self.issues)
        if fields is not None:
            fields.respell(_EVERY_KEY)
        return fields

    def _requests(self, fields: Fields) -> tuple[str, ...]:
        decides = "outcome" in fields or "otherwise" in fields
        node = fields.require("request", decides)
        if isinstance(node, Sequence) and not node.items and decides:
            self.issues.append(empty_list(node.place, "request"))
        stated = fields.listed("request")
        if [scalar.text for scalar in stated] == [EVERY_REQUEST] and decides:
            return tuple(self.requests)
        found = tuple(scalar.text for scalar in stated if scalar.text in self.requests)
        unknown = (scalar for scalar in stated if scalar.text not in self.requests)
        self.issues += [unknown_request(scalar.place, scalar.text, self.requests) for scalar in unknown]
        if found and not decides:
            self.issues.append(request_without_outcome(fields.key_place("request"), found[0]))
        return found

    def _outcome(self, fields: Fields, key: str) -> Outcome | None:
        text = fields.text(key)
        if text and text not in self.outcomes:
            self.issues.append(unknown_outcome(fields.at(key), text, self.outcomes))
        return self.outcomes.get(text)

    def _criterion(
        self, fields: Fields, numbers: Numbering, set_aside: Truth, depth: int, section: str = ""
    ) -> Criterion | None:
        """A criterion from its fields, that of a block at depth 1; None, with issues, where it has no usable logic."""
        place = fields.place
        if depth > DEEPEST_CRITERION:
            self.issues.append(nested_too_deep(place, DEEPEST_CRITERION))
            return None
        text, notes = self._text(fields), self._notes(fields)
        below = numbers.item() if text is not None and not section else numbers
        counted = [key for key in fields if COUNTED.fullmatch(key)]
        keys = [key for key in fields if key in LOGIC or key in counted]
        of_block = ("request", "granted", *ROLES) if depth == 1 else ()
        told = len(self.issues)
        fields.allow([*of_block, *_BESIDE, *LOGIC, *counted, *(KEYS if "fact" in keys else ())])
        unless = fields.get("unless")
        guard = None if unless is None else self._member(unless, below, Truth.FALSE, depth)
        period = Period(fields.day("from", required=False), fields.day("until", required=False))
        if period.start and period.end and period.start > period.end:
            self.issues.append(empty_period(fields.key_place("from")))
        if self._of_a_row:
            self.issues += [not_of_a_row(fields.key_place(key), key) for key in fields if key in _NOT_OF_A_ROW]
        own = self._id(fields)
        # The clause is there, so what refers to it is not wrong. Its parts take theirs later: a clash is told there.
        if own != section:
            self.take(own, below.label, place)
        if len(keys) != 1:
            wrong = several_logics(fields.key_place(keys[1]), keys) if keys else no_logic(place, LOGIC)
            self.issues.append(wrong)
        self.issues[told:] = led_inside(self.issues[told:], fields, keys, (*OF_ROWS, *counted))
        if len(keys) != 1:
            return None
        logic = self._logic(keys[0], fields, below, depth)
        if logic is None:
            return None
        made = Criterion(own, below.label, text, notes, logic, guard, period, set_aside, place)
        return replace(made, as_of=self._as_of(fields, made)) if "as of" in fields else made

    def _as_of(self, fields: Fields, criterion: Criterion) -> str:
        """The date fact as of whose day the dates in a criterion are asked."""
        node = fields["as of"]
        fact = self._fact(node)
        if fact is not None and not isinstance(fact, Day):
            expect(None, node, "a date fact, on whose day the dates of service are asked", self.issues)
        if not any(part.valid != Period() or isinstance(part.logic, Reference) for part in walk(criterion)):
            self.issues.append(nothing_dated(fields.key_place("as of"), "as of"))
        return fact.id if isinstance(fact, Day) else ""

    def _text(self, fields: Fields) -> str | None:
        text = fields.text("text", required=False)
        self.mention(text, fields.at("text"))
        return text or None

    def _notes(self, fields: Fields) -> tuple[str, ...]:
        node = fields.get("note")
        if node is None:
            return ()
        if not items_of(node):
            self.issues.append(empty_list(node.place, "note"))
        notes = tuple(note for item in items_of(node) if (note := text_of(item, self.issues)))
        for note in notes:
            self.mention(note, node.place)
        return notes

    def _logic(self, key: str, fields: Fields, numbers: Numbering, depth: int) -> Logic | None:
        node = fields[key]
        match key:
            case "all":
                all_of = self._members(node, key, numbers, Truth.TRUE, depth)
                return AllOf(all_of) if all_of else None
            case "any" if isinstance(node, YamlMapping):
                return self._open_list(Fields(node, "the open list", self.issues, ("open", "of")), numbers, depth)
            case "any":
                any_of = self._members(node, key, numbers, Truth.FALSE, depth)
                return AnyOf(any_of, False) if any_of else None
            case "not":
                negated = self._member(node, numbers, Truth.FALSE, depth)
                if negated and negated.unless:
                    self.issues.append(guard_under_not(negated.place))
                return Not(negated) if negated else None
            case "requested":
                return self.of_lines.read(node)
            case "meets" if self.of_lines.asks(node):
                return self.of_lines.read(node)
            case "meets":
                if isinstance(node, Scalar) and (asked := other_reference(node.text)) is not None:
                    return Reference(str(asked), node.place)
                to = fields.id("meets")
                self.references.append((to, node.place))
                return Reference(to) if to else None
            case _ if key in OF_ROWS:
                return self._of_rows(OF_ROWS[key], node, 1, numbers, depth)
            case "fact" if isinstance(node, Sequence):
                self.issues.append(list_without_quantifier(node.place))
                return None
            case "fact":
                fact = REQUEST_DATE if node.text == REQUEST else self._fact(node)
                if isinstance(fact, Number) and (edge := stated_beside(fields, fact, self.facts)):
                    if self._of_a_row:
                        self.issues.append(not_of_a_row(fields.at(edge), shortened(fields[edge].text)))
                        return None
                    return read_beside(edge, fields, fact, self.facts)
                if isinstance(fact, Number) and (wrong := misread_formula(fields, fact, self.facts)):
                    self.issues.append(wrong)
                    return None
                test = read_test(fields, fact, self.facts, self.sets) if fact else None
                return Comparison(fact.id, test) if fact and test else None
        counted = COUNTED.fullmatch(key)
        assert counted is not None
        if isinstance(node, YamlMapping):
            return self._of_counted_rows(key, fields, node, int(counted[1]), numbers, depth)
        of = self._members(node, key, numbers, Truth.FALSE, depth)
        count, size = int(counted[1]), len(items_of(node))
        if of and not 1 <= count <= size:
            self.issues.append(impossible_count(fields.key_place(key), count, size))
            return None
        return AtLeast(count, of) if of else None

    def _of_counted_rows(
        self, key: str, fields: Fields, node: YamlMapping, count: int, numbers: Numbering, depth: int
    ) -> OfRows | None:
        """At least so many rows of a list; a list of any length can have them."""
        if self._of_a_row:
            self.issues.append(not_of_a_row(fields.key_place(key), key))
        if not 1 <= count <= MOST_ROWS:
            self.issues.append(impossible_count(fields.key_place(key), count, MOST_ROWS))
            return None
        return self._of_rows(Quantity.AT_LEAST, node, count, numbers, depth)

    def _of_rows(self, quantity: Quantity, node: YamlNode, count: int, numbers: Numbering, depth: int) -> OfRows | None:
        """What is asked of the rows of a list; a row's fields are looked up before the facts of the policy."""
        asks_such = quantity in (Quantity.EACH, Quantity.LATEST)
        keys = ["list", *(["by"] if quantity is Quantity.LATEST else []), "where", *(["is"] if asks_such else [])]
        fields = fields_of(node, f"`{quantity.value}`", "a list with what its rows are", self.issues, keys)
        of = None if fields is None else self._list(fields)
        if fields is None or of is None:
            return None
        by = self._latest_by(fields, of) if quantity is Quantity.LATEST else ""
        outside, self.facts = self.facts, {**self.facts, **of.fields}
        is_inside, self._of_a_row = self._of_a_row, True
        parts = [fields.get("where"), fields.require("is") if asks_such else None]
        read = [None if part is None else self._member(part, numbers, Truth.FALSE, depth) for part in parts]
        self.facts, self._of_a_row = outside, is_inside
        if by is None or any(part is not None and found is None for part, found in zip(parts, read, strict=True)):
            return None
        return None if asks_such and read[1] is None else OfRows(quantity, of.id, read[0], read[1], count, by)

    def of_a_row(self, node: YamlNode, of: RecordList) -> Criterion | None:
        """What is asked of a row outside of the document."""
        outside, self.facts = self.facts, {**self.facts, **of.fields}
        self._of_a_row = True
        found = self._member(node, document_numbering(USUAL).section(), Truth.FALSE, 0)
        self.facts, self._of_a_row = outside, False
        return found

    def _list(self, fields: Fields) -> RecordList | None:
        id = fields.text("list")
        if id and id not in self.lists:
            self.issues.append(unknown_list(fields.at("list"), id, self.lists))
        return self.lists.get(id)

    def _latest_by(self, fields: Fields, of: RecordList) -> str | None:
        """The date field that says which row is the latest; each row has such a date."""
        name = fields.text("by")
        dates = [key for key, field in of.fields.items() if isinstance(field, Day) and not field.none]
        if name and name not in dates:
            expected = "a date field that every row has"
            self.issues.append(wrong_kind(fields.at("by"), f"{expected}: {listed(dates) or 'none is'}", f"`{name}`"))
        return of.fields[name].id if name in dates else None

    def _open_list(self, fields: Fields, numbers: Numbering, depth: int) -> AnyOf | None:
        listed, asked = fields.require("of"), fields.require("open")
        of = self._members(listed, "of", numbers, Truth.FALSE, depth) if listed else ()
        fact = self._fact(asked) if asked else None
        if asked is None or fact is None or not of:
            return None
        if not isinstance(fact, YesNo):
            expect(None, asked, "a yes-no fact that asks for what is not listed", self.issues)
            return None
        id = self.derived.get(asked.place, fact.id)
        self.take(id, numbers.label, asked.place)
        logic = Comparison(fact.id, IsOneOf(frozenset([True])))
        unlisted = Criterion(id, numbers.label, None, (), logic, None, Period(), Truth.FALSE, asked.place)
        return AnyOf((*of, unlisted), True)

    def _members(
        self, node: YamlNode, key: str, numbers: Numbering, set_aside: Truth, depth: int
    ) -> tuple[Criterion, ...]:
        members = of_kind(Sequence, node, "a list of criteria", self.issues)
        if members and not members.items:
            self.issues.append(empty_list(node.place, key))
        found = [self._member(item, numbers, set_aside, depth) for item in members.items] if members else []
        return tuple(criterion for criterion in found if criterion is not None)

    def _member(self, node: YamlNode, numbers: Numbering, set_aside: Truth, depth: int) -> Criterion | None:
        fields = self._fields(node, "the criterion", "a criterion")
        return None if fields is None else self._criterion(fields, numbers, set_aside, depth + 1)

    def _fact(self, node: YamlNode) -> Fact | None:
        scalar = expect(node if isinstance(node, Scalar) and node.text else None, node, "the id of a fact", self.issues)
        if scalar and scalar.text in self.lists:
            self.issues.append(list_as_fact(node.place, scalar.text))
            return None
        if scalar and scalar.text not in self.facts and (hint := field_hint(scalar.text, self.lists)):
            self.issues.append(replace(unknown_fact(node.place, scalar.text, ()), hint=hint))
            return None
        unlike = partial(unknown_fact, known=self.facts)
        return self.facts.get(one_of(scalar, self.facts, unlike, self.issues) or "") if scalar else None
