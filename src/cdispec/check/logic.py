"""Checks of the logic of a policy, proved with the solver for every case at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cdispec.model.policy import Policy
from cdispec.source import Issue


def faults(policy: Policy, _: tuple[Policy, ...], limit: float) -> Iterator[Issue]:
    """What is wrong with the logic of a policy."""
    from cdispec.analysis.faults import faults_of

    yield from faults_of(policy, limit)


def claims(policy: Policy, revisions: tuple[Policy, ...], limit: float) -> Iterator[Issue]:
    """What the history claims of the revisions otherwise than is proved."""
    from cdispec.analysis.effects.claims import claims_of
    from cdispec.analysis.effects.compare import effect_of

    yield from claims_of(policy, revisions, partial(effect_of, limit=limit))
