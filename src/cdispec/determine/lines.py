"""What a line of a request asks of its other lines, answered by determining these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from cdispec.model.case import Case, Line, StatedCase, with_answers
from cdispec.model.facts import Value
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy

Outcomes = frozenset[Outcome]
Possible = Callable[[Case], Outcomes]
"""The outcomes that a case can come to; none where that cannot be said."""

OpenLines = Mapping[str, tuple[str, ...]]
"""For each fact that other lines leave open, those of them that could still answer it with yes."""

MOST_WAYS = 256
"""In so many ways, at most, the outcomes of lines are put together."""


class Beside(NamedTuple):
    """A line of a request with what the other lines answer, and what they leave open.

    `settled` is the outcome that all together give which these can come to, where several facts are left open: they
    are not answered each by itself. None where there are several, or none can be told. In a complete record it is "not
    decided" where one of the lines that decide it is.
    """

    case: Case
    left: OpenLines
    settled: Outcome | None


def beside_lines(policy: Policy, case: StatedCase, possible: Possible) -> Beside:
    """A line of a request with what its policy asks of the other lines; `possible` determines each of these."""
    return _Lines(policy, case, possible).beside()


class _Lines:
    """The lines of one request, each determined once.

    No kinds ask in a circle what one another come to, so that each line can wait for those that decide it. What is
    unknown in a line is unknown there by itself.
    """

    def __init__(self, policy: Policy, case: StatedCase, possible: Possible) -> None:
        assert case.lines is not None
        self.policy, self.case, self.lines, self._possible = policy, case, case.lines, possible
        self._found: dict[str, Outcomes] = {}

    def beside(self) -> Beside:
        """The line that is determined itself."""
        own = next(line for line in self.lines.all if line.name == self.lines.own)
        answers, left = self._answers(own, self.policy.lines_asked_by(own.request), self._comes_to)
        asked = self.policy.lines_that_decide(own.request)
        case = self._case(own, answers)
        if self.case.complete:
            # What another line comes to that took too much work decides nothing.
            undecided = any(left.get(id) for id in asked)
            return Beside(case, left, Outcome.NOT_DECIDED if undecided else None)
        outcomes = self._together(own) if several(left, asked) else Outcomes()
        return Beside(case, left, next(iter(outcomes)) if len(outcomes) == 1 else None)

    def _answers(
        self, own: Line, asked: Iterable[str], comes_to: Callable[[Line], Outcomes]
    ) -> tuple[dict[str, Value], OpenLines]:
        """What lines other than one answer of these facts, and which of them leave a fact open.

        A line of the kind answers yes, and none answers no where there are no lines beside these.
        """
        answers: dict[str, Value] = {}
        left: dict[str, tuple[str, ...]] = {}
        for id in asked:
            of = self.policy.asked_lines[id]
            lines = [line for line in self.lines.all if line.name != own.name and line.request == of.kind]
            found = {line.name: comes_to(line) if of.outcome else frozenset([of.outcome]) for line in lines}
            if frozenset([of.outcome]) in found.values():
                answers[id] = True
                continue
            may = tuple(name for name, outcomes in found.items() if not outcomes or of.outcome in outcomes)
            if may or not self.lines.whole:
                left[id] = may
            else:
                answers[id] = False
        return answers, left

    def _comes_to(self, line: Line) -> Outcomes:
        """What a line can come to; where several facts are left open to it, by all that these can be together."""
        if line.name not in self._found:
            asked = self.policy.lines_that_decide(line.request)
            answers, left = self._answers(line, asked, self._comes_to)
            if self.case.complete and any(left.values()):
                # A complete record does not decide by silence what another line comes to.
                self._found[line.name] = Outcomes()
            else:
                together = self._together(line) if several(left, asked) else Outcomes()
                self._found[line.name] = together or self._possible(self._case(line, answers))
        return self._found[line.name]

    def _together(self, line: Line) -> Outcomes:
        """What a line can come to, by each way in which the lines that decide it can come out; none for too many."""
        ways: list[dict[str, Outcomes]] = [{}]
        for other in self._before(line):
            found = [(way, self._in(other, way)) for way in ways]
            ways = [{**way, other.name: frozenset([one])} for way, outcomes in found for one in outcomes]
            if len(ways) > MOST_WAYS or not all(outcomes for _, outcomes in found):
                return Outcomes()
        outcomes = [self._in(line, way) for way in ways]
        return Outcomes().union(*outcomes) if all(outcomes) else Outcomes()

    def _in(self, line: Line, way: Mapping[str, Outcomes]) -> Outcomes:
        """What a line can come to where those that decide it come out in a way."""
        asked = self.policy.lines_that_decide(line.request)
        answers, _ = self._answers(line, asked, lambda other: way[other.name])
        return self._possible(self._case(line, answers))

    def _before(self, line: Line) -> list[Line]:
        """The lines that decide one, directly or through others, each after those that decide it."""
        kinds = dict.fromkeys(self._kinds_before(line.request))
        return [other for kind in kinds for other in self.lines.all if other.request == kind]

    def _kinds_before(self, kind: str) -> Iterator[str]:
        for id in self.policy.lines_that_decide(kind):
            asked = self.policy.asked_lines[id]
            if asked.outcome:
                yield from self._kinds_before(asked.kind)
                yield asked.kind

    def _case(self, line: Line, answers: Mapping[str, Value]) -> Case:
        case = with_answers(self.case, self.policy.number, {**line.facts, **answers})
        return replace(case, request=line.request)


def several(left: OpenLines, asked: Iterable[str]) -> bool:
    """Whether lines leave several of these facts open: one line may answer two of them."""
    return sum(id in left for id in asked) > 1
