"""Cells of codes: each code is in one, which says in which sets it is, and each has a code of its own."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cdispec.model.cells import Cells
from cdispec.model.codes import CodeRow, CodeSet, is_code
from tests.examples import examples
from tests.strategies import PLACE, TODAY

PATTERNS = (
    *("A00", "A00.1", "A00.*", "A0*", "A00-A05", "A03-A09"),
    *("A05.1", "B20.5", "Z00-Z9A", "Z9A.2", "97110", "97110-97112"),
)
DAYS = st.sampled_from([date.min, TODAY - timedelta(1), TODAY, TODAY + timedelta(1), date.max])
ROWS = st.builds(
    lambda pattern, days: CodeRow(pattern, "", min(days), max(days), PLACE),
    st.sampled_from(PATTERNS),
    st.tuples(DAYS, DAYS),
)
SETS = st.lists(st.lists(ROWS, max_size=4).map(tuple), min_size=1, max_size=4).map(
    lambda found: tuple(CodeSet.of(f"set-{number}", rows) for number, rows in enumerate(found))
)
CODES = st.sampled_from(
    ["A00", "A00.1", "A00.2", "A01", "A04", "A05.1", "A07.7", "A09.9", "A0A", "B20.5", "Z00", "Z9A.2", "97110", "97112"]
)


@examples(200)
@given(SETS, CODES, DAYS)
def test_the_cell_of_a_code_is_in_a_set_where_one_of_its_rows_stands_for_the_code(
    sets: tuple[CodeSet, ...], code: str, day: date
) -> None:
    cells = Cells(sets, "")
    holding = [one.id for one in sets if any(row.has(code, day) for row in one.rows)]
    assert [one.id for one in cells.sets_of(code, day)] == holding
    cell = cells.of_code(code, day)
    assert (cell == cells.rest) == (not holding)
    assert [one.id for one in sets if cell in cells.of_sets(frozenset([one.id]))] == holding


@examples(200)
@given(SETS, DAYS)
def test_a_cell_has_a_code_on_its_days_and_none_on_others(sets: tuple[CodeSet, ...], day: date) -> None:
    cells = Cells(sets, "")
    for cell in cells.ids:
        code = cells.code_of(cell, day)
        assert bool(code) == any(start <= day <= end for start, end in cells.days[cell])
        if code:
            assert is_code(code)
            assert cells.of_code(code, day) == cell


@examples(100)
@given(SETS, SETS, CODES, DAYS)
def test_the_cells_of_two_states_are_cut_out_of_those_of_each(
    before: tuple[CodeSet, ...], after: tuple[CodeSet, ...], code: str, day: date
) -> None:
    own = Cells(before, "")
    both = Cells(tuple(dict.fromkeys((*before, *after))), "")
    assert both.of_code(code, day) in both.within(own.of_code(code, day), own)


def test_where_a_system_has_no_code_there_is_no_cell() -> None:
    rows = (CodeRow("97110-97112", "", date.min, date.max, PLACE),)
    single = (CodeRow("97110", "", date.min, date.max, PLACE), CodeRow("97111", "", date.min, date.max, PLACE))
    sets = CodeSet.of("range", rows), CodeSet.of("first", single[:1]), CodeSet.of("both", single)
    assert len(Cells(sets, "HCPCS").ids) == 1 + 3
    # Of no system in particular 97112 and 97110.1 are codes as well.
    assert len(Cells(sets, "").ids) == 1 + 3
    whole = (*single, CodeRow("97112", "", date.min, date.max, PLACE))
    assert len(Cells((sets[0], CodeSet.of("whole", whole)), "HCPCS").ids) == 1 + 1
    assert len(Cells((sets[0], CodeSet.of("whole", whole)), "").ids) == 1 + 2


@examples(100)
@given(SETS, CODES, DAYS, st.sampled_from(["", "ICD-10-CM", "HCPCS"]))
def test_a_code_of_any_system_has_a_cell(sets: tuple[CodeSet, ...], code: str, day: date, system: str) -> None:
    if is_code(code, system):
        assert Cells(sets, system).of_code(code, day) in Cells(sets, system).ids
