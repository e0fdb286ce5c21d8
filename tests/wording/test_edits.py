"""Each edit of CDI 00036 by hand is noticed, by what stands below it in its file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.wording.edits import KINDS, read_edits, reviewer, write_edits


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_is_noticed_by_what_is_written_below_it(kind: str, rewrite: bool) -> None:
    head, edits = read_edits(kind)
    found = [replace(edit, noticed=reviewer().noticed(edit)) for edit in edits]
    if rewrite:
        write_edits(kind, head, found)
    assert found == read_edits(kind)[1]
