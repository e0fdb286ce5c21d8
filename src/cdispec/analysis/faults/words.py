"""How the messages about the logic of a policy name its criteria."""

from __future__ import annotations

from collections.abc import Sequence

from cdispec.model.criteria import Criterion, dated_part
from cdispec.model.sentences import listed as in_a_sentence


def named(criterion: Criterion) -> str:
    """A criterion that is spoken of: its id and the label it is cited by."""
    return f"`{_stated(criterion)}` ({criterion.label})"


def _stated(criterion: Criterion) -> str:
    """The id that its author knows."""
    part = dated_part(criterion.id)
    return criterion.id if part is None else part[0]


def listed_criteria(criteria: Sequence[Criterion]) -> str:
    """Other criteria, each with its line."""
    names = [f"`{_stated(criterion)}` ({criterion.label}, line {criterion.place.line})" for criterion in criteria]
    return in_a_sentence(names)
