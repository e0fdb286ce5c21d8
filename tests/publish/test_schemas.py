"""The schemas describe the compiled policy and the facts."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib.resources import files
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cdispec.library import read_library
from cdispec.publish.build import documents
from cdispec.publish.data import compiled
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from tests.determine.test_policies import ROOT
from tests.publish.conftest import FACTS, LIBRARY, SLUG, Write

EVERY_LOGIC = """\
## A {#a}

~~~criteria
request: initial
outcome: not indicated
all:
  - id: two
    at least 2 of: [{fact: pain, text: Pain}, {fact: swelling, note: [a, b]}, {id: n, not: {id: m, meets: c}}]
    from: 2025-01-01
    until: 2025-12-31
  - id: open
    any: {open: other-sign, of: [{id: p, fact: pain, is: no, unless: {id: q, fact: swelling}}]}
~~~

## B {#b}

~~~criteria
request: initial
otherwise: not addressed
~~~

## C {#c}

~~~criteria
any: [{id: r, fact: pain}]
~~~
"""


def schema(name: str) -> Draft202012Validator:
    described = json.loads((files("cdispec") / "schemas" / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(described)
    return Draft202012Validator(described)


@pytest.fixture
def data(built: dict[str, bytes]) -> Any:
    return json.loads(built[f"cdi/{SLUG}/working/policy.json"])


def test_the_compiled_policy_is_as_its_schema_says(data: Any) -> None:
    schema("policy").validate(data)


def test_every_kind_of_logic_is_as_the_schema_says(written: Write, recipe: Recipe) -> None:
    policy = written(EVERY_LOGIC)
    made = documents([Shelf(policy)], recipe)
    schema("policy").validate(json.loads(made[f"cdi/{policy.slug}/working/policy.json"]))


@pytest.mark.parametrize(
    "path", [("schema",), ("revision",), ("criteria", 0, "logic"), ("facts", 0, "kind"), ("rules", 0, "outcome")]
)
def test_a_compiled_policy_without_a_part_is_refused(data: Any, path: tuple[str | int, ...]) -> None:
    damaged = deepcopy(data)
    *above, last = path
    part = damaged
    for step in above:
        part = part[step]
    del part[last]
    assert not schema("policy").is_valid(damaged)


def test_the_facts_are_as_their_schema_says() -> None:
    for text in ((LIBRARY / "policy" / SLUG / "facts.yaml").read_text("utf-8"), FACTS, ""):
        schema("facts").validate(yaml.safe_load(text))


def stated(number: str) -> Any:
    """A small policy as data."""
    policy = read_library(ROOT).policies[number]
    return json.loads(json.dumps(compiled(policy)))


@pytest.mark.parametrize("number", sorted(read_library(ROOT).policies))
def test_every_small_policy_is_as_the_schema_says(number: str) -> None:
    schema("policy").validate(stated(number))


def test_the_limits_of_what_a_clause_grants_are_part_of_the_data() -> None:
    granted = [rule.get("granted") for rule in stated("90043")["rules"]]
    assert granted == [
        {
            "limited to": [{"words": "use at night only", "when": "mild"}, {"words": "use at home"}],
            "for": {"count": 12, "unit": "weeks"},
            "from": "delivery",
        },
        {"for": {"count": 6, "unit": "months"}, "from": "request"},
        None,
        {"until": "2026-06-30", "from": "request"},
    ]


def test_so_are_amounts_with_the_rows_of_the_table_that_prints_them() -> None:
    rows = {"table": "quantities", "by": "cushion", "rows": {"flat": 2, "contoured": 1, "air": 4}}
    limits = {"of": "requested-cushions", "used": "supplied-cushions", "per": "year", "clause": "quantities"}
    assert stated("90045")["rules"][0]["granted"] == {"up to": [{"amount": rows, **limits}]}
