"""How well its scenarios test a policy, as the author's edition tells it: the score, and all of one thing together.

What scenarios show and which edits they notice is found by `analysis.adequacy`, as `cdispec adequacy` tells it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import assert_never

from cdispec.analysis.adequacy.adequacy import Adequacy, Cell, Fate, MutantResult, Score, State
from cdispec.analysis.adequacy.aspects import Borders, Comes, Counts, Falls, Lacks, Leaves, Reads, Rests, Turns
from cdispec.analysis.adequacy.wording import aspect_words
from cdispec.analysis.mutation.in_source import Line, in_source
from cdispec.analysis.proof.limit import can_prove
from cdispec.model.outcomes import Outcome, in_order
from cdispec.model.sentences import listed
from cdispec.publish.pages.scenarios import Shown
from cdispec.source import LinesOf

MOST_WORST = 5
"""So many edits that no scenario notices are told first; each thing tells its own."""


class Kind(StrEnum):
    """What is tested of a policy; ids of one kind may be those of another."""

    CLAUSE = "clause"
    REQUEST = "request"
    FACT = "fact"
    INTERPRETATION = "interpretation"


@dataclass(frozen=True, slots=True)
class Point:
    """Something that scenarios could show, in words, with those that do in their order."""

    cell: Cell
    words: str
    shown_by: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Unnoticed:
    """An edit that no scenario notices: what has gone wrong, and the lines of the source.

    `decided` says that it is proved to change something.
    """

    words: str
    lines: tuple[Line, ...]
    decided: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """All that is tested of one thing; `same` edits of it would change nothing."""

    kind: Kind
    id: str
    points: tuple[Point, ...]
    unnoticed: tuple[Unnoticed, ...]
    noticed: Score
    same: int

    @property
    def exists(self) -> bool:
        """Whether anything is tested of it."""
        return bool(self.points or self.noticed.of or self.same)

    @property
    def anchor(self) -> str:
        """Where the page tells of it."""
        return f"{self.kind}.{self.id}"

    @property
    def shown(self) -> Score:
        """How much of what could be shown is."""
        reached = sum(point.cell.state is State.SHOWN for point in self.points)
        return Score(reached, reached + sum(point.cell.gap for point in self.points))

    @property
    def gap(self) -> bool:
        """Whether anything is missing."""
        return bool(self.missing or self.unnoticed)

    @property
    def missing(self) -> str:
        """What no scenario shows of it, in words; "" where nothing is missing."""
        found = [point.words for point in self.points if point.cell.gap]
        return listed(found, "or") if found else ""


@dataclass(frozen=True, slots=True)
class Decides:
    """What is decided in a scenario: its outcomes, the clauses that they rest on, and by how they are found, in words,
    the criteria that decide."""

    outcomes: tuple[Outcome, ...] = ()
    rests: tuple[str, ...] = ()
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Tested:
    """The adequacy of a policy's scenarios; `proved` says whether there is a solver to prove what no case could show.

    `holders` are the labels of its clauses by the ids for which they are printed.
    """

    def __init__(
        self, adequacy: Adequacy, scenarios: Sequence[Shown], holders: Mapping[str, str], lines_of: LinesOf
    ) -> None:
        self.adequacy, self.proved = adequacy, can_prove()
        self._scenarios = {one.scenario.key: one for one in scenarios}
        self._lines_of = lines_of
        clauses = reversed([*adequacy.policy.clauses.items()])
        self._holders = {label: id for id, label in (*clauses, *holders.items())}
        self._points: dict[tuple[Kind, str], list[Point]] = defaultdict(list)
        self._edits: dict[tuple[Kind, str], list[MutantResult]] = defaultdict(list)
        for cell in adequacy.cells:
            self._points[self._subject(cell)].append(self._point(cell))
        for one in adequacy.mutants:
            kind = Kind.FACT if one.mutant.in_fact else Kind.CLAUSE
            self._edits[kind, one.mutant.of].append(one)

    def of(self, kind: Kind, id: str) -> Subject:
        """All that is tested of one thing."""
        edits = self._edits.get((kind, id), [])
        fates = Counter(one.fate for one in edits)
        return Subject(
            kind,
            id,
            points=tuple(self._points.get((kind, id), ())),
            unnoticed=tuple(self._unnoticed(one) for one in edits if one.gap),
            noticed=Score(fates[Fate.NOTICED], sum(fates.values()) - fates[Fate.EQUIVALENT]),
            same=fates[Fate.EQUIVALENT],
        )

    def of_clause(self, id: str) -> Subject:
        """All that is tested of a clause."""
        return self.of(Kind.CLAUSE, id)

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Everything of which something is tested, kind by kind in the order of the policy."""
        policy = self.adequacy.policy
        every: dict[Kind, Iterable[str]] = {
            Kind.CLAUSE: policy.clauses,
            Kind.REQUEST: policy.requests,
            Kind.FACT: policy.facts,
            Kind.INTERPRETATION: [found.id for found in policy.interpretations],
        }
        keys = [(kind, id) for kind, ids in every.items() for id in ids]
        return tuple(self.of(*key) for key in keys if key in self._points or key in self._edits)

    @property
    def gaps(self) -> tuple[Subject, ...]:
        """Of what something could be shown that is not."""
        return tuple(subject for subject in self.subjects if subject.missing)

    @property
    def worst(self) -> tuple[tuple[Subject, Unnoticed], ...]:
        """One edit that no scenario notices of each thing of which most go unnoticed."""
        found = sorted((one for one in self.subjects if one.unnoticed), key=lambda one: -len(one.unnoticed))
        return tuple((one, min(one.unnoticed, key=lambda edit: not edit.decided)) for one in found[:MOST_WORST])

    @property
    def states(self) -> Mapping[State, int]:
        """How much is in each state."""
        found = Counter(cell.state for cell in self.adequacy.cells)
        return {state: found[state] for state in State}

    @property
    def fates(self) -> Mapping[Fate, int]:
        """How many edits have each fate."""
        found = Counter(one.fate for one in self.adequacy.mutants)
        return {fate: found[fate] for fate in Fate}

    @property
    def failing(self) -> tuple[Shown, ...]:
        """The scenarios of which a case does not hold, so that it shows nothing."""
        return self._those(one.scenario for one in self.adequacy.failing)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that scenarios have."""
        found = {outcome for one in self._decides.values() for outcome in one.outcomes}
        return tuple(outcome.value for outcome in in_order(found))

    def decides(self, shown: Shown) -> Decides:
        """What is decided in a scenario."""
        return self._decides.get(shown.number, Decides())

    @cached_property
    def _decides(self) -> Mapping[int, Decides]:
        outcomes: dict[int, list[Outcome]] = defaultdict(list)
        rests: dict[int, list[str]] = defaultdict(list)
        found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for (_, id), points in self._points.items():
            for point in points:
                for one in point.shown_by:
                    if isinstance(point.cell.aspect, Comes):
                        outcomes[one.number].append(point.cell.aspect.outcome)
                    elif isinstance(point.cell.aspect, Rests):
                        rests[one.number].append(id)
                    elif isinstance(point.cell.aspect, Turns):
                        found[one.number][point.words].append(id)
        return {
            number: Decides(
                tuple(dict.fromkeys(outcomes[number])),
                tuple(rests[number]),
                {words: tuple(ids) for words, ids in found[number].items()},
            )
            for number in {*outcomes, *rests, *found}
        }

    def _subject(self, cell: Cell) -> tuple[Kind, str]:
        match cell.aspect:
            case Rests(label):
                return Kind.CLAUSE, self._holders[label]
            case Comes(request):
                return Kind.REQUEST, request
            case Reads(interpretation):
                return Kind.INTERPRETATION, interpretation
            case Turns(id) | Counts(id) | Borders(id) | Lacks(id) | Falls(id) | Leaves(id):
                return Kind.CLAUSE, id
            case _:
                assert_never(cell.aspect)

    def _point(self, cell: Cell) -> Point:
        shown_by = self._those(witness.scenario for witness in cell.shown_by)
        return Point(cell, aspect_words(cell.aspect, self.adequacy.policy), shown_by)

    def _those(self, keys: Iterable[str]) -> tuple[Shown, ...]:
        return tuple(self._scenarios[key] for key in dict.fromkeys(keys))

    def _unnoticed(self, one: MutantResult) -> Unnoticed:
        lines = in_source(one.mutant.slip, self._lines_of)
        return Unnoticed(one.mutant.operator.words.lower(), lines, one.fate is Fate.UNNOTICED)
