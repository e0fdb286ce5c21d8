"""The table of slips, written anew from what is said of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.slips.test_slips import SLIPS, TABLE


@pytest.fixture(scope="session")
def told(rewrite: bool) -> Iterator[dict[str, str]]:
    """What is said of each slip; with `--rewrite` it is written into the table at the end."""
    said: dict[str, str] = {}
    yield said
    if rewrite:
        head = TABLE.read_text("utf-8").split("\n\n## ")[0]
        blocks = [
            "\n".join(
                [
                    slip.title,
                    slip.file,
                    slip.edit,
                    *(f"| {line}" for line in said.get(slip.title, slip.said).split("\n")),
                ]
            )
            for slip in SLIPS
        ]
        TABLE.write_text("\n\n## ".join([head, *blocks]) + "\n", "utf-8")
