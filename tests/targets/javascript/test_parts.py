"""Parts of the engine do what those of the core do, where whole determinations would seldom show it."""

from __future__ import annotations

import json
from datetime import date
from itertools import product

import pytest

from cdispec.core.calendar import lengths
from cdispec.model.criteria import Duration, Unit, shifted
from tests.targets.drawing import by_seed, tangled
from tests.targets.javascript.page import Page

COUNTS = (0, 1, 11, 12, 13, 4801, 99_999_999)
DURATIONS = [Duration(count, unit) for count, unit in product(COUNTS, Unit)]
DAYS = [date.min, date(1, 2, 28), date(1900, 3, 1), date(2000, 2, 29), date(2025, 3, 31), date.max]


@pytest.fixture
def loaded(page: Page) -> Page:
    """A page with some policy."""
    page.load(tangled(by_seed(0)))
    return page


def _length(duration: Duration) -> dict[str, object]:
    return {"count": duration.count, "unit": duration.unit.value}


def test_days_shift_as_in_the_reference_and_stay_within_the_calendar(loaded: Page) -> None:
    asked = list(product(DAYS, DURATIONS, (-1, 1)))
    written = json.dumps([[day.toordinal(), _length(duration), sign] for day, duration, sign in asked])
    found = loaded.evaluate(f"{written}.map((one) => cdispec.shifted(...one))")
    assert found == [shifted(*one).toordinal() for one in asked]


def test_durations_have_the_lengths_that_they_have_in_the_core(loaded: Page) -> None:
    asked = list(product(DURATIONS, (-1, 1)))
    written = json.dumps([[_length(duration), sign] for duration, sign in asked])
    found = loaded.evaluate(f"{written}.map((one) => cdispec.lengths(...one))")
    assert found == [list(lengths(*one)) for one in asked]
