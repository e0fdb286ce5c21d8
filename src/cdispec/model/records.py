"""Lists of rows: what repeats, such as tests, visits and supplies, each row with the same fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cdispec.model.case import StatedCase
from cdispec.model.criteria import Criterion, asked_facts, walk
from cdispec.model.facts import Fact, Rows, field_name, list_of
from cdispec.source import Place

MOST_ROWS = 64
"""So many rows of a list a case can state: each pair of them may have to be compared."""

FIELD = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
"""Stands in the words of a row for what it answers to a field."""


class Counted(StrEnum):
    """What a number counts over rows."""

    NUMBER = "number of"
    SUM = "sum of"
    MOST = "most of"


@dataclass(frozen=True, slots=True)
class Tally:
    """A number over the rows of a list that are as `where` says: how many there are, or what they sum up to.

    `field` is the number field that is summed up, with its list; `by` the date field by which the most rows on so many
    consecutive `days` are counted.
    """

    counted: Counted
    where: Criterion | None
    field: str
    by: str
    days: int
    place: Place

    @property
    def counted_field(self) -> str:
        """The field of a row that is summed up or by which rows are counted, "" where there is none."""
        return self.field or self.by

    @property
    def fields(self) -> set[str]:
        """The fields, and the facts beside them, that it takes to know it."""
        asked = set() if self.where is None else asked_facts(walk(self.where))
        return asked | ({self.counted_field} if self.counted_field else set())


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list of rows, with what each answers.

    `fields` are facts by the names that rows have for them; the id of each has that of the list in front,
    `tests.value`. `phrase` states that the rows below it are the whole list, `including` that there may be others,
    `none` that there are no rows. `row` names a row by its fields: "the {state} test of {on}". `tallies` are the number
    facts that are counted over its rows, by their ids.
    """

    id: str
    question: str
    name: str
    phrase: str
    including: str
    none: str
    row: str
    fields: Mapping[str, Fact]
    place: Place
    tallies: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def named_by(self) -> tuple[str, ...]:
        """The fields that name a row."""
        return tuple(FIELD.findall(self.row))


Declared = Fact | RecordList
"""What a file of facts declares."""


def row_id(of: str, number: int) -> str:
    """The id of a row: `tests#1`."""
    return f"{of}#{number}"


def field_in_row(fact: str, number: int) -> str:
    """What a field is in one row, `tests#1.value` of `tests.value`; any other fact is itself."""
    of = list_of(fact)
    return f"{row_id(of, number)}.{field_name(fact)}" if of else fact


def row_of(id: str) -> tuple[str, int, str] | None:
    """The list, the number of the row and the name of the field that an id names, as `tests#1.value`; else None."""
    row, _, name = id.partition(".")
    of, _, number = row.partition("#")
    return (of, int(number), name) if number else None


def rows_in(case: StatedCase, id: str) -> Rows:
    """The rows of a list in a case; one of which nothing is known may have any."""
    rows = case.facts.get(id, Rows((), False))
    assert isinstance(rows, Rows)
    return rows
