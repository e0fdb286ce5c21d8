"""What the door of the compiled form lets in is what `parse.case` reads, and what it does not is left to that."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.determine.contract import case_json
from cdispec.model.case import Case
from cdispec.model.facts import Month
from cdispec.model.periods import StatePeriod
from cdispec.parse.case import read_cases
from cdispec.targets.python.door import Door, read_line
from tests.strategies import cases, policies, worked_out


def _line(case: Case) -> bytes:
    return orjson.dumps(case_json(case))


def _read(line: bytes, door: Door) -> Case | None:
    [(_, case, _, _)] = read_cases(line.decode(), "case.json", {door.policy.number: [StatePeriod.of(door.policy)]})
    return case


@given(st.data())
def test_a_case_comes_in_as_it_is(data: st.DataObject) -> None:
    policy = data.draw(policies())
    door, case = Door(policy), data.draw(cases(policy))
    line = _line(case)
    raw = read_line(line)
    # A date that is known to a month is left to the reader.
    dated_to_months = any(isinstance(value, Month) for value in case.facts.values())
    checked = door.take(case) if dated_to_months else door.check(raw)
    assert checked is not None
    assert not dated_to_months or door.check(raw) is None
    assert checked.case() == case == _read(line, door)
    assert checked.facts == worked_out(policy, case).facts


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 20) | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.just("including"), inner),
    max_leaves=6,
)


@given(st.data())
def test_what_comes_in_is_never_what_the_reader_refuses(data: st.DataObject) -> None:
    policy = data.draw(policies())
    door = Door(policy)
    stated = orjson.loads(_line(data.draw(cases(policy))))
    where = data.draw(st.sampled_from([stated, stated["facts"]]))
    key = data.draw(st.sampled_from([*where, *policy.facts, "record", "codes", "unheard-of"]))
    where[key] = data.draw(anything | st.sampled_from(["2025-02-30", "20250101", "open", "initial", ["97124"]]))
    line = orjson.dumps(stated)
    raw = read_line(line)
    checked = None if raw is None else door.check(raw)
    if checked is not None:
        assert checked.case() == _read(line, door)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b'{"policy": "1"}',
        b'{"policy": "1", "facts": []}',
        b'{"policy": "1", "facts": {"a": true, "a": false}}',
        b'{"policy": "1", "policy" : "2", "facts": {}}',
        b'{"policy": "1", "facts": {}, "facts": {"a": true}}',
        b'{"policy": "1", "facts": {"a": {"including": [], "including": ["b"]}}}',
        b'{"policy": "1", "codes": ["{"], "facts": {"a": true, "a": false}}',
        b'{"policy": "a:b", "facts": {}}',
    ],
)
def test_a_line_that_is_no_object_or_may_hold_a_key_twice_is_not_read(line: bytes) -> None:
    assert read_line(line) is None


@pytest.mark.parametrize(
    "line",
    [b'{"policy": "1", "facts": {}}', b'{"policy": "1", "facts": {"a": {"including": ["b"]}, "c": 1}}'],
)
def test_any_other_line_is_read(line: bytes) -> None:
    read: Any = orjson.loads(line)
    assert read_line(line) == read
