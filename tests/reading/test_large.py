"""A policy of thousands of criteria is read and checked like a small one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cdispec.check import judge_policies
from cdispec.library import read_library
from cdispec.model.criteria import walk
from tests.reading.large import flat, grouped, mixed
from tests.reading.libraries import policy_issues

COUNT = 5_000


@pytest.mark.parametrize(("make", "nodes"), [(flat, 5_001), (grouped, 5_501), (mixed, 5_001)])
def test_a_policy_of_five_thousand_criteria_has_no_issues(
    make: Callable[[int], tuple[str, str]], nodes: int, tmp_path: Path
) -> None:
    facts, document = make(COUNT)
    folder = tmp_path / "policy" / "00042-generated-policy"
    folder.mkdir(parents=True)
    (folder / "facts.yaml").write_text(facts, "utf-8")
    (folder / "policy.md").write_text(document, "utf-8")
    library = read_library(tmp_path)
    assert judge_policies(library).issues == []
    assert sum(1 for _ in walk(library.policies["00042"].rules[0].criterion)) == nodes


def test_every_one_of_five_thousand_misspelt_facts_is_told_of(tmp_path: Path) -> None:
    facts, document = flat(COUNT)
    folder = tmp_path / "policy" / "00042-generated-policy"
    folder.mkdir(parents=True)
    (folder / "facts.yaml").write_text(facts, "utf-8")
    (folder / "policy.md").write_text(document.replace("{fact: sign-", "{fact: sgn-"), "utf-8")
    found = [issue for issue in policy_issues(tmp_path) if issue.code == "unknown-fact"]
    assert len(found) == COUNT
