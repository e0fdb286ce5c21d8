"""Which revision decides a day, over any history: by the day of effect, and of one day by the later publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cdispec.model.periods import StatePeriod, as_released, deciding, in_effect, in_order, last_day, predecessor
from cdispec.model.policy import Policy
from cdispec.publish.shelf import Shelf, standings
from tests.family.libraries import other_family

WORKING = other_family()
DAYS = [date(2020, 1, 1) + timedelta(days=number) for number in range(8)]

Released = list[tuple[date, date]]
"""From when each revision is in effect and when it was published, in the order of release."""


@st.composite
def histories(draw: st.DrawFn) -> Released:
    effective = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=6))
    published = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=len(effective), max_size=len(effective))))
    return [*zip(effective, published, strict=True)]


def released(history: Released) -> tuple[Policy, ...]:
    """The revisions as they stand in a library."""
    made: list[Policy] = []
    for since, published in history:
        turn = 1 + sum(one.since == since for one in made)
        follows = made[-1].revision if made else ""
        made.append(replace(WORKING, in_effect=since, turn=turn, published=published, follows=follows))
    return in_order(made)


def expected(history: Released, day: date, known_on: date) -> int | None:
    """The place in the order of release of the revision that decides, tried one by one."""
    found = None
    for place, (since, published) in enumerate(history):
        if since <= day and published <= known_on and (found is None or since >= history[found][0]):
            found = place
    return found


@given(histories(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_the_latest_day_of_effect_and_then_the_latest_publication_decides(
    history: Released, day: date, known_on: date
) -> None:
    revisions = released(history)
    states = deciding([StatePeriod.of(one) for one in revisions], known_on)
    found = in_effect(states, day)
    state = found.read() if found else None
    order = [one.revision for one in as_released(revisions)]
    assert (order.index(state.revision) if state else None) == expected(history, day, known_on)


@given(histories())
def test_revisions_are_known_again_in_the_order_of_their_release(history: Released) -> None:
    told = [(one.since, one.published) for one in as_released(released(history))]
    assert told == history


@given(histories())
def test_what_a_revision_is_compared_with_does_not_depend_on_later_releases(history: Released) -> None:
    revisions = released(history)
    order = as_released(revisions)
    for count in range(1, len(history) + 1):
        then, now = order[count - 1], in_order(order[:count])
        before, after = predecessor(then, now), predecessor(then, revisions)
        assert before is after
        assert before is None or before.since <= then.since


@given(histories(), st.sampled_from(DAYS))
def test_pages_tell_of_each_day_the_one_revision_that_decides_it(history: Released, day: date) -> None:
    revisions = released(history)
    holding = [
        one.policy
        for one in standings(Shelf(WORKING, revisions))
        if one.since and one.since <= day and (one.until is None or day <= one.until)
    ]
    found = in_effect(revisions, day)
    assert holding == ([] if found is None else [found])
    if found is not None:
        last = last_day(found, revisions)
        assert last is None or day <= last
