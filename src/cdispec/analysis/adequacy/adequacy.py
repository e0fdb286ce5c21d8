"""The adequacy of the scenarios of a policy: what of it they show, and which slips in it they notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cdispec.analysis.adequacy.aspects import Aspect
from cdispec.analysis.mutation.operators import Mutant
from cdispec.model.policy import Policy
from cdispec.source import Place


class State(StrEnum):
    """What is known of something that scenarios could show."""

    SHOWN = "shown"
    IMPOSSIBLE = "impossible"
    OPEN = "open"
    NOT_DECIDED = "not decided"


class Fate(StrEnum):
    """What becomes of a mutant."""

    NOTICED = "noticed"
    EQUIVALENT = "equivalent"
    UNNOTICED = "unnoticed"
    NOT_DECIDED = "not decided"


@dataclass(frozen=True, slots=True)
class ScenarioCase:
    """The case of a scenario: its permanent id, with the row of an outline, and where the case stands."""

    scenario: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """An aspect of a policy: the label and place of what it is of, and the cases that show it, in their order."""

    aspect: Aspect
    label: str
    place: Place
    state: State
    shown_by: tuple[ScenarioCase, ...]

    @property
    def by(self) -> ScenarioCase | None:
        """The first case that shows it."""
        return self.shown_by[0] if self.shown_by else None

    @property
    def gap(self) -> bool:
        """Whether it could be shown, as far as is known, and is not."""
        return self.state in (State.OPEN, State.NOT_DECIDED)


@dataclass(frozen=True, slots=True)
class MutantResult:
    """What became of a mutant, and the first scenario that notices it.

    `label` is that of the clause that it is made in; one that is made in a fact has none.
    """

    mutant: Mutant
    label: str
    fate: Fate
    by: ScenarioCase | None

    @property
    def name(self) -> str:
        """What it is made in: a clause by its label and its id, or a fact."""
        return f"{'fact' if self.mutant.in_fact else self.label} {self.mutant.of}".lstrip()

    @property
    def gap(self) -> bool:
        """Whether it makes a difference, as far as is known, and nothing notices."""
        return self.fate in (Fate.UNNOTICED, Fate.NOT_DECIDED)


@dataclass(frozen=True, slots=True)
class Score:
    """How many things are reached, of those that count."""

    reached: int
    of: int

    @property
    def percent(self) -> int:
        """Whole percent, 100 only where nothing is missing."""
        return 100 * self.reached // self.of if self.of else 100

    def __add__(self, other: Score) -> Score:
        return Score(self.reached + other.reached, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Adequacy:
    """How well the scenarios of a policy test it.

    `cases` is how many cases they have; those of `failing` hold against no policy, so that they show nothing.
    """

    policy: Policy
    cells: tuple[Cell, ...]
    mutants: tuple[MutantResult, ...]
    cases: int
    failing: tuple[ScenarioCase, ...]

    @property
    def shown(self) -> Score:
        """How much of what scenarios could show they do."""
        return Score(_count(self.cells, State.SHOWN), _count(self.cells, State.SHOWN) + len(self.open_cells))

    @property
    def noticed(self) -> Score:
        """How many of the mutants that change something are noticed."""
        noticed = sum(one.fate is Fate.NOTICED for one in self.mutants)
        return Score(noticed, noticed + len(self.survivors))

    @property
    def score(self) -> Score:
        """Both together."""
        return self.shown + self.noticed

    @property
    def open_cells(self) -> tuple[Cell, ...]:
        """What could be shown and is not."""
        return tuple(cell for cell in self.cells if cell.gap)

    @property
    def survivors(self) -> tuple[MutantResult, ...]:
        """The mutants that nothing notices, and that are not proved to change nothing."""
        return tuple(one for one in self.mutants if one.gap)


def _count(cells: Sequence[Cell], state: State) -> int:
    return sum(cell.state is state for cell in cells)
