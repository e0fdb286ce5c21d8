"""Reading what was published, which nobody corrects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PUBLISHED: ContextVar[bool] = ContextVar("PUBLISHED", default=False)


@contextmanager
def as_published() -> Iterator[None]:
    """Read what can be read by the letter of YAML: what is published says what it said, though it was hardly meant."""
    token = PUBLISHED.set(True)
    try:
        yield
    finally:
        PUBLISHED.reset(token)
