"""Lists of rows in plain words: what names a row, and what is asked of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    Not,
    OfRows,
    Quantity,
    Reference,
)
from cdispec.model.facts import Fact, NoValue, Rows, Value, subject
from cdispec.model.inlines import plain_words
from cdispec.model.phrases import denial, long_date, named, sentence, sentence_of, value_words
from cdispec.model.policy import Policy
from cdispec.model.records import FIELD, Counted, RecordList, Tally, field_in_row, row_id, row_of
from cdispec.model.sentences import listed


def row_words(of: RecordList, rows: Rows, number: int) -> str:
    """A row by what it answers; by its number where it lacks what would name it, or another says the same."""
    said = [_row_words(of, dict(row)) for row in rows.rows]
    words = said[number - 1]
    return words if words and said.count(words) == 1 else f"number {number} of {of.name}"


def rows_stated(of: RecordList, rows: Rows) -> str:
    """The rows of a list in a sentence, each with all that it answers."""
    if not rows.rows:
        return of.none if rows.whole else f"it is not known which are {of.name}"
    said = "; ".join(_row_stated(of, row) or "one of which nothing is known" for row in rows.rows)
    return f"{of.phrase if rows.whole else of.including} ({said})"


def _row_stated(of: RecordList, row: Iterable[tuple[str, Value]]) -> str:
    return listed([sentence_of(of.fields[name], value) for name, value in row])


def field_of(id: str, policy: Policy) -> tuple[RecordList, int, Fact] | None:
    """The list, the number of the row and the field that a result names: `tests#1.value`; None where it names none."""
    row = row_of(id)
    if row is None:
        return None
    of, number, name = row
    return policy.lists[of], number, policy.lists[of].fields[name]


def _named_row(of: RecordList, number: int, rows: Mapping[str, str]) -> str:
    return rows.get(row_id(of.id, number), f"number {number} of {of.name}")


def subject_of(id: str, policy: Policy, rows: Mapping[str, str]) -> str:
    """What a result names as the object of a sentence; `rows` are the words for rows by their ids."""
    if id in policy.lists:
        return policy.lists[id].name
    found = field_of(id, policy)
    if found is None:
        return subject(policy.facts[id])
    of, number, field = found
    return f"{subject(field)}, of {_named_row(of, number, rows)}"


def question_of(id: str, policy: Policy, rows: Mapping[str, str]) -> str:
    """What is asked of what a result names."""
    if id in policy.lists:
        return policy.lists[id].question
    found = field_of(id, policy)
    if found is None:
        return policy.facts[id].question
    of, number, field = found
    return f"Of {_named_row(of, number, rows)}: {field.question}"


def row_subjects(answers: Mapping[str, Value], policy: Policy) -> dict[str, str]:
    """The fields of the rows of a case by their subjects."""
    found: dict[str, str] = {}
    for of in policy.lists.values():
        rows = answers.get(of.id)
        if not isinstance(rows, Rows):
            continue
        for number in range(1, len(rows.rows) + 1):
            named = {row_id(of.id, number): row_words(of, rows, number)}
            ids = [field_in_row(field.id, number) for field in of.fields.values()]
            found |= {subject_of(id, policy, named): id for id in ids}
    return found


def _row_words(of: RecordList, answers: Mapping[str, Value]) -> str:
    """A row in its own words; "" where it does not answer all that they name."""
    if any(name not in answers or isinstance(answers[name], NoValue) for name in of.named_by):
        return ""
    return FIELD.sub(lambda match: _named_by(of.fields[match[1]], answers[match[1]]), of.row)


def _named_by(field: Fact, value: Value) -> str:
    return long_date(value) if isinstance(value, date) else value_words(field, value)


def rows_asked(logic: OfRows, policy: Policy) -> str:
    """What a criterion asks of the rows of a list."""
    name = policy.lists[logic.list].name
    of = name if logic.where is None else f"{name} where {row_asked(logic.where, policy)}"
    such = "" if logic.such is None else row_asked(logic.such, policy)
    match logic.quantity:
        case Quantity.SOME:
            return f"there is at least one of {of}"
        case Quantity.AT_LEAST:
            return f"there are at least {logic.count} of {of}"
        case Quantity.NONE:
            return f"there is none of {of}"
        case Quantity.EACH:
            return f"of each of {of}: {such}"
        case Quantity.LATEST:
            return f"of the latest of {of}: {such}"
        case _:
            assert_never(logic.quantity)


def rows_heading(logic: OfRows, policy: Policy) -> str:
    """What is asked of rows, over what is asked of each."""
    name = policy.lists[logic.list].name
    both = logic.where is not None and logic.such is not None
    as_follows = "of which the first is so: the second" if both else "this"
    match logic.quantity:
        case Quantity.SOME:
            return f"At least one of {name} is as follows"
        case Quantity.AT_LEAST:
            return f"At least {logic.count} of {name} are as follows"
        case Quantity.NONE:
            return f"None of {name} is as follows"
        case Quantity.EACH:
            return f"Of each of {name} {as_follows}"
        case Quantity.LATEST:
            return f"Of the latest of {name} {as_follows}"
        case _:
            assert_never(logic.quantity)


def counted_words(of: RecordList, tally: Tally, policy: Policy) -> str:
    """What a number counts over the rows of a list."""
    rows = of.name if tally.where is None else f"{of.name} where {row_asked(tally.where, policy)}"
    match tally.counted:
        case Counted.NUMBER:
            return f"the number of {rows}"
        case Counted.SUM:
            return f"the sum of {named(policy.facts[tally.field])} over {rows}"
        case Counted.MOST:
            days = f"{tally.days} consecutive days" if tally.days > 1 else "one day"
            return f"the most of {rows} on {days}, by {named(policy.facts[tally.by])}"
        case _:
            assert_never(tally.counted)


def row_asked(criterion: Criterion, policy: Policy) -> str:
    """What is asked of one row: its printed words, or else what they would say."""
    if criterion.text is not None:
        return plain_words(policy, criterion.text).rstrip(".")
    logic = criterion.logic
    match logic:
        case Comparison():
            return sentence(policy.compared(logic), logic.test, policy)
        case Not(Criterion(text=None, logic=Comparison() as member)):
            return denial(policy.compared(member), member.test, policy)
        case Not(member):
            return f"it is not so that {row_asked(member, policy)}"
        case AllOf(of):
            return listed([row_asked(part, policy) for part in of], "and")
        case AnyOf(of):
            return listed([row_asked(part, policy) for part in of], "or")
        case AtLeast(count, of):
            return f"at least {count} of these is so: {'; '.join(row_asked(part, policy) for part in of)}"
        case Reference() | OfRows():
            raise AssertionError("a row is asked for no other clause and no other list")
        case _:
            assert_never(logic)
