"""A policy with other criteria in the place of some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cdispec.model.criteria import Criterion, walk
from cdispec.model.policy import Classification, Content, Policy, Rule, Section, Shared


def with_blocks(policy: Policy, made: Mapping[str, Criterion]) -> Policy:
    """A policy with other criteria in its blocks, by the ids of those that they replace, wherever a block stands."""

    def content(piece: Content) -> Content:
        if isinstance(piece, Rule | Classification | Shared):
            return replace(piece, criterion=made[piece.criterion.id])
        return piece

    def section(one: Section) -> Section:
        return replace(one, content=tuple(map(content, one.content)), sections=tuple(map(section, one.sections)))

    return replace(
        with_logic(policy, made),
        preamble=tuple(map(content, policy.preamble)),
        sections=tuple(map(section, policy.sections)),
    )


def with_logic(policy: Policy, made: Mapping[str, Criterion]) -> Policy:
    """A policy that decides by other criteria, by the ids of those that they replace; its words stay as they are."""
    return replace(
        policy,
        rules=tuple(replace(one, criterion=made[one.criterion.id]) for one in policy.rules),
        classifications=tuple(replace(one, criterion=made[one.criterion.id]) for one in policy.classifications),
        shared=tuple(replace(one, criterion=made[one.criterion.id]) for one in policy.shared),
    )


def known_until(policy: Policy, day: date) -> Policy:
    """A policy as it decides by those revisions of others that took effect until a day."""
    others = tuple(one.known_until(day) for one in policy.others)
    anew = {part.id: part for one in others for part in walk(one.criterion)}
    return replace(policy, others=others, criteria={**policy.criteria, **anew}, brought={**policy.brought, **anew})
