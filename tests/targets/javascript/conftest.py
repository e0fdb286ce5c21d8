"""A page that runs the script of a policy, in Node."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.targets.javascript.page import Page


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page for the tests of a module: starting Node takes longer than most of them."""
    with Page.open() as opened:
        yield opened
