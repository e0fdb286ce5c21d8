"""A small policy for tests of sentences, and stories told of it."""

from __future__ import annotations

from cdispec.determine.determination import determine
from cdispec.model.case import Case
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.scenario.expectations import unmet
from cdispec.scenario.feature import read_feature
from cdispec.scenario.story import Story, read_story
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.source import Issue

FOLDER = "00050-sample"

FACTS = """\
pain: {kind: yes-no, question: Is there pain?, phrase: there is pain, negative: there is no pain}
lasting:
  {kind: yes-no, question: Does it last?, phrase: the pain is lasting, negative: the pain is not lasting}
age:
  kind: number
  unit: years
  minimum: 0
  maximum: 130
  name: the Veteran's age
  question: How old is the Veteran?
  phrase: the Veteran is {value} years old
trial-end:
  kind: date
  latest: request
  name: the end of the trial
  question: When did the trial end?
  phrase: the trial ended on {value}
  none: there was no trial
nyha:
  kind: one of
  ordered: yes
  name: the NYHA class
  question: What is the NYHA class?
  phrase: the heart failure is of {value}
  options: {i: NYHA class I, ii: NYHA class II}
areas:
  kind: set of
  name: the painful areas
  question: Which areas are painful?
  phrase: the painful areas are {value}
  including: the painful areas include {value}
  none: no area is painful
  options:
    neck: neck
    neck-and-shoulder: neck and shoulder
    shoulder-blade: shoulder blade
    back: lower back, sacrum and hip
"""

POLICY = """\
---
number: "00050"
title: Sample
issuer: Test
document: Clinical Determination and Indication
status: draft
original_effective_date: 2025-01-01
last_review_date: 2025-01-01
requests:
  initial: therapy is requested
  further: more therapy is requested
---

## Indications {#indications}

### First {#first}

~~~criteria
request: initial
outcome: medically necessary
all:
  - fact: pain
  - fact: lasting
~~~

### Old Age {#old}

~~~criteria
{request: initial, outcome: medically necessary, fact: age, at least: 65}
~~~

### Complex {#complex}

~~~criteria
classifies: complex condition
any:
  - {id: severe, fact: nyha, at least: ii}
  - {fact: areas, includes: back}
~~~

## Exclusions {#exclusions}

~~~criteria
{request: initial, outcome: not indicated, fact: trial-end, within: 1 month before request}
~~~

## Codes {#codes}

| Code | Description |
|---|---|
| 97124 | Massage |

## Everything Else {#rest}

~~~criteria
{request: initial, otherwise: not medically necessary}
~~~

## Further {#further}

~~~criteria
{request: further, outcome: not medically necessary, id: further-lasting, fact: lasting}
~~~
"""

CASE = "  Given there is pain\n  And the trial ended on 2024-06-01\n  And the Veteran is 40 years old\n"
REQUEST = "  When therapy is requested on 2025-06-01\n"


def policy_of(facts: str = FACTS, document: str = POLICY) -> Policy:
    """The policy that these texts state, whatever issues it has."""
    declared, _ = read_facts(facts, f"policy/{FOLDER}/facts.yaml")
    policy, _ = read_policy(document, f"policy/{FOLDER}/policy.md", FOLDER, declared, ())
    assert policy is not None
    return policy


SAMPLE = policy_of()


def told(sentences: str, policy: Policy = SAMPLE) -> tuple[Story, list[Issue]]:
    """The story of a scenario of these sentences; its first sentence stands on line 4."""
    text = f"Feature: Sample\n  @an-id\n  Scenario: Told\n{sentences}"
    feature, issues = read_feature(text, f"features/{FOLDER}/told.feature")
    story, found = read_story(feature.scenarios[0], Vocabulary(policy))
    return story, issues + found


def case_of(sentences: str) -> Case:
    """The case that Given sentences state."""
    story, issues = told(f"{sentences}\n{REQUEST}  Then it is not addressed\n")
    assert not issues
    return story.tellings[0].case


def differences(sentences: str, policy: Policy = SAMPLE) -> list[str]:
    """Where the policy disagrees with a story that reads without issues."""
    story, issues = told(sentences, policy)
    assert not issues
    return [
        why
        for telling in story.tellings
        for _, expectation in telling.expected
        if (why := unmet(expectation, determine(policy, telling.case), policy))
    ]


def codes_of(sentences: str) -> list[tuple[str, int]]:
    """The issues of a story, each with its line."""
    return [(issue.code, issue.place.line) for issue in told(sentences)[1]]
