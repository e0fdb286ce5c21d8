"""Decision diagrams, compared with truth tables."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.core.diagram import Diagrams, Function, Question, questions
from cdispec.core.work import TooMuchWorkError
from tests.examples import examples

SIZES = (2, 3, 2, 2)
"""How many answers each variable has."""

ROWS = list(product(*(range(size) for size in SIZES)))

Row = tuple[int, ...]

tables = st.lists(st.booleans(), min_size=len(ROWS), max_size=len(ROWS)).map(tuple)
single = st.integers(0, len(SIZES) - 1).flatmap(
    lambda variable: st.tuples(
        st.just(variable), st.lists(st.booleans(), min_size=SIZES[variable], max_size=SIZES[variable]).map(tuple)
    )
)
"""Functions of one variable."""


def _diagrams() -> Diagrams:
    return Diagrams(work=100_000)


def value(function: Function, row: Row) -> object:
    """What a diagram comes to for a row of answers."""
    while isinstance(function, Question):
        function = function.branches[row[function.variable]]
    return function


def of_table(diagrams: Diagrams, table: tuple[object, ...]) -> Function:
    """The diagram of a truth table, built question by question."""
    functions: list[Function] = list(table)
    for variable in reversed(range(len(SIZES))):
        size = SIZES[variable]
        groups = [tuple(functions[start : start + size]) for start in range(0, len(functions), size)]
        functions = [diagrams.question(variable, group) for group in groups]
    return functions[0]


@given(tables)
def test_a_diagram_is_its_truth_table(table: tuple[bool, ...]) -> None:
    function = of_table(_diagrams(), table)
    assert tuple(value(function, row) for row in ROWS) == table


@examples(60)
@given(tables, tables, tables)
def test_choose_is_its_truth_table(if_so: tuple[bool, ...], then: tuple[bool, ...], rest: tuple[bool, ...]) -> None:
    diagrams = _diagrams()
    chosen = diagrams.choose(*(of_table(diagrams, table) for table in (if_so, then, rest)))
    expected = [yes if so else no for so, yes, no in zip(if_so, then, rest, strict=True)]
    assert [value(chosen, row) for row in ROWS] == expected


@examples(60)
@given(tables, st.lists(st.sampled_from("abc"), min_size=len(ROWS), max_size=len(ROWS)))
def test_choose_goes_between_any_values(if_so: tuple[bool, ...], values: list[str]) -> None:
    diagrams = _diagrams()
    chosen = diagrams.choose(of_table(diagrams, if_so), of_table(diagrams, tuple(values)), "d")
    expected = [named if so else "d" for so, named in zip(if_so, values, strict=True)]
    assert [value(chosen, row) for row in ROWS] == expected


@examples(60)
@given(st.lists(tables, max_size=5), st.integers(0, 6))
def test_at_least_is_its_truth_table(of: list[tuple[bool, ...]], count: int) -> None:
    diagrams = _diagrams()
    counted = diagrams.at_least(count, [of_table(diagrams, table) for table in of])
    expected = [sum(table[n] for table in of) >= count for n in range(len(ROWS))]
    assert [value(counted, row) for row in ROWS] == expected


@examples(60)
@given(tables, tables)
def test_equal_functions_are_one_object_however_they_are_made(one: tuple[bool, ...], other: tuple[bool, ...]) -> None:
    diagrams = _diagrams()
    first, second = of_table(diagrams, one), of_table(diagrams, other)
    joined = of_table(diagrams, tuple(a and b for a, b in zip(one, other, strict=True)))
    assert diagrams.at_least(2, [first, second]) is diagrams.choose(first, second, False) is joined


@given(single)
def test_a_function_asks_a_variable_only_if_it_depends_on_it(drawn: tuple[int, tuple[bool, ...]]) -> None:
    variable, branches = drawn
    function = _diagrams().question(variable, branches)
    assert [node.variable for node in questions(function)] == ([variable] if len(set(branches)) > 1 else [])


@given(tables)
def test_questions_are_given_once(table: tuple[bool, ...]) -> None:
    found = list(questions(of_table(_diagrams(), table)))
    assert len(found) == len(set(map(id, found)))


def test_a_function_that_takes_more_work_than_the_limit_is_not_made() -> None:
    diagrams = Diagrams(work=50)
    asked = [diagrams.question(number, (False, True)) for number in range(10)]
    with pytest.raises(TooMuchWorkError):
        diagrams.at_least(5, asked)


def test_thousands_of_questions_in_a_row_need_no_recursion() -> None:
    diagrams = Diagrams(work=100_000)
    asked = [diagrams.question(number, (False, True)) for number in range(5_000)]
    every, some = diagrams.at_least(5_000, asked), diagrams.at_least(1, asked)
    assert diagrams.choose(every, some, True) is True
