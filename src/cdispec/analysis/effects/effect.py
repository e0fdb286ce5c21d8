"""The effect of a revision: for each kind of request how its outcomes relate to those of the state before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cdispec.model.case import Case
from cdispec.model.determination import Determination
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, RequestKind


class Relation(StrEnum):
    """How the cases that have an outcome after a revision relate to those that had it before."""

    EQUIVALENT = "equivalent"
    WIDER = "wider"
    NARROWER = "narrower"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Witness:
    """A case as each of two states reads it, and what each determines of it.

    An answer that a state cannot be told (an option that it does not have, a fact that it does not ask) is left out of
    the case as that state reads it. `due_to` is the id of the one changed criterion that makes the difference, where
    several were changed and the others come to the same in this case; else "".
    """

    before_case: Case
    after_case: Case
    before: Determination
    after: Determination
    due_to: str = ""


@dataclass(frozen=True, slots=True)
class RequestEffect:
    """What a revision does to one kind of request.

    `outcomes` holds every outcome that the request can have before or after; None is what the solver did not decide
    within its limit. `witnesses` are smallest cases for each pair of different outcomes, decided outcomes first: one of
    each changed criterion that makes a difference by itself, or one where none does.
    `other_clauses` is a smallest case of the same decided outcome that rests on other clauses; where the solver did not
    decide whether there is one, `clauses_decided` is false. `open` are the changed criteria, by id, of which it was not
    found whether they make a difference by themselves. `follows` are the kinds of other lines that decide it and come
    to something else themselves: what that does to it is not decided.
    """

    request: RequestKind
    outcomes: Mapping[Outcome, Relation | None]
    witnesses: tuple[Witness, ...]
    other_clauses: Witness | None
    clauses_decided: bool
    open: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the solver decided how every outcome relates."""
        return None not in self.outcomes.values()

    @property
    def equivalent(self) -> bool:
        """Whether every case is proved to have the outcome that it had."""
        return all(relation is Relation.EQUIVALENT for relation in self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Effect:
    """What a revision does, held against the state before it.

    `requests` are the kinds that both states decide, `begun` and `ended` those that only one of them does. `classified`
    are smallest cases that are classified otherwise, by the name of the classification; None where the solver did not
    decide whether there is one. `named` and `unnamed` are the classifications that only the state after has, or only
    the one before. `same_logic` says that the logic is the same piece by piece, so that no determination can differ but
    in its words, labels and codes. `limit` is the time in seconds that each question was given. `rows` is how many rows
    of a list were considered at most; 0 where nothing repeats.
    """

    before: Policy
    after: Policy
    requests: tuple[RequestEffect, ...]
    begun: tuple[RequestKind, ...]
    ended: tuple[RequestKind, ...]
    classified: Mapping[str, Witness | None]
    same_logic: bool
    limit: float
    rows: int = 0
    named: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the solver decided how every outcome relates."""
        return all(request.decided for request in self.requests)

    @property
    def proved(self) -> bool:
        """Whether the solver decided all that it was asked: outcomes, clauses, classifications and single changes."""
        clauses = all(request.clauses_decided for request in self.requests)
        alone = not any(request.open for request in self.requests)
        return self.decided and clauses and alone and None not in self.classified.values()

    @property
    def equivalent(self) -> bool:
        """Whether every case is proved to have the outcome that it had."""
        settled = all(request.equivalent for request in self.requests)
        return settled and not self.begun and not self.ended and self.before.retired == self.after.retired
