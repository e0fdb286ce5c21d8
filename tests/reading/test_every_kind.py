"""Every kind of logic, comparison and fact can be stated, read and printed as data, and LANGUAGE.md tells of it.

Each kind is one that random policies hold, so that one which they lack is in none of the property tests.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, assert_never, get_args

import pytest
import yaml
from hypothesis import Phase, find, given, settings
from jsonschema import Draft202012Validator

from cdispec.analysis.changes.stated import of_criterion
from cdispec.model.codes import CodeLists
from cdispec.model.criteria import (
    Bound,
    Comparison,
    Criterion,
    ListOf,
    Logic,
    Not,
    OfRows,
    Reference,
    Test,
    key_of,
    own_logic,
)
from cdispec.model.facts import Day, Fact, SetOf, kind_name
from cdispec.model.labels import USUAL, document_numbering
from cdispec.model.policy import Policy, Shared, all_criteria
from cdispec.model.records import Declared, RecordList
from cdispec.parse.comparisons import is_empty
from cdispec.parse.criteria import CriteriaReader
from cdispec.parse.facts import FACT_KINDS, read_facts
from cdispec.parse.measures import worked
from cdispec.parse.yamltree import read_yaml
from cdispec.publish.data import compiled
from cdispec.source import Place
from tests.examples import examples
from tests.strategies import policies

LANGUAGE = (Path(__file__).parents[2] / "LANGUAGE.md").read_text("utf-8")
KINDS = [*get_args(Logic), *get_args(Test), *get_args(Fact)]
OF_LISTS = (OfRows,)
"""What random policies do not hold: lists have policies of their own, in tests/determine/test_rows.py."""


def _schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((files("cdispec") / "schemas" / f"{name}.json").read_text("utf-8")))


CRITERIA, FACTS, POLICY = _schema("criteria"), _schema("facts"), _schema("policy")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OF_LISTS], ids=lambda kind: kind.__name__)
def test_random_policies_hold_it(kind: type) -> None:
    def held(policy: Policy) -> bool:
        logics = [criterion.logic for criterion in all_criteria(policy)]
        tests = [logic.test for logic in logics if isinstance(logic, Comparison)]
        return any(isinstance(each, kind) for each in (*logics, *tests, *policy.facts.values()))

    find(policies(depth=2, most_rules=1), held, settings=settings(max_examples=200, phases=[Phase.generate]))


@examples(40)
@given(policies())
def test_a_criterion_is_read_as_it_is_stated(policy: Policy) -> None:
    for criterion in all_criteria(policy):
        block = _stated(criterion)
        CRITERIA.validate(yaml.load(block, Loader=yaml.BaseLoader))
        [node], issues = read_yaml(block, "policy.md")
        read = CriteriaReader(dict(policy.facts), {}, {}, [], issues, [], policy.code_sets).block(
            node, "", document_numbering(USUAL).section()
        )
        assert not issues
        assert isinstance(read, Shared)
        assert own_logic(read.criterion.logic) == own_logic(criterion.logic)
        for line in block.splitlines()[1:]:
            assert f"`{re.sub('[0-9]+', '2', line.split(':')[0])}:" in LANGUAGE


def _stated(criterion: Criterion) -> str:
    """A block with the logic of a criterion, as an author writes it; what its members ask makes no difference."""
    logic = criterion.logic
    match logic:
        case ListOf(of=of):
            asked = f"[{', '.join(f'{{id: m{number}, fact: fact-0}}' for number in range(len(of)))}]"
        case Not():
            asked = "{id: m, fact: fact-0}"
        case Reference(to):
            asked = to
        case Comparison(fact, _):
            asked = fact
        case OfRows():
            raise AssertionError("lists are read in test_rows")
        case _:
            assert_never(logic)
    return f"id: x\n{key_of(logic)}: {asked}\n{of_criterion(criterion).get('test', '')}"


@examples(40)
@given(policies())
def test_a_fact_is_read_as_it_is_declared(policy: Policy) -> None:
    read_as: dict[str, Declared] = {}
    for fact, data in zip(policy.facts.values(), compiled(policy)["facts"], strict=True):
        declared = yaml.safe_dump({data.pop("id"): _declared(data)}, sort_keys=False)
        FACTS.validate(yaml.safe_load(declared))
        read, issues = read_facts(declared, "facts.yaml")
        assert not issues
        read_as |= read
        assert f"kind: {kind_name(fact)}\n" in LANGUAGE
    facts, issues = worked(read_as)
    assert not issues
    assert [_placeless(fact) for fact in facts.values() if not isinstance(fact, RecordList)] == [
        *map(_placeless, policy.facts.values())
    ]


@pytest.mark.parametrize("kind", FACT_KINDS)
def test_a_kind_of_fact_that_is_read_is_in_its_schema_and_described(kind: str) -> None:
    assert f'"const": "{kind}"' in json.dumps(FACTS.schema)
    assert f"  kind: {kind}\n" in LANGUAGE


@pytest.mark.parametrize(
    ("low", "high", "empty"),
    [
        (Bound(date(2025, 1, 1), False), Bound(date(2025, 1, 2), False), True),
        (Bound(date(2025, 1, 1), False), Bound(date(2025, 1, 2), True), False),
        (Bound(date(2025, 1, 1), True), Bound(date(2025, 1, 1), True), False),
        (Bound(date(2025, 1, 2), True), Bound(date(2025, 1, 1), True), True),
    ],
)
def test_no_day_lies_between_two_that_follow_each_other(low: Bound, high: Bound, empty: bool) -> None:
    assert is_empty(low, high, Day("day", "When?", "the day", "it is {value}", False, Place("facts.yaml"))) is empty


def _declared(data: dict[str, Any]) -> dict[str, Any]:
    """A fact's data as it is written in `facts.yaml`."""
    stated = {key: value for key, value in data.items() if value is not None}
    return stated | ({"options": {one["id"]: one["name"] for one in stated["options"]}} if "options" in stated else {})


def _placeless(fact: Fact) -> str:
    if isinstance(fact, SetOf) and fact.codes is not None:
        # Its sets are those that criteria ask for.
        fact = replace(fact, options=(), codes=CodeLists(fact.codes.system))
    return re.sub(r"Place\([^)]*\)", "", repr(fact))


@examples(40)
@given(policies())
def test_a_policy_as_data_fits_its_schema(policy: Policy) -> None:
    POLICY.validate(json.loads(json.dumps(compiled(policy))))
