"""Small edits of a policy over one table of nodes, in which all that they have in common is there once.

So what is known of the nodes of a policy need not be worked out again for each of its edits.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from cdispec.core.certainty import Certainty
from cdispec.core.lower import Lowering, Rooted
from cdispec.core.program import Domain, Node, Program, cited_nodes, nodes_below
from cdispec.model.criteria import Logic
from cdispec.model.facts import Fact
from cdispec.model.policy import Policy


class Variants:
    """The table of the nodes of a policy and of its edits, children first; `base` is the policy itself.

    `coded` are the facts by whose sets codes are cut into cells, those that edits ask for among them.
    """

    def __init__(self, policy: Policy, coded: Mapping[str, Fact] | None = None) -> None:
        self._lowering = Lowering(policy, coded=coded)
        self.nodes: list[Node] = self._lowering.nodes
        self.domains: Mapping[str, Domain] = self._lowering.domains
        self.certainty: Certainty = self._lowering.certainty
        self.base = self._lowering.rooted()

    def of(self, edit: Policy, touched: Container[str]) -> Rooted:
        """An edit of the policy, which may have further facts; only these criteria, and those it adds, are touched."""
        return Lowering(edit, like=self._lowering, touched=touched).rooted()

    def logic(self, logic: Logic) -> int:
        """The node of what a criterion of the policy itself asks, whatever it is guarded with."""
        return self._lowering.logic(logic)

    def table(self) -> Program:
        """All nodes that there are by now, with what the policy itself asks of them."""
        base = self.base
        exact = _Exact(self._lowering)
        return Program(
            nodes=self.nodes,
            exact=exact,
            exact_requests=frozenset(),
            alone=frozenset(),
            domains=self.domains,
            criteria=base.criteria,
            decisions=base.decisions,
            classifications=base.classifications,
            always=base.always,
        )

    def program(self, rooted: Rooted) -> Program:
        """The policy or an edit of it as a program of its own, over the nodes of the table."""
        return self._lowering.program(rooted, sorted(nodes_below(self.nodes, _tops(rooted))))


class _Exact:
    """The nodes of `Shown` at which three-valued logic is exact, each looked at when it is asked for."""

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self._lowering.is_exact(number)


def _tops(rooted: Rooted) -> Iterator[int]:
    for lowered in rooted.criteria.values():
        yield from (lowered.truth, lowered.in_force)
        yield from () if lowered.met is None else (lowered.met,)
    for decision in rooted.decisions.values():
        yield decision.unmet
        for rule in decision.rules:
            yield from cited_nodes(rule.cited)
    yield from rooted.classifications.values()
