"""Kleene's three-valued logic, by its truth tables and by what knowing more may change."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.logic import Truth, at_least, conjunction, disjunction, negation, truth_of

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
truths = st.sampled_from(Truth)
lists = st.lists(truths, max_size=5)


def known(truth: Truth) -> list[Truth]:
    """What a truth may turn out to be."""
    return [T, F] if truth is U else [truth]


@pytest.mark.parametrize(("truth", "opposite"), [(T, F), (F, T), (U, U)])
def test_not(truth: Truth, opposite: Truth) -> None:
    assert negation(truth) is opposite


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [(T, T, T), (T, U, U), (T, F, F), (U, T, U), (U, U, U), (U, F, F), (F, T, F), (F, U, F), (F, F, F)],
)
def test_all_of_two(one: Truth, other: Truth, both: Truth) -> None:
    assert conjunction([one, other]) is both


@pytest.mark.parametrize(
    ("one", "other", "either"),
    [(T, T, T), (T, U, T), (T, F, T), (U, T, T), (U, U, U), (U, F, U), (F, T, T), (F, U, U), (F, F, F)],
)
def test_any_of_two(one: Truth, other: Truth, either: Truth) -> None:
    assert disjunction([one, other]) is either


def test_all_of_nothing_is_true() -> None:
    assert conjunction([]) is T


def test_any_of_nothing_is_false() -> None:
    assert disjunction([]) is F


@given(lists, st.integers(0, 6))
def test_at_least_is_what_every_way_to_know_the_rest_agrees_on(of: list[Truth], count: int) -> None:
    ways = {sum(truth is T for truth in way) >= count for way in product(*map(known, of))}
    assert at_least(count, of) is (U if len(ways) == 2 else truth_of(ways.pop()))


@given(lists)
def test_all_of_is_at_least_as_many_as_there_are(of: list[Truth]) -> None:
    assert conjunction(of) is at_least(len(of), of)


@given(lists)
def test_any_of_is_at_least_one(of: list[Truth]) -> None:
    assert disjunction(of) is at_least(1, of)


@given(lists)
def test_not_all_is_any_not(of: list[Truth]) -> None:
    assert negation(conjunction(of)) is disjunction([negation(truth) for truth in of])


@given(truths, truths)
def test_the_numbers_of_the_truths_make_bitwise_and_and_or_those_of_logic(one: Truth, other: Truth) -> None:
    assert (one & other, one | other) == (conjunction([one, other]), disjunction([one, other]))


@pytest.mark.parametrize(("truth", "word"), [(T, "true"), (F, "false"), (U, "unknown")])
def test_the_word_of_a_truth(truth: Truth, word: str) -> None:
    assert truth.word == word
