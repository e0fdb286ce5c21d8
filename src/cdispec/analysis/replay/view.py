"""A case as a policy or an edit of it decides it, each thing worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import assert_never, overload

from cdispec.analysis.proof.bounded import with_rows
from cdispec.analysis.replay.measured import stood_in_for
from cdispec.core.evaluate import combined, shown
from cdispec.core.exact import Remaining, remaining
from cdispec.core.known import Known
from cdispec.core.lower import Rooted
from cdispec.core.program import Gate, Includes, Inverse, Lies, Program, Shown, Yes
from cdispec.core.unroll import Unrolled
from cdispec.core.variants import Variants
from cdispec.determine.determination import Decided, Prepared
from cdispec.determine.rows import Told
from cdispec.logic import Truth
from cdispec.model.determination import Granted, Way
from cdispec.model.outcomes import Outcome
from cdispec.targets.columns import Columns


class Side(Prepared):
    """A policy or an edit of it, of which the cases of some columns are asked.

    `opened` gives for the number of a complete record that of the same case with an open one; `base` is the policy
    itself, of an edit of it. `state` says of which rows its facts are.
    """

    def __init__(
        self,
        variants: Variants,
        rooted: Rooted,
        columns: Columns,
        opened: Mapping[int, int],
        base: Side | None = None,
        state: Unrolled | None = None,
    ) -> None:
        super().__init__(rooted.policy)
        self.rooted, self.columns, self.state = rooted, columns, state
        self._variants, self._opened, self._base = variants, opened, base
        self._exactly: dict[str, bool] = {}

    @cached_property
    def program(self) -> Program:
        """The policy as a program, which only what is worked out exactly needs."""
        return self._variants.program(self.rooted)

    def exactly_decided(self, request: str) -> bool:
        """Whether three-valued logic is exact for the outcome of a kind of request."""
        if request not in self._exactly:
            like = None if self._base is None else self._base.rooted.decisions[request]
            self._exactly[request] = self._variants.certainty.decided(self.rooted.decisions[request], like)
        return self._exactly[request]

    @cached_property
    def exact(self) -> bool:
        """Whether three-valued logic is exact for every outcome and every classification."""
        named = map(self._variants.certainty.node, self.rooted.classifications.values())
        return all(map(self.exactly_decided, self.rooted.decisions)) and all(named)

    def opened(self, decided: Decided) -> Decided:
        """The same case with an open record, decided."""
        assert isinstance(decided, View)
        return View(self, self._opened[decided.number])

    def view(self, number: int) -> View:
        """A case by its number, decided."""
        view = View(self, number)
        self.agreed(view)
        return view


class View(Decided):
    """A case of which the truths of nodes are looked up."""

    def __init__(self, side: Side, number: int) -> None:
        self._side, self._row = side, Row(side, number)
        self.prepared, self.number, self.case = side, number, side.columns.cases[number]
        self.truths, self.shown = self._row, self._row
        self.decision = side.rooted.decisions[self.case.request]
        self._clauses: tuple[tuple[str, ...], bool] | None = None

    def classified(self) -> list[tuple[str, int]]:
        """Each classification with its truth."""
        return [(name, self.shown[node]) for name, node in self._side.rooted.classifications.items()]

    def clauses(self) -> tuple[tuple[str, ...], bool]:
        """The labels of the clauses that the outcome rests on: of one policy many of its edits ask."""
        if self._clauses is None:
            self._clauses = super().clauses()
        return self._clauses

    def _remaining(self) -> Remaining:
        program = self.prepared.program
        found = remaining(program, self.decision, Known(program, self.case), self._row)
        return Remaining(
            outcomes=found.outcomes,
            needed=tuple(map(stood_in_for, found.needed)),
            may=frozenset(map(stood_in_for, found.may)),
            find_ways=lambda: tuple(way._replace(facts=(*map(stood_in_for, way.facts),)) for way in found.ways),
            worked_out=found.worked_out,
        )


class Row(Sequence[Truth]):
    """The truths of all nodes in one case."""

    def __init__(self, side: Side, number: int) -> None:
        self._side, self._number = side, number
        self._exact: dict[int, Truth] = {}

    def __len__(self) -> int:
        return len(self._side.columns.nodes)

    @overload
    def __getitem__(self, node: int) -> Truth: ...
    @overload
    def __getitem__(self, node: slice) -> Sequence[Truth]: ...
    def __getitem__(self, node: int | slice) -> Truth | Sequence[Truth]:
        if isinstance(node, slice):
            return [self[one] for one in range(*node.indices(len(self)))]
        column, bit = self._side.columns.column(node), 1 << self._number
        if column.true & bit:
            return Truth.TRUE
        if column.false & bit:
            return Truth.FALSE
        if not column.vague & bit:
            return Truth.UNKNOWN
        if node not in self._exact:
            self._exact[node] = self._worked_out(node)
        return self._exact[node]

    def _worked_out(self, number: int) -> Truth:
        node = self._side.columns.nodes[number]
        match node:
            case Gate() | Inverse():
                return combined(node, self)
            case Shown(of):
                truth = self[of]
                if truth is not Truth.UNKNOWN:
                    return truth
                program = self._side.program
                return shown(program, number, Known(program, self._side.columns.cases[self._number]), self)
            case Yes() | Includes() | Lies():
                raise LookupError("what is known of an atom is never vague")
            case _:
                assert_never(node)


class Saying:
    """What is said of a case, as far as a scenario can expect it."""

    def __init__(self, decided: Decided) -> None:
        self._decided = decided

    @property
    def outcome(self) -> Outcome:
        return self._decided.outcome

    @cached_property
    def _clauses(self) -> tuple[tuple[str, ...], bool]:
        return self._decided.clauses()

    @property
    def clauses(self) -> tuple[str, ...]:
        return self._clauses[0]

    @property
    def alternatives(self) -> bool:
        return self._clauses[1]

    @property
    def classifications(self) -> Mapping[str, Truth]:
        return {name: Truth(truth) for name, truth in self._decided.classified()}

    @cached_property
    def needed(self) -> tuple[str, ...]:
        # A scenario does not say which way is shortest by the order of what is needed: that is much work to find.
        if self.outcome is not Outcome.MORE_INFORMATION:
            return ()
        measures = self._decided.prepared.measures
        needed = measures.asked_for(self._decided.remaining.needed, self._decided.case.facts)
        told = self._told
        return needed if told is None else told.reported((*needed, *told.beside(needed), *told.counted(needed)))

    @property
    def ways(self) -> tuple[Way, ...]:
        told, ways = self._told, self._decided.ways()
        return ways if told is None else tuple(way._replace(facts=told.reported(way.facts)) for way in ways)

    @cached_property
    def _told(self) -> Told | None:
        """The case in the words of its lists; None where nothing repeats."""
        side = self._decided.prepared
        state = side.state if isinstance(side, Side) else None
        return Told(state, with_rows(state, self._decided.case)) if state is not None and state.slots else None

    @property
    def codes(self) -> Mapping[str, str | None]:
        return self._decided.codes()

    @cached_property
    def granted(self) -> tuple[Granted, ...]:
        return self._decided.granted()

    @property
    def rows(self) -> Mapping[str, str]:
        return {} if self._told is None else self._told.rows(self.needed)
