"""Each edit of CDI 00036 by hand is noticed, by what stands below it in its file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.wording.edits import KINDS, SILENT, every_edit, read_edits, reviewer, write_edits


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_is_noticed_by_what_is_written_below_it(kind: str, rewrite: bool) -> None:
    head, edits = read_edits(kind)
    found = [replace(edit, noticed=reviewer().noticed(edit)) for edit in edits]
    if rewrite:
        write_edits(kind, head, found)
    assert found == read_edits(kind)[1]


def test_no_edit_passes_in_silence() -> None:
    assert not [edit for edit in every_edit() if SILENT in edit.noticed]


def test_the_policy_as_it_is_has_no_issue() -> None:
    assert not reviewer().issues
