"""No file makes a reader raise, however damaged; every issue has a place in the file that it tells of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.library import decode
from cdispec.model.periods import StatePeriod
from cdispec.model.policy import Policy
from cdispec.parse.case import read_cases, read_json_line
from cdispec.parse.facts import read_facts
from cdispec.parse.history import read_history
from cdispec.parse.policy import read_policy
from cdispec.scenario.feature import read_feature
from cdispec.scenario.story import read_story
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.source import Issue
from tests.issues.examples import BASE, FEATURE, POLICY, lay_out
from tests.reading.libraries import every_issue
from tests.reading.places import hold
from tests.reading.strategies import damaged

ROOT = Path(__file__).parents[2]
SLUG = "00036-medical-massage-therapy"
POLICY_TEXT = (ROOT / "policy" / SLUG / "policy.md").read_text("utf-8")
FACTS_TEXT = (ROOT / "policy" / SLUG / "facts.yaml").read_text("utf-8")
FEATURE_TEXT = (ROOT / "features" / SLUG / "08-continuation-exclusions.feature").read_text("utf-8")
HISTORY_TEXT = """\
rows:
  - date: 2026-06-01
    revision: 2026-06-01
    updates: [Scar tissue was added, The limitations were reworded]
    reason: A systematic review was published.
  - {date: 2026-07, corrects: 2026-06-01, updates: Scar tissue was an indication already.}
"""
CASE_TEXT = """\
policy: "00036"
request: continuation
date: 2025-09-01
record: complete
codes: ["97124"]
facts:
  expectation-of-benefit: yes
  diagnosis: {including: [back-pain, lymphedema]}
  anatomic-areas: 2
"""


def whole() -> Policy:
    facts, _ = read_facts(FACTS_TEXT, "facts.yaml")
    policy, _ = read_policy(POLICY_TEXT, "policy.md", SLUG, facts, ())
    assert policy is not None
    return policy


READ = whole()
VOCABULARY = Vocabulary(READ)


def of_policy(text: str) -> list[Issue]:
    return read_policy(text, "policy.md", SLUG, dict(READ.facts), ())[1]


def of_facts(text: str) -> list[Issue]:
    return read_facts(text, "facts.yaml")[1]


def of_history(text: str) -> list[Issue]:
    return read_history(text, "history.yaml")[1]


def of_feature(text: str) -> list[Issue]:
    feature, issues = read_feature(text, f"features/{SLUG}/a.feature")
    return [*issues, *(issue for scenario in feature.scenarios for issue in read_story(scenario, VOCABULARY)[1])]


def of_case(text: str) -> list[Issue]:
    return [
        issue for _, _, found, _ in read_cases(text, "case.yaml", {"00036": [StatePeriod.of(READ)]}) for issue in found
    ]


def of_json(text: str) -> list[Issue]:
    line = text.split("\n", maxsplit=1)[0]
    return [
        issue
        for _, _, found, _ in read_json_line(line, "case.jsonl", {"00036": [StatePeriod.of(READ)]}, 1)
        for issue in found
    ]


READERS = {
    "policy": (of_policy, POLICY_TEXT),
    "facts": (of_facts, FACTS_TEXT),
    "history": (of_history, HISTORY_TEXT),
    "feature": (of_feature, FEATURE_TEXT),
    "case": (of_case, CASE_TEXT),
    "json": (
        of_json,
        '{"policy": "00036", "request": "initial", "date": "2025-07-01", "facts": {"anatomic-areas": 2}}',
    ),
}


def read(name: str, data: bytes) -> None:
    text, issues = decode(data, "a file")
    if text is None:
        hold(issues, data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    else:
        hold(READERS[name][0](text), text.split("\n"))


@pytest.mark.parametrize("name", READERS)
def test_the_undamaged_file_has_no_issues(name: str) -> None:
    reader, text = READERS[name]
    assert not reader(text)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_no_damage_makes_a_reader_raise(name: str, data: st.DataObject) -> None:
    read(name, data.draw(damaged(READERS[name][1])))


@pytest.mark.parametrize("name", READERS)
@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_random_file_makes_a_reader_raise(name: str, data: bytes) -> None:
    read(name, data)


@pytest.mark.parametrize("name", ["policy", "facts"])
@given(text=st.text("[]{}:,-&*!|>'\"#%@`~ \n\tab1", max_size=80))
def test_no_tangle_of_yaml_makes_a_reader_raise(name: str, text: str) -> None:
    front = POLICY_TEXT.split("## Disclaimer")[0]
    read(name, (f"{front}## A {{#a}}\n\n~~~criteria\n{text}\n~~~\n" if name == "policy" else text).encode())


@pytest.mark.parametrize("path", [POLICY, POLICY.replace("policy.md", "facts.yaml"), FEATURE])
@given(data=st.data())
def test_no_damage_makes_the_check_of_a_library_raise(
    path: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.getbasetemp() / "damaged"
    if not root.exists():
        lay_out("no-case", root)
    for kept in (POLICY, POLICY.replace("policy.md", "facts.yaml"), FEATURE):
        (root / kept).write_bytes((BASE / kept).read_bytes())
    (root / path).write_bytes(data.draw(damaged((BASE / path).read_text("utf-8"))))
    for issue in every_issue(root):
        text = (root / issue.place.path).read_bytes().decode("utf-8-sig", "replace")
        hold([issue], text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
