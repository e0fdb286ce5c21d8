"""What is answered to decide a criterion, which shows without a question that some criteria can be met or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import assert_never

from cdispec.core.program import (
    Constant,
    Gate,
    Includes,
    Inverse,
    Lies,
    Node,
    Program,
    Shown,
    Yes,
    edges_of,
    facts_in,
    facts_of,
    nodes_below,
)
from cdispec.model.criteria import Comparison, Criterion

Key = tuple[str, str]
"""Something that is answered for itself: a fact, an option of a list, or ("", "") the date of the request."""

DAY: Key = ("", "")


class Keys:
    """For each criterion of a program all that is answered to decide it.

    Each can be answered, or be absent from a complete record, whatever is answered of the others.
    """

    def __init__(self, program: Program, criteria: Iterable[Criterion]) -> None:
        self.program = program
        self._of: dict[str, frozenset[Key]] = {}
        self.times_asked = Counter(
            key for criterion in criteria if isinstance(criterion.logic, Comparison) for key in self.of(criterion)
        )

    def of(self, criterion: Criterion) -> frozenset[Key]:
        """All that is answered to decide a criterion."""
        if criterion.id not in self._of:
            self._of[criterion.id] = frozenset(key for node in self._below(criterion) for key in _asked(node))
        return self._of[criterion.id]

    def dated(self, criterion: Criterion) -> bool:
        """Whether the date of the request decides a criterion, or whether it or a part of it is in force."""
        return DAY in self.of(criterion)

    def shows(self, criterion: Criterion) -> bool:
        """Whether what the record shows decides a criterion, beside how things are."""
        return any(isinstance(node, Shown) for node in self._below(criterion))

    def independent(self, criteria: Iterable[Criterion]) -> bool:
        """Whether nothing that is answered decides two of these criteria, so that they are met in any combination."""
        seen: set[Key] = set()
        for criterion in criteria:
            keys = self.of(criterion)
            if seen & keys:
                return False
            seen |= keys
        return True

    def asked_once(self, criterion: Criterion) -> bool:
        """Whether what is answered to a criterion itself is asked nowhere else, and is not the date of the request."""
        compares = isinstance(criterion.logic, Comparison)
        return not self.dated(criterion) and not (
            compares and any(self.times_asked[key] > 1 for key in self.of(criterion))
        )

    def free(self, criterion: Criterion) -> bool:
        """Whether some answer passes a comparison and some does not, as its kind shows."""
        lowered = self.program.criteria[criterion.id]
        node = self.program.nodes[lowered.truth]
        if isinstance(node, Inverse):
            node = self.program.nodes[node.of]
        return isinstance(node, Yes | Includes) and lowered.in_force == self.program.always

    def _below(self, criterion: Criterion) -> list[Node]:
        lowered, nodes = self.program.criteria[criterion.id], self.program.nodes
        return [nodes[number] for number in nodes_below(nodes, [lowered.truth, lowered.in_force])]


def _asked(node: Node) -> set[Key]:
    match node:
        case Includes(fact, options):
            return {(fact, option) for option in options}
        case Yes(fact):
            return {(fact, "")}
        case Lies(term, spans):
            dated = any(not facts_in(part) for part in (term, *edges_of(spans)) if not isinstance(part, Constant))
            return {(fact, "") for fact in facts_of(node)} | ({DAY} if dated else set())
        case Gate() | Inverse() | Shown():
            return set()
        case _:
            assert_never(node)
