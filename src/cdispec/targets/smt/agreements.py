"""What all answers to some unknown facts agree on, as formulas that a model may take as so only if none deny it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import z3

from cdispec.targets.smt.formulas import Formula


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """That all answers come to one thing: `so`. What is `true` of it is asked only where it is asked of.

    `denied` is that some answers come to another thing, `surely` where three-valued logic knows that none do. Those of
    a model that denies it can be `required` to come to that thing as well. `beside` are the symbols for answers beside
    which it holds, whatever these are.
    """

    so: Formula
    denied: Formula
    surely: Formula
    says: Callable[[z3.ModelRef], Formula]
    beside: Sequence[z3.ExprRef]
    true: list[Formula] = field(default_factory=list)

    def claimed(self, model: z3.ModelRef) -> bool:
        """Whether a model takes it as so and three-valued logic does not."""
        return bool(z3.is_true(model.eval(self.so))) and not z3.is_true(model.eval(self.surely, model_completion=True))


class Agreements:
    """The agreements of one question, and on which of them formulas depend."""

    def __init__(self) -> None:
        self._all: list[Agreement] = []
        self._on: list[set[int]] = []
        self._below: dict[int, frozenset[int]] = {}
        self._kept: list[z3.ExprRef] = []

    def __len__(self) -> int:
        return len(self._all)

    def add(self, agreement: Agreement, denial: Formula) -> None:
        """Know an agreement, and what its denial means."""
        self._on.append({*self._numbers(denial), *self._numbers(agreement.surely)})
        self._below[agreement.so.get_id()] = frozenset([len(self._all)])
        self._all.append(agreement)
        agreement.true.extend(
            [
                z3.Or(agreement.so, agreement.denied),
                z3.Implies(agreement.surely, agreement.so),
                z3.Implies(agreement.denied, denial),
            ]
        )

    def require(self, agreement: Agreement, denial: z3.ModelRef) -> None:
        """Let it be so only where the answers of a model that denies it do not deny it either."""
        says = agreement.says(denial)
        self._on[self._all.index(agreement)] |= self._numbers(says)
        agreement.true.append(z3.Implies(agreement.so, says))

    def of(self, formulas: Iterable[Formula]) -> list[Agreement]:
        """The agreements on which formulas depend, and those on which these do."""
        found: set[int] = set()
        waiting = {number for formula in formulas for number in self._numbers(formula)}
        while waiting:
            found |= waiting
            waiting = set().union(*(self._on[number] for number in waiting)) - found
        return [self._all[number] for number in sorted(found)]

    def below(self, agreement: Agreement) -> list[Agreement]:
        """The agreements on which one rests."""
        return [other for other in self.of([agreement.so]) if other is not agreement]

    def _numbers(self, formula: z3.ExprRef) -> frozenset[int]:
        """The numbers of the agreements that stand in a formula."""
        if not self._all:
            return frozenset()
        if formula.get_id() in self._below:
            return self._below[formula.get_id()]
        self._kept.append(formula)
        context, stack = formula.ctx_ref(), [formula.as_ast()]
        while stack:
            part = stack[-1]
            parts = [z3.Z3_get_app_arg(context, part, place) for place in range(z3.Z3_get_app_num_args(context, part))]
            ids = [z3.Z3_get_ast_id(context, below) for below in parts]
            waiting = [below for below, id in zip(parts, ids, strict=True) if id not in self._below]
            stack += waiting
            if not waiting:
                numbers = frozenset[int]().union(*(self._below[id] for id in ids))
                self._below.setdefault(z3.Z3_get_ast_id(context, part), numbers)
                stack.pop()
        return self._below[formula.get_id()]
