"""Cases that stay "more information needed" although nothing is needed: what three-valued logic cannot see.

`A or not A` is unknown while A is, although no answer changes it. Such a case can only arise where a decision asks one
thing in several places, so the search goes over what is asked in several places, each met, not met or unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.determine.diagram import Function, Node
from cdispec.determine.formula import Decision, Formula, Leaf, decision, leaves, settled
from cdispec.determine.needed import Module, Relevance, Together
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.facts import subject
from cdispec.model.policy import Policy
from cdispec.source import Place

MOST_CASES = 20_000


def undecidable_cases(policy: Policy) -> Iterator[tuple[Place, str]]:
    """For each request kind the first such case in words, at the rule it first leaves open.

    A decision so tangled that it has more than `MOST_CASES` combinations is searched as far as that goes.
    """
    for request in policy.requests:
        decided = decision(policy, request, policy.effective)
        if not decided.rules:
            continue
        case = Case(policy.number, request, policy.effective, {})
        found = _Search(decided, policy, case).first()
        if found is not None:
            place = policy.rules_for(request)[0].criterion.place
            yield place, f"{request}, with {found}"


class _Search:
    """Tries what is asked, variable by variable, in the order of the diagram."""

    def __init__(self, decided: Decision, policy: Policy, case: Case) -> None:
        self.decided, self.policy = decided, policy
        self.relevance = Relevance(decided, {}, policy, case)
        self.function = self.relevance.function()
        self.variables = self.relevance.variables
        self.tried = 0

    def first(self) -> str | None:
        """The first case found, in words."""
        if not self._asked_twice():
            return None
        return self._from(0, {}, {}, {}, [])

    def _asked_twice(self) -> bool:
        """Whether any variable stands in several places; otherwise three-valued logic sees all there is."""
        return any(isinstance(variable, Together) for variable in self.variables) or self.relevance.shares()

    def _from(
        self, position: int, known: dict[Leaf, Truth], memo: dict[int, Truth], chosen: dict[int, int], words: list[str]
    ) -> str | None:
        self.tried += 1
        if self.tried > MOST_CASES or settled(self.decided, known, dict(memo)) is not None:
            return None
        if len(_values(self.function, chosen)) == 1:
            return "; ".join(words) if words else "nothing known"
        if position == len(self.variables):
            return None
        variable = self.variables[position]
        found = self._from(position + 1, known, memo, chosen, words)
        match variable:
            case Module(parts):
                for answer, truth in enumerate((Truth.FALSE, Truth.TRUE)):
                    if found is None:
                        leafs = {part: truth for part in parts if isinstance(part, Leaf)}
                        inner = {id(part): truth for part in parts}
                        said = [*words, f"{self._named(parts[0])} {'met' if answer else 'not met'}"]
                        found = self._from(
                            position + 1, known | leafs, memo | inner, {**chosen, position: answer}, said
                        )
            case Together(facts, together, answers, branches):
                for values, answer in answers:
                    if found is None:
                        told = [f"{subject(self.policy.facts[f])}: {v}" for f, v in zip(facts, values, strict=True)]
                        truths = dict(zip(together, branches[answer], strict=True))
                        found = self._from(
                            position + 1, known | truths, memo, {**chosen, position: answer}, [*words, *told]
                        )
        return found

    def _named(self, formula: Formula) -> str:
        first = next(iter(leaves(Decision(((formula, self.decided.otherwise),), self.decided.otherwise))))
        return subject(self.policy.facts[first.fact]) + (f" ({first.option})" if first.option else "")


def _values(function: Function, chosen: dict[int, int]) -> set[object]:
    """The values a function can still come to when some variables are chosen."""
    found: set[object] = set()
    stack, seen = [function], set()
    while stack:
        part = stack.pop()
        if not isinstance(part, Node):
            found.add(part)
        elif id(part) not in seen:
            seen.add(id(part))
            stack.extend([part.branches[chosen[part.variable]]] if part.variable in chosen else part.branches)
    return found


