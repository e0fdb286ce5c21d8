"""The JSON schemas of what authors write say what the reader says, as far as one block or fact shows it."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.parse.yamltree import read_yaml
from cdispec.source import has_errors
from tests.library.test_sources import plain
from tests.scenario.sample import FACTS, POLICY

FRONT = POLICY[: POLICY.index("## Indications")]
DECLARED, _ = read_facts(FACTS, "facts.yaml")
ROLE = "request: initial, outcome: medically necessary, "
SHARED = "\n## Shared {#shared}\n\n~~~criteria\n{fact: lasting}\n~~~\n"

READ = [
    *(
        "fact: pain",
        "fact: pain, is: no",
        "fact: age, at least: 0.5",
        "fact: age, is one of: [1, 2]",
        "fact: nyha, is: ii",
    ),
    *("fact: age, is one of: 1", "fact: age, between: {more than: 1, at most: 2}", "fact: nyha, at least: ii"),
    *("fact: trial-end, within: 5 years before request", "fact: trial-end, within: 5  day after request"),
    *(
        "fact: trial-end, at most: 2025-01-01",
        "fact: areas, includes: neck",
        "fact: areas, includes any of: [neck, back]",
    ),
    *("fact: areas, includes any of: neck", "all: [{fact: pain}, {id: x, meets: shared}]", "meets: shared"),
    *("any: {open: lasting, of: [{fact: pain}]}", "at least 1 of: [{fact: pain}, {fact: lasting}]"),
    *("not: {fact: pain}", "not: {not: {fact: pain}}", "fact: pain, unless: {fact: lasting}"),
    *("all: [{all: [{fact: pain}]}]", "all: [{meets: shared}]", "fact: pain, unless: {meets: shared}"),
    *("fact: pain, text: words, note: [a, 3]", "fact: pain, text: 3, note: n", "fact: pain, from: 2025-01-01"),
]
"""Criteria that can be read, as a block with an outcome and as one without."""

REFUSED = [
    *("fact: age, between: {at least: 1, more than: 2}", "fact: age, between: {at least: 1, at most: 2, less than: 3}"),
    *("fact: age, between: {at least: 1}", "fact: age, between: [1, 2]", "fact: age, at least: 1, at most: 2"),
    *(
        "fact: age, is: [3]",
        "fact: age, is one of: []",
        "fact: age, is one of: [1, [2]]",
        "fact: [pain]",
        "fact: {a: b}",
    ),
    *("fact: Pain", "fact: trial-end, within: five days before request", "fact: trial-end, within: 5 days", "is: yes"),
    *("fact: areas, includes: [neck]", "fact: areas, includes any of: []", "all: []", "all: {fact: pain}", "all: pain"),
    *("any: {open: lasting}", "any: {of: [{fact: pain}]}", "any: {open: [lasting], of: [{fact: pain}]}"),
    *("any: {open: lasting, of: [], more: 1}", "at least 0 of: [{fact: pain}]", "at least two of: [{fact: pain}]"),
    *(
        "not: [{fact: pain}]",
        "not: {fact: pain, unless: {fact: lasting}}",
        "meets: [shared]",
    ),
    *("fact: pain, all: [{fact: lasting}]", "text: words"),
    *("fact: pain, text: ''", "fact: pain, text: [a]", "fact: pain, note: []", "fact: pain, note: ''", "meets: Shared"),
    *("fact: pain, unless: [{fact: lasting}]", "fact: pain, from: 2025"),
    *(
        "fact: pain, id: A",
        "fact: pain, id: ''",
        "fact: pain, more: 1",
        "fact: pain, unless: {fact: lasting, classifies: y}",
    ),
    *("all: [{fact: pain, request: initial}]", "all: [{fact: pain, classifies: x}]"),
    "all: [{fact: pain, request: initial, outcome: not indicated}]",
]
"""Criteria that cannot be read, as either."""

BLOCKS = {
    "request: initial, otherwise: not addressed": True,
    "request: [initial, further], otherwise: medically necessary, id: x": True,
    "request: initial, outcome: not indicated, fact: pain": True,
    "request: [initial], outcome: not medically necessary, fact: pain": True,
    "classifies: x, fact: pain": True,
    "classifies: 3, fact: pain": True,
    "request: initial, otherwise: Covered": False,
    "request: initial, otherwise: not indicated, fact: pain": False,
    "request: initial, otherwise: not indicated, text: words": False,
    "request: initial, otherwise: not indicated, outcome: not indicated": False,
    "request: initial, outcome: medically necessary, otherwise: not indicated, fact: pain": True,
    "request: initial, otherwise: more information needed": False,
    "request: initial, outcome: medically necessary, fact: pain, granted: {for: 6 months}": True,
    "request: initial, outcome: medically necessary, fact: pain, granted: {until: 2026-06-30, from: trial-end}": True,
    "request: initial, outcome: medically necessary, fact: pain, granted: {limited to: {words: w, when: shared}}": True,
    "request: initial, outcome: medically necessary, fact: pain, granted: {limited to: [{words: w}]}": True,
    "request: initial, outcome: medically necessary, fact: pain, granted: {limited to: []}": False,
    "request: initial, outcome: medically necessary, fact: pain, granted: {}": False,
    "request: initial, outcome: medically necessary, fact: pain, granted: {for: 0 months}": False,
    "request: initial, outcome: medically necessary, fact: pain, granted: {for: 6 months, until: 2026-06-30}": False,
    "request: initial, outcome: medically necessary, fact: pain, granted: {limited to: {when: shared}}": False,
    "request: initial, outcome: medically necessary, fact: pain, granted: {up to: {amount: 2, of: age, per: d}}": True,
    "request: initial, outcome: medically necessary, fact: pain, granted: {up to: {amount: age, of: age}}": True,
    "request: initial, outcome: medically necessary, fact: pain, granted: {up to: {amount: -2, of: age}}": False,
    "request: initial, outcome: medically necessary, fact: pain, granted: {up to: {amount: 2}}": False,
    "request: initial, outcome: medically necessary, fact: pain, granted: {up to: [{amount: 2, of: age}]}": True,
    "request: initial, outcome: medically necessary, fact: pain, granted: {up to: []}": False,
    "classifies: x, fact: pain, granted: {for: 6 months}": False,
    "fact: pain, granted: {for: 6 months}": False,
    "request: [], otherwise: not indicated": False,
    "otherwise: not indicated": False,
    "request: initial, outcome: not addressed, fact: pain": True,
    "request: initial, outcome: more information needed, fact: pain": False,
    "request: [], outcome: medically necessary, fact: pain": False,
    "outcome: medically necessary, fact: pain": False,
    "request: initial, fact: pain": False,
    "request: initial, classifies: x, fact: pain": False,
    "classifies: '', fact: pain": False,
    "classifies: x, outcome: not indicated, request: initial, fact: pain": False,
    "classifies: x": False,
    "request: initial": False,
}

YES_NO = "kind: yes-no, question: q, phrase: p, negative: n"
NUMBER = 'kind: number, question: q, name: n, phrase: "{value}", unit: u'
DATE = 'kind: date, question: q, name: n, phrase: "{value}"'
ONE_OF = 'kind: one of, question: q, name: n, phrase: "{value}", options: {a: A, 2: 3}'
SET_OF = 'kind: set of, question: q, name: n, phrase: "{value}", including: "i {value}", none: none, options: {a: A}'
OF_FACTS = {
    **dict.fromkeys([YES_NO, NUMBER, DATE, ONE_OF, SET_OF, f"{NUMBER}, minimum: 0, maximum: 0.5"], True),
    **dict.fromkeys([f"{DATE}, latest: request", f"{ONE_OF}, ordered: yes", f"{ONE_OF}, ordered: no"], True),
    **dict.fromkeys([YES_NO.replace(" q,", " 3,"), SET_OF.replace("a: A", "a: yes")], True),
    **dict.fromkeys([f"{kind}, more: 1" for kind in (YES_NO, NUMBER, DATE, ONE_OF, SET_OF)], False),
    **dict.fromkeys([f"{YES_NO}, latest: request", f"{DATE}, latest: today", f"{ONE_OF}, ordered: perhaps"], False),
    **dict.fromkeys([f"{NUMBER}, minimum: low", f'{NUMBER}, minimum: "3"', f"{NUMBER}, maximum: {2**53 + 1}"], False),
    **dict.fromkeys([NUMBER.replace(", unit: u", "")], False),
    **dict.fromkeys([YES_NO.replace("p,", "'p {value}',"), DATE.replace('"{value}"', "p")], False),
    **dict.fromkeys([DATE.replace("{value}", "{value} {value}"), DATE.replace("q,", "'',")], False),
    **dict.fromkeys(
        [ONE_OF.replace("{a: A, 2: 3}", options) for options in ("{}", "[a]", "{A b: c}", "{a: ''}")], False
    ),
    **dict.fromkeys([YES_NO.replace("yes-no", "perhaps"), SET_OF.replace("none: none", "none: '{value}'")], False),
}


def fits(name: str, text: str) -> bool:
    """Whether a text of YAML fits one of the schemas that `cdispec schema` prints."""
    schema = json.loads((files("cdispec") / "schemas" / f"{name}.json").read_text("utf-8"))
    documents, issues = read_yaml(text, "block.yaml")
    assert not issues
    return jsonschema.Draft202012Validator(schema).is_valid(plain(documents[0]))


def reads(block: str) -> bool:
    """Whether a policy with a block can be read."""
    document = f"{FRONT}## Block {{#block}}\n\n~~~criteria\n{block}\n~~~\n{SHARED}"
    return not has_errors(read_policy(document, "policy.md", "00050-sample", DECLARED, ())[1])


@pytest.mark.parametrize("role", [ROLE, ""])
@pytest.mark.parametrize(
    ("logic", "good"), [*((logic, True) for logic in READ), *((logic, False) for logic in REFUSED)]
)
def test_the_schema_of_criteria_and_the_reader_agree_on_logic(logic: str, good: bool, role: str) -> None:
    block = f"{{{role}{logic}}}"
    assert (fits("criteria", block), reads(block)) == (good, good)


@pytest.mark.parametrize(("block", "good"), [*BLOCKS.items(), ("[{fact: pain}]", False)])
def test_the_schema_of_criteria_and_the_reader_agree_on_what_a_block_is_for(block: str, good: bool) -> None:
    text = block if block.startswith("[") else f"{{{block}}}"
    assert (fits("criteria", text), reads(text)) == (good, good)


@pytest.mark.parametrize(("fact", "good"), OF_FACTS.items())
def test_the_schema_of_facts_and_the_reader_agree(fact: str, good: bool) -> None:
    text = f"a: {{{fact}}}\n"
    assert (fits("facts", text), not read_facts(text, "facts.yaml")[1]) == (good, good)


@pytest.mark.parametrize("text", [f"A: {{{YES_NO}}}", "[a]", "a: x", "a: {}", "a:"])
def test_the_schema_of_facts_and_the_reader_refuse_what_declares_no_fact(text: str) -> None:
    assert not fits("facts", text)
    assert read_facts(text, "facts.yaml")[1]
