"""What several criteria ask of the same rows comes to what it comes to with any rows that there could be."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from pathlib import Path

from hypothesis import assume, given

from cdispec.determine.determination import Prepared
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.facts import Rows, Value
from tests.choices import Choices, chosen
from tests.determine.strategies import TODAY
from tests.examples import examples

POLICY = read_library(Path(__file__).parent / "policies").policies["90055"]
PREPARED = Prepared(POLICY)
EVERY = [(("value", value), ("rest", rest)) for value in (88, 89) for rest in (True, False)]
MOST = 4
"""Further rows: one more than any criterion asks for."""


def case_by(choices: Choices) -> Case:
    """A case with up to two tests, perhaps with their number, of which not all is known."""
    rows = []
    for _ in range(choices.below(3)):
        known: dict[str, Value] = {"value": choices.of((88, 89)), "rest": choices.either()}
        rows.append(tuple((name, value) for name, value in known.items() if not choices.rarely(2)))
    facts: dict[str, Value] = {"asked": True, "exempt": choices.either()}
    if choices.rarely():
        facts["low-tests"] = choices.below(4)
    if not choices.rarely():
        facts["tests"] = Rows(tuple(rows), choices.either())
    return Case("90055", choices.of((*POLICY.requests,)), TODAY, facts)


def completions(rows: Rows) -> list[Rows]:
    """The rows with everything answered, and with further ones where there may be."""
    known = [[one for one in EVERY if {*row} <= {*one}] for row in rows.rows]
    counts = range(1 if rows.whole else MOST + 1)
    further = [more for count in counts for more in combinations_with_replacement(EVERY, count)]
    return [Rows((*filled, *more), True) for filled in product(*known) for more in further]


@examples(25)
@given(chosen(case_by, 48))
def test_an_outcome_is_what_all_rows_agree_on(case: Case) -> None:
    rows = case.facts.get("tests", Rows((), False))
    assert isinstance(rows, Rows)
    stated = case.facts.get("low-tests")
    possible = [one for one in completions(rows) if stated is None or low_tests(one) == stated]
    assume(possible)
    every = {PREPARED.decide(case_with(case, filled)).outcome for filled in possible}
    found = PREPARED.decide(case)
    # Which of known rows are among so many as are given is not worked out.
    if len(every) > 1 or stated is None or all(len(row) == 2 for row in rows.rows):
        assert found.outcome in every if len(every) == 1 else found.outcome.is_open
        assert bool(found.needed()) is (len(every) > 1)


def low_tests(rows: Rows) -> int:
    """How many of these rows are low."""
    return sum(("value", 88) in row for row in rows.rows)


def case_with(case: Case, rows: Rows) -> Case:
    """The case with these rows."""
    return Case(case.policy, case.request, case.date, {**case.facts, "tests": rows})
