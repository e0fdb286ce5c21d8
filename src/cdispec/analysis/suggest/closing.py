"""Which of many cases would show what no scenario shows, or notice an edit that none notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from cdispec.analysis.adequacy.adequacy import Cell, MutantResult
from cdispec.analysis.adequacy.forcing import Forcing
from cdispec.analysis.adequacy.shown import Showing
from cdispec.analysis.mutation.run import Run
from cdispec.analysis.replay.replay import Replay
from cdispec.analysis.replay.view import Side, View
from cdispec.model.case import Case
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.scenario.draft import Telling
from cdispec.scenario.writing import given_sentences
from cdispec.source import Place
from cdispec.targets.columns import bits, mask

Target = Cell | MutantResult
"""What a scenario is suggested for."""

MOST_ASKED = 200
"""In so many cases, the shortest, it is looked whether an edit lets something else be asked."""

FRAME, ASKING = 3, 4
"""So many lines stand in every scenario; so many more is it worth to have an outcome rather than a question."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A case as the policy decides it, what it is chosen for, and the classifications that tell it apart."""

    case: Case
    side: Side
    decided: View
    closes: tuple[Target, ...]
    classified: Set[str]


class Trial:
    """Cases side by side, as scenarios that say all that is determined of them."""

    def __init__(self, policy: Policy, cases: Sequence[Case]) -> None:
        self.cases = cases
        self.replay = Replay(policy, cases)
        self._run = Run(self.replay, [Telling(case, (), Place(policy.path)) for case in cases])
        self.forcing = Forcing(self.replay)
        self._showing = Showing(self.forcing)

    def closing(self, target: Target) -> int:
        """The cases that show a cell, or notice a mutant."""
        if isinstance(target, Cell):
            return self._showing.cases(target.aspect)
        side = self.side(target)
        differing = self._run.differing(target.mutant.slip, side)
        if differing.determined:
            return differing.determined
        asked = islice(bits(differing.needed), MOST_ASKED)
        return mask(number for number in asked if self._asks_otherwise(number, side))

    def side(self, target: MutantResult) -> Side:
        """The policy with a mutant's slip."""
        return self._run.side(target.mutant.slip)

    def _asks_otherwise(self, number: int, side: Side) -> bool:
        return set(self.replay.said(number).needed()) != set(side.view(number).needed())

    def picked(self, number: int, closes: Sequence[Target]) -> Picked:
        """A case as it is chosen for some of these."""
        names = {name for target in closes for name in self._classified_otherwise(number, target)}
        return Picked(self.cases[number], self.replay.base, self.replay.said(number), tuple(closes), names)

    def favourable(self, request: str) -> Case | None:
        """The shortest case of a kind of request that is granted; None where there is none."""
        numbers = bits(self.replay.of_request[request])
        granted = [number for number in numbers if self.replay.said(number).outcome.grants]
        return self.cases[min(granted, key=lambda number: (self.effort(number), number))] if granted else None

    def effort(self, number: int) -> int:
        """How many lines a reader has to read of a scenario with this case; what is to be asked counts twice."""
        given, decided = given_sentences(self.replay.surface, self.cases[number]), self.replay.said(number)
        return FRAME + len(given) + (ASKING + 2 * len(decided.needed()) if decided.outcome.is_open else 0)

    def can_be_told(self, number: int) -> bool:
        """Whether a scenario can say what is determined of a case."""
        return self.replay.said(number).outcome is not Outcome.NOT_DECIDED

    def _classified_otherwise(self, number: int, target: Target) -> Iterator[str]:
        """The classifications that a case shows to be otherwise, where what it is for were not as it is."""
        sides = self.forcing.sides(target.aspect) if isinstance(target, Cell) else [self.side(target)]
        before = dict(self.replay.said(number).classified())
        for side in sides:
            for name, truth in View(side, number).classified():
                if truth != before[name]:
                    yield name
