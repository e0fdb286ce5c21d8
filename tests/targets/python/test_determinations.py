"""The Python source says what the core says, node by node, and its determinations are those of `determine`."""

from __future__ import annotations

import orjson
from hypothesis import given
from hypothesis import strategies as st

from cdispec.core.evaluate import evaluate
from cdispec.determine.contract import determination_json
from cdispec.determine.determination import determine
from cdispec.targets.python import compile_policy
from tests.strategies import cases, policies


@given(st.data())
def test_every_node_and_every_determination_is_equal(data: st.DataObject) -> None:
    policy = data.draw(policies())
    compiled = compile_policy(policy)
    for case in data.draw(st.lists(cases(policy), min_size=1, max_size=4)):
        checked = compiled.checked(case)
        assert list(compiled.truths(checked)) == evaluate(compiled.program, checked)
        expected = determine(policy, case)
        decided = compiled.decide(case)
        assert decided.determination() == expected
        assert decided.json() == orjson.dumps(determination_json(expected))
