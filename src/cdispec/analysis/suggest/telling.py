"""Chosen cases as scenarios: those that differ in one sentence as one outline, each with an id and a name."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from cdispec.analysis.replay.view import Saying
from cdispec.analysis.suggest.closing import Picked
from cdispec.analysis.suggest.naming import id_of, names_of
from cdispec.analysis.suggest.suggestion import Suggestion
from cdispec.model.policy import Policy
from cdispec.scenario.writing import (
    classified_sentence,
    given_sentences,
    outline_steps,
    request_sentence,
    steps,
    whole_then,
)

COLUMN = "what is recorded"
FEWEST = 3
"""So many cases that differ in one sentence are told as one outline; fewer are plainer by themselves."""


class Known(NamedTuple):
    """The permanent ids and the names that scenarios have already."""

    ids: Set[str] = frozenset()
    names: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Told:
    """A chosen case in sentences."""

    picked: Picked
    given: tuple[str, ...]
    when: str
    then: tuple[str, ...]


def tellings_of(policy: Policy, picked: Sequence[Picked], known: Known) -> list[Suggestion]:
    """Chosen cases as scenarios, none of which has an id or a name that is known."""
    waiting = [_told(policy, one) for one in picked]
    taken, names, found = set(known.ids), set(known.names), list[Suggestion]()
    while waiting:
        group = _alike(waiting)
        waiting = [one for one in waiting if one not in group]
        found.append(_suggestion(group, taken, names))
    return found


def _told(policy: Policy, one: Picked) -> _Told:
    said = Saying(one.decided)
    classified = [classified_sentence(name, truth) for name, truth in said.classifications.items()]
    shown = [line for name, line in zip(said.classifications, classified, strict=True) if name in one.classified]
    then = (*whole_then(policy, said), *shown)
    return _Told(one, tuple(given_sentences(policy, one.case)), request_sentence(policy, one.case), then)


def _alike(waiting: Sequence[_Told]) -> list[_Told]:
    """The first of those waiting, with others that differ from it in one sentence, always in the same place."""
    first = waiting[0]
    best = [first]
    for sentence in first.given:
        if sentence.startswith("|"):
            # A row of a table stands below its sentence.
            continue
        shared = {*first.given} - {sentence}
        group = [
            one
            for one in waiting
            if (one.when, one.then) == (first.when, first.then)
            and len(one.given) == len(first.given)
            and shared <= {*one.given}
        ]
        best = max(best, group, key=len)
    return best if len(best) >= FEWEST else [first]


def _suggestion(group: Sequence[_Told], taken: set[str], names: set[str]) -> Suggestion:
    first, closes = group[0], tuple(target for one in group for target in one.picked.closes)
    shared = [sentence for sentence in first.given if all(sentence in one.given for one in group)]
    picked = [one.picked for one in group]
    id = _free(id_of(picked), taken)
    if len(group) == 1:
        lines = steps([*first.given], first.when, [*first.then])
    else:
        rows = [next(sentence for sentence in one.given if sentence not in shared) for one in group]
        lines = outline_steps(shared, COLUMN, rows, first.when, [*first.then])
    name = next(name for name in names_of(picked, shared) if name not in names)
    names.add(name)
    return Suggestion(id, name, tuple(lines), len(group) > 1, closes)


def _free(id: str, taken: set[str]) -> str:
    """An id that nothing has yet."""
    found, number = id, 2
    while found in taken:
        found, number = f"{id}-{number}", number + 1
    taken.add(found)
    return found
