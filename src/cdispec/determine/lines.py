"""What a line of a request asks of its other lines, answered by determining these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from cdispec.model.case import Case, Line, StatedCase, with_answers
from cdispec.model.determination import Explanation
from cdispec.model.facts import Value
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.model.sentences import listed

Outcomes = frozenset[Outcome]
Possible = Callable[[Case], Outcomes]
"""The outcomes that a case can come to; none where that cannot be said."""

OpenLines = Mapping[str, tuple[str, ...]]
"""For each fact that other lines leave open, those of them that could still answer it with yes."""

Way = frozenset[tuple[str, str]]
"""What some lines come to together: the kinds of request of which one has an outcome, each with that outcome."""

MOST_WAYS = 64
"""In so many ways, at most, the outcomes of lines are put together."""


class Answered(NamedTuple):
    """What other lines answer: the facts, by which lines each is so or is not, and what they leave open."""

    facts: dict[str, Value]
    by: dict[str, tuple[str, ...]]
    left: OpenLines


class Beside(NamedTuple):
    """What is known of a line from the others: by which of them each fact is so, and what they leave open.

    `line` is its name, "" of a case that is no line.
    `settled` is the outcome that all together give which these can come to, where several facts are left open: they
    are not answered each by itself. None where there are several, or none can be told. In a complete record it is "not
    decided" where one of the lines that decide it is.
    """

    line: str = ""
    by: OpenLines = MappingProxyType({})
    left: OpenLines = MappingProxyType({})
    settled: Outcome | None = None


class RequestLines:
    """The lines of one request, each determined once; `possible` determines one of which all that it asks is answered.

    No kinds ask in a circle what one another come to, so that each line can wait for those that decide it. What is
    unknown in a line is unknown there by itself.
    """

    def __init__(self, policy: Policy, case: StatedCase, possible: Possible) -> None:
        assert case.lines is not None
        self.policy, self.case, self.lines, self._possible = policy, case, case.lines, possible
        self._found: dict[str, Outcomes] = {}
        self._decided: dict[object, Outcomes] = {}

        self._deciding = cache(policy.lines_that_decide)
        """The facts by which other lines decide a kind of request."""

    def holds(self, case: StatedCase) -> bool:
        """Whether a case is a line of this request."""
        if case.lines is None or case.lines.all is not self.lines.all:
            return False
        return (case.lines.whole, case.date, case.complete) == (self.lines.whole, self.case.date, self.case.complete)

    def beside(self, case: StatedCase) -> tuple[Case, Beside]:
        """A line with what its policy asks of the other lines answered, and what is known of it from these."""
        own = next(line for line in self.lines.all if case.lines is not None and line.name == case.lines.own)
        answers, by, left = self._answers(own, self.policy.lines_asked_by(own.request))
        asked = self._deciding(own.request)
        known = with_answers(case, self.policy.number, {**own.facts, **answers})
        if case.complete:
            # What another line comes to that took too much work decides nothing.
            undecided = any(left.get(id) for id in asked)
            return known, Beside(own.name, by, left, Outcome.NOT_DECIDED if undecided else None)
        outcomes = self._together(own) if several(left, asked) else Outcomes()
        return known, Beside(own.name, by, left, next(iter(outcomes)) if len(outcomes) == 1 else None)

    def _answers(self, own: Line, asked: Iterable[str]) -> Answered:
        """What lines other than one answer of these facts.

        A line of the kind answers yes, and none answers no where there are no lines beside these.
        """
        answers: dict[str, Value] = {}
        by, left = dict[str, tuple[str, ...]](), dict[str, tuple[str, ...]]()
        for id in asked:
            of = self.policy.asked_lines[id]
            lines = self._others(own, of.kind)
            found = {line.name: self._comes_to(line) if of.outcome else frozenset([of.outcome]) for line in lines}
            if so := tuple(name for name, outcomes in found.items() if outcomes == frozenset([of.outcome])):
                answers[id], by[id] = True, so
                continue
            may = tuple(name for name, outcomes in found.items() if not outcomes or of.outcome in outcomes)
            if may or not self.lines.whole:
                left[id] = may
            else:
                answers[id] = False
                by[id] = (*found,)
        return Answered(answers, by, left)

    def _others(self, own: Line, kind: str) -> list[Line]:
        return [line for line in self.lines.all if line.name != own.name and line.request == kind]

    def _comes_to(self, line: Line) -> Outcomes:
        """What a line can come to; where several facts are left open to it, by all that these can be together."""
        if line.name not in self._found:
            asked = self._deciding(line.request)
            answers, _, left = self._answers(line, asked)
            if self.case.complete and any(left.values()):
                # A complete record does not decide by silence what another line comes to.
                self._found[line.name] = Outcomes()
            else:
                together = self._together(line) if several(left, asked) else Outcomes()
                self._found[line.name] = together or self._determined(line, answers)
        return self._found[line.name]

    def _together(self, line: Line) -> Outcomes:
        """What a line can come to, by each way in which the lines that decide it can come out; none for too many."""
        ways: set[Way] = {Way()}
        for other in self._before(line):
            found = {way: self._in(other, way) for way in ways}
            ways = {way | {(other.request, one)} for way, outcomes in found.items() for one in outcomes}
            if len(ways) > MOST_WAYS or not all(found.values()):
                return Outcomes()
        outcomes = [self._in(line, way) for way in ways]
        return Outcomes().union(*outcomes) if all(outcomes) else Outcomes()

    def _in(self, line: Line, way: Way) -> Outcomes:
        """What a line can come to where those that decide it come out in a way."""
        answers: dict[str, Value] = {}
        for id in self._deciding(line.request):
            of = self.policy.asked_lines[id]
            so = (of.kind, of.outcome) in way if of.outcome else bool(self._others(line, of.kind))
            if so or self.lines.whole:
                answers[id] = so
        return self._determined(line, answers)

    def _before(self, line: Line) -> list[Line]:
        """The lines that decide one, directly or through others, each after those that decide it."""
        kinds = dict.fromkeys(self._kinds_before(line.request))
        return [other for kind in kinds for other in self.lines.all if other.request == kind]

    def _kinds_before(self, kind: str) -> Iterator[str]:
        for id in self._deciding(kind):
            asked = self.policy.asked_lines[id]
            if asked.outcome:
                yield from self._kinds_before(asked.kind)
                yield asked.kind

    def _determined(self, line: Line, answers: Mapping[str, Value]) -> Outcomes:
        key = line.name, *answers.items()
        if key not in self._decided:
            case = with_answers(self.case, self.policy.number, {**line.facts, **answers})
            self._decided[key] = self._possible(replace(case, request=line.request))
        return self._decided[key]


def lines_named(names: Sequence[str], so: bool) -> str:
    """The lines by which something is so, or of which none is so."""
    several = len(names) > 1
    denied = "" if so else " are not" if several else " is not"
    return f" (line{'s' if several else ''} {listed(names)}{denied})" if names else ""


def naming_lines(found: Explanation, said: Mapping[str, str]) -> Explanation:
    """An explanation that adds to what it reports of other lines which of them are meant, as is `said` of it."""
    because = tuple(naming_lines(part, said) for part in found.because)
    answered = found.answered + said.get(found.answered, "")
    return found._replace(answered=answered, because=because)


def several(left: OpenLines, asked: Iterable[str]) -> bool:
    """Whether lines leave several of these facts open: one line may answer two of them."""
    return sum(id in left for id in asked) > 1
