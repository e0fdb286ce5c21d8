"""Small edits of a policy over one table of nodes, in which all that they have in common is there once.

So what is known of the nodes of a policy need not be worked out again for each of its edits.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from cdispec.core.certainty import exactly_decided
from cdispec.core.lower import Lowering, Rooted
from cdispec.core.program import Cited, Domain, Node, Program, nodes_below
from cdispec.model.criteria import Logic
from cdispec.model.policy import Policy


class Variants:
    """The table of the nodes of a policy and of its edits, children first; `base` is the policy itself."""

    def __init__(self, policy: Policy) -> None:
        self._lowering = Lowering(policy)
        self.nodes: Sequence[Node] = self._lowering.nodes
        self.domains: Mapping[str, Domain] = self._lowering.domains
        self.base = self._lowering.rooted()

    def of(self, edit: Policy, touched: Container[str]) -> Rooted:
        """An edit of the policy, which may have further facts; only these criteria, and those it adds, are touched."""
        return Lowering(edit, like=self._lowering, touched=touched).rooted()

    def logic(self, logic: Logic) -> int:
        """The node of what a criterion of the policy itself asks, whatever it is guarded with."""
        return self._lowering.logic(logic)

    def exactly_decided(self, rooted: Rooted, request: str) -> bool:
        """Whether three-valued logic is exact for the outcome of a kind of request."""
        return exactly_decided(self.nodes, rooted.decisions[request], self.domains)

    def program(self, rooted: Rooted) -> Program:
        """The policy or an edit of it as a program of its own, over the nodes of the table."""
        return self._lowering.program(rooted, sorted(nodes_below(self.nodes, _tops(rooted))))


def _tops(rooted: Rooted) -> Iterator[int]:
    for lowered in rooted.criteria.values():
        yield from (lowered.truth, lowered.in_force)
        yield from () if lowered.met is None else (lowered.met,)
    for decision in rooted.decisions.values():
        yield decision.unmet
        for rule in decision.rules:
            yield from cited_nodes(rule.cited)
    yield from rooted.classifications.values()


def cited_nodes(cited: Cited) -> Iterator[int]:
    """The node of a rule and those of its printed alternatives."""
    yield cited.node
    for part in cited.below:
        yield from cited_nodes(part)


def cited_labels(cited: Cited) -> Iterator[str]:
    """The label of a rule and those of its printed alternatives."""
    yield cited.label
    for part in cited.below:
        yield from cited_labels(part)
