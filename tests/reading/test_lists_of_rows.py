"""Lists of rows as LANGUAGE.md shows them, and what cannot be asked of a row."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator

from cdispec.determine.contract import case_json, determination_json
from cdispec.determine.determination import determine
from cdispec.determine.reading import as_read_by
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, IsOneOf, OfRows, walk
from cdispec.model.facts import Rows
from cdispec.model.outcomes import Outcome
from cdispec.model.periods import StatePeriod
from cdispec.model.policy import Policy
from cdispec.model.records import Counted, RecordList
from cdispec.parse.case import read_cases
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.publish.data import compiled
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.scenario.writing import given_sentences
from cdispec.source import Issue
from cdispec.targets.python import compile_policy

LANGUAGE = (Path(__file__).parents[2] / "LANGUAGE.md").read_text("utf-8")
SECTION = LANGUAGE.partition("### Lists of rows")[2].partition("\n### ")[0]
FACTS, CRITERIA, NUMBER = re.findall(r"```yaml\n(.*?)```", SECTION, re.DOTALL)
ROWS = re.findall(r"^    - \{state.*\}", LANGUAGE.partition("## A case")[2], re.MULTILINE)

FRONT = """---
number: "00050"
title: Sample
issuer: Test
document: Test
status: draft
original_effective_date: 2020-01-01
last_review_date: 2020-01-01
requests: {initial: oxygen is requested}
---

## Indications {#indications}

~~~criteria
request: initial
outcome: medically necessary
"""


def read(criteria: str = CRITERIA, facts: str = FACTS) -> tuple[Policy | None, list[Issue]]:
    """A policy with some logic."""
    declared, issues = read_facts(facts, "facts.yaml")
    policy, found = read_policy(f"{FRONT}{criteria}\n~~~\n", "policy.md", "00050-sample", declared, ())
    return policy, issues + found


def the_policy() -> Policy:
    """The policy of LANGUAGE.md."""
    policy, issues = read()
    assert not issues
    assert policy is not None
    return policy


def the_case(rows: str) -> Case:
    """A case with these rows."""
    text = f'{{policy: "00050", request: initial, date: 2025-07-01, facts: {{oxygen-tests: {rows}}}}}'
    policy = the_policy()
    [(_, case, issues, _)] = read_cases(text, "case.yaml", {"00050": (StatePeriod.of(policy),)})
    assert not issues
    assert case is not None
    return case


def test_the_example_asks_for_rows_in_every_way() -> None:
    asked = [node.logic for node in walk(the_policy().rules[0].criterion) if isinstance(node.logic, OfRows)]
    assert [logic.quantity.value for logic in asked] == ["some of", "latest of", "each of", "none of", "at least"]


def test_the_rows_of_the_example_need_what_the_second_one_showed() -> None:
    assert len(ROWS) == 2
    rows = ", ".join(row.removeprefix("    - ").partition("  #")[0] for row in ROWS)
    found = determine(the_policy(), the_case(f"[{rows}]"))
    assert found.outcome is Outcome.MORE_INFORMATION
    assert found.needed == ("oxygen-tests#2.saturation", "oxygen-tests#2.day")


def test_rows_are_written_as_the_sentence_and_table_that_state_them() -> None:
    case = the_case("{including: [{state: sleep, saturation: 88, day: 2025-06-15}, {state: rest, day: 2025-06}]}")
    assert given_sentences(the_policy(), case) == [
        "these oxygen tests were done, and perhaps others",
        "| state | saturation | day        |",
        "| sleep | 88         | 2025-06-15 |",
        "| rest  |            | June 2025  |",
    ]


def test_a_list_without_rows_is_said_in_its_own_sentence() -> None:
    assert given_sentences(the_policy(), the_case("{none: yes}")) == ["no oxygen test was done"]
    assert len(Vocabulary(the_policy()).given("No oxygen test was done")) == 1


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ("some of: {list: oxygen-tests, where: {meets: other}}", "not-of-a-row"),
        ("some of: {list: oxygen-tests, where: {fact: state, is: rest, from: 2025-01-01}}", "not-of-a-row"),
        ("some of: {list: oxygen-tests, where: {some of: {list: oxygen-tests}}}", "not-of-a-row"),
        ("some of: {list: oxygen-tests, where: {fact: saturation, at most: 2 * saturation}}", "not-of-a-row"),
        ("some of: {list: oxygen-tests, where: {fact: colour, is: rest}}", "unknown-fact"),
        ("some of: {list: oxygen-tests, is: {fact: state, is: rest}}", "unknown-key"),
        ("some of: {list: oxygen}", "unknown-list"),
        ("each of: {list: oxygen-tests}", "missing-key"),
        ("latest of: {list: oxygen-tests, is: {fact: state, is: rest}}", "missing-key"),
        ("latest of: {list: oxygen-tests, by: state, is: {fact: state, is: rest}}", "wrong-kind"),
        ("at least 0 of: {list: oxygen-tests}", "impossible-count"),
        ("fact: oxygen-tests", "list-as-fact"),
        ("fact: saturation\nat least: 3", "unknown-fact"),
        ("all: [{id: a, some of: {list: oxygen-tests, where: {id: b, fact: day, before: request}}}, {meets: b}]",
         "unknown-reference"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_at_its_place(criteria: str, code: str) -> None:
    _, issues = read(criteria)
    assert [issue.code for issue in issues if issue.code != "unknown-reference" or code == issue.code] == [code]


def test_a_field_of_the_name_of_a_fact_is_asked_of_the_row() -> None:
    policy, issues = read(
        "some of: {list: oxygen-tests, where: {fact: state, is: rest}}",
        f"state: {{kind: yes-no, phrase: there is a state}}\n{FACTS}",
    )
    assert not issues
    assert policy is not None
    [asked] = [node.logic for node in walk(policy.rules[0].criterion) if not isinstance(node.logic, OfRows)]
    assert asked == Comparison("oxygen-tests.state", IsOneOf(frozenset(["rest"])))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("[{state: rest, colour: red}]", "unknown-field"),
        ("[{day: 2025-07-02}]", "impossible-value"),
        ("[{state: standing}]", "unknown-option"),
        ("{state: rest}", "wrong-answer"),
        ("rest", "wrong-answer"),
        ("[rest]", "wrong-answer"),
        ("[{saturation: 101}]", "impossible-value"),
        (f"[{', '.join(['{state: rest}'] * 65)}]", "too-many-rows"),
    ],
)
def test_rows_that_cannot_be_are_issues_of_the_case(rows: str, code: str) -> None:
    text = f'{{policy: "00050", request: initial, date: 2025-07-01, facts: {{oxygen-tests: {rows}}}}}'
    [(_, case, issues, _)] = read_cases(text, "case.yaml", {"00050": (StatePeriod.of(the_policy()),)})
    assert case is None
    assert code in [issue.code for issue in issues]


def test_the_data_of_a_policy_with_lists_fits_its_schema() -> None:
    schema = json.loads((files("cdispec") / "schemas" / "policy.json").read_text("utf-8"))
    data = json.loads(json.dumps(compiled(the_policy())))
    Draft202012Validator(schema).validate(data)
    assert [of["id"] for of in data["lists"]] == ["oxygen-tests"]


def test_a_case_with_rows_and_what_is_said_of_it_fit_their_schemas() -> None:
    case = the_case("{including: [{state: sleep, day: 2025-06-15}]}")
    said = determination_json(determine(the_policy(), case))
    for name, data in (("case", case_json(case)), ("determination", said)):
        schema = json.loads((files("cdispec") / "schemas" / f"{name}.json").read_text("utf-8"))
        Draft202012Validator(schema).validate(json.loads(json.dumps(data)))
    assert said["rows"] == {"oxygen-tests#1": "the sleep test of June 15, 2025"}


def test_the_compiled_policy_says_the_same_of_rows() -> None:
    case = the_case("{including: [{state: sleep, day: 2025-06-15}]}")
    said = orjson.dumps(determination_json(determine(the_policy(), case)))
    assert compile_policy(the_policy()).decide(case).json() == said


def test_a_state_that_lacks_a_field_leaves_it_out_of_the_rows() -> None:
    fewer, _ = read(
        "some of: {list: oxygen-tests}", FACTS.replace("    state:", "    other:").replace("{state}", "{other}")
    )
    assert fewer is not None
    case = as_read_by(the_case("[{state: sleep, saturation: 88}]"), the_policy(), fewer)
    assert case is not None
    assert case.facts == {"oxygen-tests": Rows(((("saturation", 88),),), True)}


def test_the_number_of_the_example_is_counted_over_a_list() -> None:
    nights = FACTS.replace("oxygen-tests:", "nights:").replace("saturation:", "hours:")
    declared, issues = read_facts(nights + NUMBER, "facts.yaml")
    assert not issues
    of = declared["nights"]
    assert isinstance(of, RecordList)
    assert [(id, tally.counted, tally.days) for id, tally in of.tallies.items()] == [("nights-worn", Counted.MOST, 30)]


def test_a_field_that_is_null_in_a_row_is_unknown_there() -> None:
    assert the_case("[{state: sleep, saturation: null}]") == the_case("[{state: sleep}]")


@pytest.mark.parametrize(
    ("logic", "hint"),
    [
        ("at least 2 of: {list: oxygen-tests}\nwhere: {fact: day}", "indent it below `at least 2 of:`, beside `list:`"),
        ("some of: {where: {fact: day}}\nlist: oxygen-tests", "indent it below `some of:`, beside `list:`"),
        ("none of: {list: oxygen-tests}\nwithin: 3 days before request", "indent it below `none of:`, beside `list:`"),
        ("latest of: {list: oxygen-tests}\nby: day", "indent it below `latest of:`, beside `list:`"),
        (
            "some of: {list: oxygen-tests}\nall: [{fact: day}]",
            "put them under one `all:` or `any:`; where its rows are to be so, indent `all:` below its `where:`",
        ),
    ],
)
def test_what_stands_beside_a_list_is_led_into_it_and_never_removed(logic: str, hint: str) -> None:
    _, issues = read(logic)
    assert hint in [issue.hint for issue in issues]
    assert "remove it" not in [issue.hint for issue in issues]


@pytest.mark.parametrize(
    ("rows", "hint"),
    [
        ("{state: rest}", "begin each row with `- `, and indent its fields by as much"),
        ("none", "write `[]`"),
        ("{none: no}", "write the answer, or leave the fact out where it is unknown"),
    ],
)
def test_rows_that_are_written_otherwise_are_told_as_they_should_be(rows: str, hint: str) -> None:
    text = f'{{policy: "00050", request: initial, date: 2025-07-01, facts: {{oxygen-tests: {rows}}}}}'
    [(_, _, issues, _)] = read_cases(text, "case.yaml", {"00050": (StatePeriod.of(the_policy()),)})
    assert [issue.hint for issue in issues] == [hint]


def test_a_field_outside_of_its_list_is_led_into_it() -> None:
    _, issues = read("fact: saturation\nat most: 88\n")
    hint = "it is a field of `oxygen-tests`: ask it in the `where:` of `some of: {list: oxygen-tests, where: ...}`"
    assert [(issue.code, issue.hint) for issue in issues] == [("unknown-fact", hint)]


NOT_NONE = "it: {kind: date, name: its day, question: When?, phrase: 'it was on {value}'}\n"
PERHAPS_NONE = "it: {kind: date, name: its day, question: When?, phrase: 'it was on {value}', none: there is none}\n"


@pytest.mark.parametrize(
    ("facts", "answer", "hint"),
    [
        (PERHAPS_NONE, "none", "write `{none: yes}`"),
        (PERHAPS_NONE, "{none: no}", "write the answer, or leave the fact out where it is unknown"),
        (
            NOT_NONE,
            "{none: yes}",
            "facts.yaml does not say `none:` of it, so that there always is one; leave it out where it is unknown",
        ),
    ],
)
def test_an_answer_that_there_is_none_is_told_as_it_can_be_given(facts: str, answer: str, hint: str) -> None:
    policy, _ = read("fact: it\nwithin: 3 days before request", facts)
    assert policy is not None
    text = f'{{policy: "00050", request: initial, date: 2025-07-01, facts: {{it: {answer}}}}}'
    [(_, _, issues, _)] = read_cases(text, "case.yaml", {"00050": (StatePeriod.of(policy),)})
    assert [issue.hint for issue in issues] == [hint]


@pytest.mark.parametrize("beside", ["within: 3 days before request", "all: [{fact: day}]"])
def test_what_stands_beside_what_is_counted_is_led_into_where(beside: str) -> None:
    words = "name: the tests, question: How many?, phrase: 'there were {value} tests'"
    counted = f"\nnights: {{kind: number, unit: tests, {words}, is: {{number of: oxygen-tests, {beside}}}}}\n"
    issues = read_facts(FACTS + counted, "facts.yaml")[1]
    assert [(issue.code, issue.hint) for issue in issues] == [("unknown-key", "indent it below `where:`")]
