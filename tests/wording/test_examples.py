"""Each rule of English by examples of what it must and must not catch, in `examples/`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cdispec.analysis.wording.disagreements import disagreements
from cdispec.model.policy import Policy
from tests.wording.rows import (
    of_a_fact,
    of_a_limit,
    of_a_list,
    of_a_negation,
    of_a_number,
    of_a_quantifier,
    of_another,
    of_rows,
)

FOLDER = Path(__file__).with_name("examples")
FAMILIES: dict[str, Callable[[list[str]], tuple[str, Policy]]] = {
    "numbers": of_a_number,
    "quantifiers": of_a_quantifier,
    "negations": of_a_negation,
    "rows": of_rows,
    "lists": of_a_list,
    "limits": of_a_limit,
    "facts": of_a_fact,
    "others": of_another,
}


def rows(family: str) -> list[str]:
    """The examples of a family, a line each."""
    lines = (FOLDER / f"{family}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("family", "row"),
    [pytest.param(family, row, id=f"{family}-{n}") for family in FAMILIES for n, row in enumerate(rows(family), 1)],
)
def test_an_example_is_caught_or_fine_as_it_says(family: str, row: str) -> None:
    expected, policy = FAMILIES[family]([cell.strip() for cell in row.split("|")])
    found = [
        f'{one.topic}: {one.name} says "{one.says}", {one.other} "{one.otherwise}"' for one in disagreements(policy)
    ]
    assert bool(found) is (expected == "caught"), found


@pytest.mark.parametrize("family", [name for name in FAMILIES if name != "others"])
def test_a_family_of_rules_has_forty_examples(family: str) -> None:
    assert len(rows(family)) >= 40


def test_every_row_says_another_thing() -> None:
    every = [(family, row) for family in FAMILIES for row in rows(family)]
    assert len(set(every)) == len(every)


def test_words_that_deny_what_some_rows_are_to_be_are_told_with_some_of() -> None:
    logic = "some of: {list: visits, where: {fact: day, within: 14 days before request}}"
    _, policy = of_rows([logic, "caught", "No visit in the last 14 days"])
    assert [one.otherwise for one in disagreements(policy)] == ["some of the visits: at most 14 days"]
