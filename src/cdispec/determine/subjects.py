"""What can be answered in a case, one by one: facts, lists of rows, and the fields of the rows that it has."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Criterion, OfRows
from cdispec.model.facts import Rows, is_whole


def rows_in(case: Case, id: str) -> Rows:
    """The rows of a list; one of which nothing is known may have any."""
    rows = case.facts.get(id, Rows((), False))
    assert isinstance(rows, Rows)
    return rows


def subjects(criteria: Iterable[Criterion], case: Case) -> set[str]:
    """What can be answered of what criteria ask: facts, lists, and the fields of the rows that a case has."""
    found: set[str] = set()
    for criterion in criteria:
        logic = criterion.logic
        if isinstance(logic, OfRows):
            found |= {logic.list, *(subjects_of_field(logic.by, case) if logic.by else ())}
        elif isinstance(logic, Comparison):
            for fact in logic.facts:
                found |= subjects_of_field(fact, case) if "." in fact else {fact}
    return found


def subjects_of_field(field: str, case: Case) -> set[str]:
    """A field in each row that a case has: `tests#1.value`."""
    id, _, name = field.partition(".")
    return {f"{id}#{number}.{name}" for number in range(1, len(rows_in(case, id).rows) + 1)}


def is_answered(subject: str, case: Case) -> bool:
    """Whether nothing is left open of a fact, of a field of a row, or of which rows a list has."""
    row, _, name = subject.partition(".")
    id, _, number = row.partition("#")
    if number:
        return is_whole(dict(rows_in(case, id).rows[int(number) - 1]).get(name))
    answer = case.facts.get(subject)
    return answer.whole if isinstance(answer, Rows) else is_whole(answer)
