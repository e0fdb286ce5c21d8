"""Numbers that are counted over the rows of a list: what `is:` of a number fact says as a mapping."""

from __future__ import annotations

import re
from dataclasses import replace

from cdispec.issues.files import wrong_kind
from cdispec.issues.records import unknown_list
from cdispec.model.criteria import Criterion, holding, parts
from cdispec.model.facts import Day, Fact, Number, field_name
from cdispec.model.records import Counted, Declared, RecordList, Tally
from cdispec.model.sentences import listed
from cdispec.parse.comparisons import KEYS
from cdispec.parse.criteria import LOGIC, CriteriaReader
from cdispec.parse.fields import Fields
from cdispec.parse.yamltree import Mapping as YamlMapping
from cdispec.parse.yamltree import Scalar
from cdispec.source import Issue

_DAYS = re.compile(r"([1-9]\d{0,3}) days?")
_KEYS = {
    Counted.NUMBER: ("where",),
    Counted.SUM: ("field", "where"),
    Counted.MOST: ("by", "within", "where"),
}


def with_tallies(node: YamlMapping, declared: dict[str, Declared], issues: list[Issue]) -> dict[str, Declared]:
    """What a file declares, with what is counted over the rows of each of its lists."""
    found = {**declared}
    for key, value in node.pairs:
        fact = declared.get(key.text)
        stated = {name.text: one for name, one in value.pairs} if isinstance(value, YamlMapping) else {}
        asked = stated.get("is")
        if not isinstance(fact, Number) or not isinstance(asked, YamlMapping):
            continue
        if "round to" in stated:
            issues.append(wrong_kind(stated["round to"].place, "no rounding of what is counted", "`round to`"))
        if (read := _Reader(declared, issues).tally(asked, fact)) is not None:
            of, tally = read
            kept = found[of.id]
            assert isinstance(kept, RecordList)
            found[of.id] = replace(kept, tallies={**kept.tallies, fact.id: tally})
    return found


def _named(criterion: Criterion, id: str) -> Criterion:
    """What is asked of a row with ids of its own, for it stands in no document that would give it some."""
    below = tuple(_named(part, f"{id}.{number}") for number, part in enumerate(parts(criterion), 1))
    return replace(holding(criterion, below), id=id, label="")


class _Reader:
    def __init__(self, declared: dict[str, Declared], issues: list[Issue]) -> None:
        self.issues = issues
        self.lists = {id: one for id, one in declared.items() if isinstance(one, RecordList)}
        self.facts: dict[str, Fact] = {id: one for id, one in declared.items() if not isinstance(one, RecordList)}

    def tally(self, node: YamlMapping, fact: Number) -> tuple[RecordList, Tally] | None:
        """What is counted, over which list; None with an issue where it cannot be read."""
        fields = Fields(node, f"what `{fact.id}` is", self.issues)
        keys = [counted for counted in Counted if counted.value in fields]
        if len(keys) != 1:
            expected = listed([f"`{counted.value}:`" for counted in Counted], "or")
            self.issues.append(wrong_kind(node.place, f"a formula, or one of {expected}", f"{len(keys)} of these"))
            return None
        counted, before = keys[0], len(self.issues)
        fields.allow([counted.value, *_KEYS[counted]])
        asked = {fields.key_place(key) for key in fields if key in (*LOGIC, *KEYS)}
        self.issues[before:] = [
            replace(one, hint="indent it below `where:`") if one.place in asked else one for one in self.issues[before:]
        ]
        id = fields.text(counted.value)
        if id not in self.lists:
            self.issues += [unknown_list(fields.at(counted.value), id, self.lists)] if id else []
            return None
        of, where = self.lists[id], None
        if (stated := fields.get("where")) is not None:
            reader = CriteriaReader(self.facts, self.lists, {}, (), self.issues, [], {})
            where = reader.of_a_row(stated, of)
            where = None if where is None else _named(where, fact.id)
        by = self._field(fields, "by", of, Day) if counted is Counted.MOST else ""
        summed = self._field(fields, "field", of, Number) if counted is Counted.SUM else ""
        field = of.fields[field_name(summed)] if summed else None
        if isinstance(field, Number) and field.unit != fact.unit:
            self.issues.append(wrong_kind(fields.at("field"), f"a field in `{fact.unit}`", f"one in `{field.unit}`"))
        days = self._days(fields) if counted is Counted.MOST else 0
        if len(self.issues) > before:
            return None
        return of, Tally(counted, where, summed, by, days, node.place)

    def _field(self, fields: Fields, key: str, of: RecordList, kind: type[Day] | type[Number]) -> str:
        """The id of a field of this kind that every row has a value of."""
        name = fields.text(key)
        known = [id for id, field in of.fields.items() if isinstance(field, kind) and not field.none]
        if name and name not in known:
            what = "date" if kind is Day else "number"
            expected = f"a {what} field that every row has: {listed(known) or 'none is'}"
            self.issues.append(wrong_kind(fields.at(key), expected, f"`{name}`"))
        return of.fields[name].id if name in known else ""

    def _days(self, fields: Fields) -> int:
        node = fields.require("within")
        if node is None:
            return 0
        match = _DAYS.fullmatch(" ".join(node.text.split())) if isinstance(node, Scalar) else None
        if match is None:
            self.issues.append(wrong_kind(node.place, "a number of days such as `30 days`", "something else"))
        return int(match[1]) if match else 0
