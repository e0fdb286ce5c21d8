"""Small policies made of the rows of `examples/`, each with the words and the logic of a row."""

from __future__ import annotations

import json

from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.source import has_errors

HEAD = """\
---
number: "1"
title: A Policy
issuer: An Office
document: A Document
status: draft
original_effective_date: 2020-01-01
last_review_date: 2020-01-01
requests:
  initial: therapy is requested
  continuation: continuation of therapy is requested
---

## Rules {#rules}

### Indications {#indications}

"""
BLOCK = "{lead}\n\n~~~criteria\nrequest: initial\noutcome: medically necessary\n{logic}\n~~~\n"


def policy_of(document: str, facts: str) -> Policy:
    """The policy of a document and its facts, which have no errors."""
    declared, issues = read_facts(facts, "policy/1/facts.yaml")
    policy, found = read_policy(HEAD + document, "policy/1/policy.md", "1", declared, ())
    assert policy is not None
    assert not has_errors(issues + found), issues + found
    return policy


def of_words(text: str, logic: str, facts: str, lead: str = "Therapy is covered when") -> Policy:
    """A policy with one printed item and its logic."""
    item = f"all:\n  - text: {json.dumps(text)}\n    id: item\n    {logic}"
    return policy_of(BLOCK.format(lead=lead, logic=item), facts)


def yes_no(id: str, phrase: str, negative: str = "", question: str = "") -> str:
    """A yes-no fact; its question asks for its phrase unless it is given."""
    words = {"question": question or f"Is it so that {phrase}?", "phrase": phrase}
    words["negative"] = negative or f"it is not so that {phrase}"
    return f"{id}:\n  kind: yes-no\n" + "".join(f"  {key}: {json.dumps(text)}\n" for key, text in words.items())


def of_a_number(row: list[str]) -> tuple[str, Policy]:
    """The number or date that an item compares, and its words."""
    asked, expected, text = row
    unit, test = asked.split(": ", 1)
    if unit == "beside":
        facts = "".join(
            f"{id}:\n  kind: number\n  unit: points\n  name: the {words}\n  question: What is the {words}?\n"
            f"  phrase: the {words} is {{value}} points\n"
            for id, words in (("result", "test result"), ("lower-limit", "lower limit"))
        )
        return expected, of_words(text, f"fact: result\n    {test}", facts)
    if unit in ("time", "age"):
        start = (
            "start:\n  kind: date\n  name: the start\n  question: When did it start?\n  phrase: it started on {value}\n"
        )
        facts = "day:\n  kind: date\n  name: the day\n  question: When was it?\n  phrase: it was on {value}\n"
        facts += "  birth of: the Veteran\n" if unit == "age" else ""
        return expected, of_words(text, f"fact: day\n    {test}", facts + start)
    if unit == "date":
        facts = "day:\n  kind: date\n  latest: request\n  name: the day\n"
        facts += "  question: When was it?\n  phrase: it was on {value}\n"
        key, value = test.split(" ", 1) if test.startswith("within") else test.rsplit(" ", 1)
        return expected, of_words(text, f"fact: day\n    {key}: {value}", facts)
    facts = f"amount:\n  kind: number\n  unit: {unit}\n  name: the amount\n"
    facts += f"  question: What is the amount?\n  phrase: the amount is {{value}} {unit}\n"
    if test.startswith("between"):
        _, low, _, high = test.split()
        return expected, of_words(text, f"fact: amount\n    between: {{at least: {low}, at most: {high}}}", facts)
    key, value = test.rsplit(" ", 1)
    return expected, of_words(text, f"fact: amount\n    {key}: {value}", facts)


NAMES = ("Swelling", "Redness", "Warmth", "Stiffness")


def of_a_quantifier(row: list[str]) -> tuple[str, Policy]:
    """The list that some words introduce."""
    asked, expected, words = row
    *kind, size = asked.split()
    names = NAMES[: int(size)]
    facts = "".join(yes_no(name.lower(), f"there is {name.lower()}") for name in names)
    items = "\n".join(f"  - {{fact: {name.lower()}, text: {name}}}" for name in names)
    key = " ".join(kind)
    if key == "open":
        listed = "\n".join(f"    {line}" for line in items.splitlines())
        logic = f"any:\n  open: other\n  of:\n{listed}"
        facts += yes_no("other", "there is another sign", "there is no other sign")
    elif key == "not any":
        listed = "\n".join(f"  {line}" for line in items.splitlines())
        logic = f"not:\n  id: any-of-these\n  any:\n{listed}"
    else:
        logic = f"{key}:\n{items}"
    return expected, policy_of(BLOCK.format(lead=f"Therapy is covered for {words}:", logic=logic), facts)


VISITS = """
visits:
  kind: list of
  name: the visits
  question: Which visits were there?
  phrase: there were these visits
  including: there were these visits, and perhaps others
  none: there was no visit
  row: the visit of {day}
  fields:
    day: {kind: date, name: the date of the visit, latest: request}
    score: {kind: number, name: the score at the visit, unit: points}
"""


def of_rows(row: list[str]) -> tuple[str, Policy]:
    """What is asked of the rows of a list, and the words of the item."""
    logic, expected, text = row
    return expected, of_words(text, logic, VISITS)


def of_a_negation(row: list[str]) -> tuple[str, Policy]:
    """A fact of which a yes or a no is wanted, and the words of the item."""
    asked, expected, text = row
    sentences, wanted = asked.rsplit(": ", 1)
    phrase, negative = sentences.split(" / ")
    return expected, of_words(text, f"fact: asked\n    is: {wanted}", yes_no("asked", phrase, negative))


def of_a_list(row: list[str]) -> tuple[str, Policy]:
    """Several facts that one item asks, or the note of one."""
    asked, expected, text = row
    kind, listed = asked.split(": ", 1)
    if kind == "note":
        logic = f"fact: asked\n    note: {json.dumps(text)}"
        return expected, of_words("There is a co-morbidity", logic, yes_no("asked", listed))
    phrases = listed.split("; ")
    facts = "".join(yes_no(f"fact-{n}", phrase) for n, phrase in enumerate(phrases))
    members = ", ".join(f"{{fact: fact-{n}}}" for n in range(len(phrases)))
    return expected, of_words(text, f"{kind}: [{members}]", facts)


def of_a_fact(row: list[str]) -> tuple[str, Policy]:
    """The words of a fact, which an item asks that says nothing else."""
    expected, question, phrase, negative = row
    logic = BLOCK.format(lead="", logic="all:\n  - fact: asked")
    return expected, policy_of(logic, yes_no("asked", phrase, negative, question))


OPTIONS = {
    "back": "back pain",
    "neck": "neck pain",
    "lymph": "lymphedema",
    "copd": "COPD",
    "post": "post-operative pain",
    "pregnancy": "pregnancy-related pain",
    "fibro": "fibromyalgia",
}


def of_another(row: list[str]) -> tuple[str, Policy]:
    """An option, an outcome, a kind of request, a reference, a guard, or a sentence that is printed twice."""
    asked, expected, text = row
    kind, _, what = asked.partition(" ")
    facts = yes_no("asked", "therapy helps")
    match kind:
        case "option":
            id = next(id for id, name in OPTIONS.items() if name == what)
            options = "".join(f"    {key}: {name}\n" for key, name in OPTIONS.items())
            listed = "listed:\n  kind: set of\n  name: the conditions\n  question: Which are the conditions?\n"
            listed += "  phrase: the conditions are {value}\n  including: the conditions include {value}\n"
            listed += f"  none: there is no condition\n  options:\n{options}"
            return expected, of_words(text, f"fact: listed\n    includes: {id}", listed)
        case "outcome":
            logic = BLOCK.replace("medically necessary", what).format(lead=f"{text} it helps:", logic="fact: asked")
            return expected, policy_of(logic, facts)
        case "request":
            logic = BLOCK.replace("initial", what).format(lead=f"{text} it helps:", logic="fact: asked")
            return expected, policy_of(logic, facts)
        case "meets" | "not":
            return expected, _referring(text, denied=kind == "not", facts=facts)
        case "twice":
            sentence = "General massage for the well-being of a Veteran is not considered medical therapy."
            return expected, policy_of(f"{sentence}\n\n## Description {{#description}}\n\n{text}\n", facts)
        case _:
            guard = yes_no("emergency", "it is an emergency") + yes_no("counselled", "counselling was given")
            logic = "fact: counselled\n    unless: {fact: emergency, id: in-an-emergency}"
            return expected, of_words(text, logic, guard)


def _referring(text: str, denied: bool, facts: str) -> Policy:
    refers = "not: {id: referred, meets: one}" if denied else "meets: one"
    block = BLOCK.format(
        lead="Therapy is covered when", logic=f"all:\n  - id: item\n    text: {json.dumps(text)}\n    {refers}"
    )
    one = "### One {#one}\n\n~~~criteria\nfact: asked\n~~~\n"
    two = "### Two {#two}\n\n~~~criteria\nfact: second\n~~~\n"
    return policy_of(f"{block}\n{one}\n{two}", facts + yes_no("second", "it was tried"))


LIMITED = """\
requested:
  kind: number
  unit: visits
  name: the visits that are requested
  question: How many visits are requested?
  phrase: "{value} visits are requested"
"""


def of_a_limit(row: list[str]) -> tuple[str, Policy]:
    """The words that lead to an indication and how it limits what it grants; of a "clause", of another section."""
    asked, expected, text = row
    kind, _, limit = asked.partition(" ")
    clause = ", clause: rest" if kind == "clause" else ""
    if kind == "for":
        granted = f"for: {limit}"
    else:
        amount, _, per = limit.partition(" per ")
        granted = f"up to: {{amount: {amount}, of: requested{f', per: {per}' if per else ''}{clause}}}"
    lead = "Therapy is covered when" if clause else text
    logic = BLOCK.format(lead=f"{lead} there is pain:", logic=f"granted:\n  {granted}\nfact: pain")
    rest = f"\n### The rest {{#rest}}\n\n{text}\n" if clause else ""
    return expected, policy_of(logic + rest, LIMITED + yes_no("pain", "there is pain"))
