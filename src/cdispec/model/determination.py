"""A determination: what a policy says of a case, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdispec.logic import Truth
from cdispec.model.policy import Outcome


@dataclass(frozen=True, slots=True)
class Explanation:
    """A criterion's truth in this case, with those of its parts; it mirrors the criteria.

    `text` is the printed words in plain text. `set_aside` says why the criterion drops out of its list, or is empty.
    """

    clause: str
    id: str
    text: str
    truth: Truth
    set_aside: str
    because: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Determination:
    """Outcome, the labels of the clauses it rests on, and what is still needed.

    While more information is needed, `clauses` are those still open. `needed` holds exactly the facts of which
    some answer could still change the outcome; `settled_by` is the shortest set of them that would settle it,
    and `needed` starts with it. `codes` tells of each code the request names the label of the section that
    lists it, or None.
    """

    policy: str
    revision: str
    request: str
    date: str
    outcome: Outcome
    clauses: tuple[str, ...]
    classifications: Mapping[str, Truth]
    needed: tuple[str, ...]
    settled_by: tuple[str, ...]
    codes: Mapping[str, str | None]
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Later:
    """What the first later revision that would decide a case otherwise says of it.

    A revision that retires the policy decides nothing: it has no outcome.
    """

    revision: str
    outcome: Outcome | None
    clauses: tuple[str, ...]
