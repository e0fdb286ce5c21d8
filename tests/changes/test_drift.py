"""The words of the clauses that limits name are changed with these limits, and never alone."""

from __future__ import annotations

import pytest

from cdispec.analysis.changes.drift import drifts
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy

FACTS = """
prescribed: {kind: yes-no, phrase: a cushion is prescribed}
requested: {kind: number, unit: cushions, name: the cushions, question: How many?, phrase: "{value} are requested"}
cushion:
  kind: one of
  name: the cushion
  question: Which cushion is requested?
  phrase: "{value} is requested"
  options: {flat: flat cushion, air: air cushion}
"""
DOCUMENT = """---
number: "00050"
title: Cushions
issuer: Test
document: Test
status: draft
original_effective_date: 2020-01-01
last_review_date: 2020-01-01
requests: {initial: cushions are requested}
---

## Cushions {#cushions}

Cushions are medically necessary when they are prescribed.

~~~criteria
request: initial
outcome: medically necessary
granted: {up to: LIMIT}
fact: prescribed
~~~

## More Cushions {#excess}

More than WORDS cushions a year are not medically necessary.

| Cushion | A year |
|---|---|
| flat cushion | FLAT |
| air cushion | 4 |
"""
STATED = "{amount: 2, of: requested, per: year, clause: excess}"
PRINTED = "{amount: excess, by: cushion, of: requested, per: year}"


def policy(limit: str, words: str = "2", flat: str = "2") -> Policy:
    """A policy with a limit whose words stand in another section."""
    text = DOCUMENT.replace("LIMIT", limit).replace("WORDS", words).replace("FLAT", flat)
    found, issues = read_policy(text, "policy.md", "00050-cushions", read_facts(FACTS, "facts.yaml")[0], ())
    assert found is not None
    assert not issues
    return found


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        (policy(STATED), policy(STATED.replace("2", "3"), words="3"), []),
        (policy(STATED), policy(STATED.replace("2", "3")), ["I"]),
        (policy(STATED), policy(STATED, words="3"), ["II"]),
        (policy(PRINTED), policy(PRINTED, flat="3"), []),
    ],
    ids=["both", "the limit alone", "its words alone", "the printed table, which is both"],
)
def test_a_limit_is_changed_with_the_words_of_the_clause_that_it_names(
    before: Policy, after: Policy, names: list[str]
) -> None:
    assert [drift.name for drift in drifts(before, after)] == names
