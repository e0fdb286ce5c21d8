"""The checks of a policy, in order. Each is one function that finds every issue of its kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cdispec.check.facts import chained_dates, constant_comparisons, unused_facts, unused_options
from cdispec.check.history import misplaced_rows, unknown_rows
from cdispec.check.structure import circles, duplicates, ended, second_classifications, undecided_requests, unreachable
from cdispec.model.policy import Policy
from cdispec.source import Issue

ALWAYS: tuple[Callable[[Policy], Iterator[Issue]], ...] = (
    circles,
    duplicates,
    second_classifications,
    ended,
    constant_comparisons,
    chained_dates,
    misplaced_rows,
)
WHEN_READ_WHOLE: tuple[Callable[[Policy], Iterator[Issue]], ...] = (
    undecided_requests,
    unreachable,
    unused_facts,
    unused_options,
    unknown_rows,
)
"""Checks for what is missing; of a policy of which parts could not be read they would tell what is not so."""


def check_policy(policy: Policy, read_whole: bool) -> list[Issue]:
    """Every issue of a policy's structure; `read_whole` says that reading it found no error."""
    checks = (*ALWAYS, *WHEN_READ_WHOLE) if read_whole else ALWAYS
    return [issue for check in checks for issue in check(policy)]
