"""Policies whose words and logic agree are left in peace: published Medicare policies, and those of other tests.

The policies in `policies/` are national coverage determinations in their published words, with logic as an author would
write it. What is still reported of them stands in `policies/expected.txt`, and was read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.analysis.wording.disagreements import disagreements
from cdispec.analysis.wording.reading import read
from cdispec.check import judge_policies
from cdispec.library import read_library

TESTS = Path(__file__).parents[1]
POLICIES = Path(__file__).with_name("policies")
EXPECTED = POLICIES / "expected.txt"


def reported(root: Path) -> list[str]:
    """What is reported of the words of the policies of a library."""
    policies = read_library(root).policies.values()
    return [
        f'{policy.number} {one.topic}: {one.name} says "{one.says}", {one.other} "{one.otherwise}"'
        for policy in policies
        for one in disagreements(policy)
    ]


def test_what_is_reported_of_published_policies_is_as_expected(rewrite: bool) -> None:
    found = "\n".join(reported(POLICIES)) + "\n"
    if rewrite:
        EXPECTED.write_text(found, "utf-8")
    assert found == EXPECTED.read_text("utf-8")


def test_at_most_one_in_twenty_clauses_of_published_policies_is_reported() -> None:
    clauses = sum(len(read(policy).by_id) for policy in read_library(POLICIES).policies.values())
    assert len(reported(POLICIES)) * 20 <= clauses


def test_all_else_that_is_reported_of_published_policies_is_true_of_them() -> None:
    # The text covers an index of 5 to 14 with symptoms, and of 15 or more.
    [issue] = judge_policies(read_library(POLICIES)).issues
    assert (issue.code, "what lies between 14 and 15" in issue.message) == ("range-gap", True)


@pytest.mark.parametrize("library", [TESTS.parent, TESTS.parent / "src/cdispec/starter", TESTS / "issues/base"])
def test_nothing_is_reported_of_policies_that_agree(library: Path) -> None:
    assert not reported(library)
