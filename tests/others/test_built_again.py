"""Pages of a policy are printed again when another one that it asks, or a clause that it shares, has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.cli import main
from tests.others.libraries import SLUGS, asking, edit, released, sharing


def built(root: Path) -> dict[str, bytes]:
    """Build, and return the programs of the forms by their paths."""
    assert main(["build", "--library", str(root)]) == 0
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.glob("docs/**/policy.js")}


@pytest.fixture(autouse=True)
def quiet(capfd: pytest.CaptureFixture[str]) -> None:
    """What a build prints is no part of a test."""


def test_a_revision_of_the_other_policy_prints_the_forms_of_the_one_that_asks_again(tmp_path: Path) -> None:
    asking(tmp_path)
    before = built(tmp_path)
    edit(tmp_path / "policy" / SLUGS["00042"] / "policy.md", "  - {fact: weak}\n", "")
    edit(tmp_path / "policy" / SLUGS["00042"] / "policy.md", "fact: adult, text: Adults", "fact: weak, text: Weak")
    released(tmp_path, "00042", "2027-01-01", "Adults need not be weak.")
    after = built(tmp_path)
    trays = f"docs/cdi/{SLUGS['00041']}/2025-06-01/policy.js"
    assert after[trays] != before[trays]
    assert b'"weak"' in after[trays]


def test_an_edit_of_a_shared_clause_prints_each_working_state_again(tmp_path: Path) -> None:
    sharing(tmp_path)
    before = built(tmp_path)
    edit(
        tmp_path / "policy" / "shared" / "general-criteria.md",
        "{fact: mobile, text: Who is mobile}",
        "not: {fact: mobile}",
    )
    after = built(tmp_path)
    assert {path for path in after if after[path] != before.get(path)} == {
        f"docs/cdi/{slug}/working/policy.js" for slug in SLUGS.values()
    }
