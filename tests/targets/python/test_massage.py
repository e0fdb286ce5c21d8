"""The compiled form on CDI 00036."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator

import cdispec
from cdispec.determine.contract import case_json, determination_json
from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.facts import Including, Number, OneOf, SetOf, Value, YesNo
from cdispec.model.policy import Policy
from cdispec.targets.python import Compiled, compile_policy

ROOT = Path(__file__).parent.parent.parent.parent
SCHEMA = orjson.loads((Path(cdispec.__file__).parent / "schemas" / "determination.json").read_bytes())


@pytest.fixture(scope="module")
def policy() -> Policy:
    """CDI 00036."""
    return read_library(ROOT).policies["00036"]


@pytest.fixture(scope="module")
def compiled(policy: Policy) -> Compiled:
    """Its compiled form."""
    return compile_policy(policy)


def _case(policy: Policy, drawn: random.Random) -> Case:
    known = drawn.choice([0.1, 0.5, 0.8, 0.95, 1.0])
    facts = {id: _answer(policy, id, drawn) for id in policy.facts if drawn.random() < known}
    complete, codes = drawn.random() < 0.1, ("97124", "X") if drawn.random() < 0.2 else ()
    return Case(policy.number, drawn.choice(list(policy.requests)), date(2025, 7, 1), facts, complete, codes)


def _answer(policy: Policy, id: str, drawn: random.Random) -> Value:
    favourable = drawn.random() < 0.9
    match fact := policy.facts[id]:
        case YesNo():
            return favourable != (id in ("able-to-maintain-progress", "veteran-request-alone"))
        case Number():
            ages: list[Value] = [1, 2, Decimal("64.5"), 65, 71]
            return drawn.choice(ages)
        case OneOf(options=options):
            return drawn.choice(options).id
        case SetOf(options=options):
            members = frozenset(option.id for option in options if drawn.random() < 0.1)
            return Including(members) if drawn.random() < 0.5 else members
        case _:
            raise NotImplementedError(fact)


@pytest.mark.parametrize("seed", range(4))
def test_it_equals_the_reference_and_answers_json_by_the_contract(
    policy: Policy, compiled: Compiled, seed: int
) -> None:
    drawn = random.Random(seed)
    schema = Draft202012Validator(SCHEMA)
    outcomes = set()
    for _ in range(60):
        case = _case(policy, drawn)
        expected = determine(policy, case)
        outcomes.add(expected.outcome)
        assert compiled.decide(case).determination() == expected
        answer = compiled.respond(case_json(case))
        assert answer == orjson.dumps(determination_json(expected))
        schema.validate(orjson.loads(answer))
    assert len(outcomes) == 4


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
