"""What can be answered in a case, one by one: facts, lists of rows, and the fields of the rows that it has."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Criterion, OfRows
from cdispec.model.facts import Rows, is_whole, list_of
from cdispec.model.records import field_in_row, row_of, rows_in


def subjects(criteria: Iterable[Criterion], case: Case) -> set[str]:
    """What can be answered of what criteria ask: facts, lists, and the fields of the rows that a case has."""
    found: set[str] = set()
    for criterion in criteria:
        logic = criterion.logic
        if isinstance(logic, OfRows):
            found |= {logic.list, *(subjects_of_field(logic.by, case) if logic.by else ())}
        elif isinstance(logic, Comparison):
            for fact in logic.facts:
                found |= subjects_of_field(fact, case) if list_of(fact) else {fact}
    return found


def subjects_of_field(field: str, case: Case) -> set[str]:
    """A field in each row that a case has: `tests#1.value`."""
    return {field_in_row(field, number) for number in range(1, len(rows_in(case, list_of(field)).rows) + 1)}


def is_answered(subject: str, case: Case) -> bool:
    """Whether nothing is left open of a fact, of a field of a row, or of which rows a list has."""
    if (row := row_of(subject)) is not None:
        of, number, name = row
        return is_whole(dict(rows_in(case, of).rows[number - 1]).get(name))
    answer = case.facts.get(subject)
    return answer.whole if isinstance(answer, Rows) else is_whole(answer)
