"""Comparisons of a date with another: which comes first, and how much time lies between them."""

from __future__ import annotations

import re
from typing import NamedTuple

from cdispec.core.calendar import days_in
from cdispec.core.lower import span_of
from cdispec.issues.facts import ambiguous_age, counted_from_itself
from cdispec.issues.files import wrong_kind
from cdispec.issues.policies import empty_range, malformed_duration, mixed_range
from cdispec.model.criteria import Direction, Duration, Elapsed, Length, Unit
from cdispec.model.facts import REQUEST, REQUEST_DATE, Day, Fact
from cdispec.model.sentences import listed
from cdispec.parse.fields import Fields, fields_of, of_kind
from cdispec.parse.named import no_such_date
from cdispec.parse.yamltree import Mapping, Scalar, YamlNode, described
from cdispec.source import Issue, Place

EDGES = {
    "at least": ("low", True),
    "more than": ("low", False),
    "at most": ("high", True),
    "less than": ("high", False),
}
"""Which edge a key states, and whether it is included."""

SIDES = {
    "before": (Direction.BEFORE, Length(Duration(0, Unit.DAYS), False)),
    "after": (Direction.AFTER, Length(Duration(0, Unit.DAYS), False)),
    "on or before": (Direction.BEFORE, None),
    "on or after": (Direction.AFTER, None),
    "in": (Direction.AFTER, None),
}
"""On which side of its anchor a key has a date lie, and the edge that is nearer to it."""

LENGTH = r"(\d{1,4}) (day|week|month|year)s?"
"""A length of calendar time, as it is written."""

_AWAY = re.compile(rf"{LENGTH} (before|after) ([a-z0-9]+(?:-[a-z0-9]+)*)")
_FROM = re.compile(rf"{LENGTH} from ([a-z0-9]+(?:-[a-z0-9]+)*)")
_STATED_DAY = re.compile(r"[\d-]+")


class _Away(NamedTuple):
    """A length of time on one side of an anchor."""

    duration: Duration
    direction: Direction
    anchor: str | None


def counts_time(key: str, node: YamlNode, fact: Day) -> bool:
    """Whether a comparison counts time from a date, and does not compare with a stated day."""
    if key == "within" or key in SIDES:
        return True
    edges = [value for _, value in node.pairs] if key == "between" and isinstance(node, Mapping) else [node]
    counted = [_is_counted(edge) for edge in edges]
    return any(counted) or (key in ("between", *EDGES) and fact.id == REQUEST)


def _is_counted(node: YamlNode) -> bool:
    return isinstance(node, Scalar) and bool(node.text) and not _STATED_DAY.fullmatch(node.text)


def read_elapsed(key: str, fields: Fields, fact: Day, facts: dict[str, Fact]) -> Elapsed | None:
    """The order of two dates or the time between them that a criterion's fields state, or None with an issue."""
    reader, node = _Reader(fact, facts, fields.issues), fields[key]
    test = reader.between(node) if key == "between" else reader.one(key, node)
    if test is None:
        return None
    anchor = next((one for one in facts.values() if one.id == test.anchor), REQUEST_DATE)
    assert isinstance(anchor, Day)
    if not has_a_day(test):
        fields.issues.append(empty_range(node.place))
    elif (length := ambiguous_length(test, fact, anchor)) is not None:
        born, since = (fact, anchor) if fact.birth_of else (anchor, fact)
        # "At most 64" and "more than 64" ask on which side of the birthday of 65 somebody is.
        age = length.duration.count + (length.included != (length is test.low))
        fields.issues.append(ambiguous_age(node.place, born.id, age, length.duration.unit.value, since.id))
    else:
        return test
    return None


def duration_of(match: re.Match[str]) -> Duration:
    """The length of time that was matched first."""
    return Duration(int(match[1]), Unit(match[2] + "s"))


def has_a_day(test: Elapsed) -> bool:
    """Whether any date lies so far from another, whatever the length of the months between."""
    return test.high is None or days_in(span_of(test))[1] > 0


def ambiguous_length(test: Elapsed, fact: Day, anchor: Day) -> Length | None:
    """The age, in other units than days, that a comparison asks for so that it can be read in two ways, if any."""
    long = [length for length in test.lengths if length.duration.unit is not Unit.DAYS and length.duration.count]
    if fact.birth_of and test.direction is Direction.BEFORE:
        return next((length for length in long if length.included != (length is test.low)), None)
    return long[0] if anchor.birth_of and test.direction is Direction.AFTER and long else None


def range_fields(node: YamlNode, issues: list[Issue]) -> Fields | None:
    """The fields of a range with one lower and one upper edge, or None with an issue."""
    fields = fields_of(node, "the range", "two edges such as {at least: 50, at most: 77}", issues, EDGES)
    keys = [] if fields is None else [*fields]
    stated = [key for key in keys if key in EDGES]
    if fields is not None and sorted(EDGES[key][0] for key in stated) == ["high", "low"]:
        return fields
    if fields is not None and stated == keys:
        found = listed([f"`{key}`" for key in stated], "and") or "neither"
        issues.append(wrong_kind(node.place, "one lower and one upper edge", found))
    return None


class _Reader:
    """Reads what is asked of one date."""

    def __init__(self, fact: Day, facts: dict[str, Fact], issues: list[Issue]) -> None:
        self.fact, self.facts, self.issues = fact, facts, issues

    def one(self, key: str, node: YamlNode) -> Elapsed | None:
        """A comparison with one edge, or with that of a day and a length of time."""
        if key in SIDES and key != "in":
            scalar = of_kind(Scalar, node, "the id of a date fact, or `request`", self.issues)
            direction, low = SIDES[key]
            anchor = None if scalar is None else self._anchor(scalar.text, node.place)
            return None if anchor is None else Elapsed(direction, _or_none(anchor), low)
        found = self._away(node, key)
        if found is None:
            return None
        side, included = EDGES.get(key, ("high", key == "within"))
        length = Length(found.duration, included)
        low, high = (length, None) if side == "low" else (None, length)
        return Elapsed(found.direction, found.anchor, low, high)

    def between(self, node: YamlNode) -> Elapsed | None:
        """Two lengths of time from one date, on one side of it."""
        fields = range_fields(node, self.issues)
        if fields is None:
            return None
        stated = {EDGES[key][0]: (key, self._away(fields[key], key)) for key in fields if key in EDGES}
        (low_key, low), (high_key, high) = stated["low"], stated["high"]
        if low is None or high is None:
            return None
        if low[1:] != high[1:]:
            self.issues.append(mixed_range(node.place))
            return None
        edges = Length(low.duration, EDGES[low_key][1]), Length(high.duration, EDGES[high_key][1])
        return Elapsed(low.direction, low.anchor, *edges)

    def _away(self, node: YamlNode, key: str) -> _Away | None:
        text = " ".join(node.text.split())
        match = (_FROM if key == "in" else _AWAY).fullmatch(text)
        if match is None:
            self.issues.append(malformed_duration(node.place, text or described(node), key))
            return None
        duration, direction = duration_of(match), SIDES["in"][0]
        anchor = self._anchor(match[match.lastindex or 0], node.place)
        if anchor is None:
            return None
        return _Away(duration, direction if key == "in" else Direction(match[3]), _or_none(anchor))

    def _anchor(self, id: str, place: Place) -> str | None:
        """The id of a date to count from, or None with an issue."""
        wrong = no_such_date(place, id, self.facts)
        if wrong is None and self.facts.get(id, REQUEST_DATE) is self.fact:
            wrong = counted_from_itself(place, id)
        self.issues += [] if wrong is None else [wrong]
        return self.facts.get(id, REQUEST_DATE).id if wrong is None else None


def _or_none(anchor: str) -> str | None:
    return None if anchor == REQUEST else anchor
