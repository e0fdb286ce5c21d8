"""What a line of a request asks of its other lines, answered by determining these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from cdispec.model.case import Case, Line, StatedCase, with_answers
from cdispec.model.facts import Value
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy

Possible = Callable[[Case], frozenset[Outcome]]
"""The outcomes that a case can come to; none where that cannot be said."""

OpenLines = Mapping[str, tuple[str, ...]]
"""For each fact that other lines leave open, those of them that could still answer it with yes."""


def with_other_lines(policy: Policy, case: StatedCase, possible: Possible) -> tuple[Case, OpenLines]:
    """A line of a request with what its policy asks of the other lines; `possible` determines each of these."""
    return _Lines(policy, case, possible).entered()


class _Lines:
    """The lines of one request, each determined once.

    No kinds ask in a circle what one another come to, so that each line can wait for those that decide it.
    """

    def __init__(self, policy: Policy, case: StatedCase, possible: Possible) -> None:
        assert case.lines is not None
        self.policy, self.case, self.lines, self._possible = policy, case, case.lines, possible
        self._found: dict[str, frozenset[Outcome]] = {}

    def entered(self) -> tuple[Case, OpenLines]:
        """The line that is determined itself."""
        answers, left = self._answers(self.lines.own, self.policy.lines_asked_by(self.case.request))
        stated = {id: value for id, value in self.case.facts.items() if id not in self.policy.asked_lines}
        return with_answers(self.case, self.policy.number, stated | answers), left

    def _answers(self, own: str, asked: Iterable[str]) -> tuple[dict[str, Value], OpenLines]:
        """What lines other than one answer of these facts, and which of them leave a fact open.

        A line of the kind answers yes, and none answers no where there are no lines beside these.
        """
        answers: dict[str, Value] = {}
        left: dict[str, tuple[str, ...]] = {}
        for id in asked:
            of = self.policy.asked_lines[id]
            lines = [line for line in self.lines.all if line.name != own and line.request == of.kind]
            comes_to = {line.name: self._comes_to(line) if of.outcome else frozenset([of.outcome]) for line in lines}
            if frozenset([of.outcome]) in comes_to.values():
                answers[id] = True
                continue
            may = tuple(name for name, outcomes in comes_to.items() if not outcomes or of.outcome in outcomes)
            if may or not self.lines.whole:
                left[id] = may
            else:
                answers[id] = False
        return answers, left

    def _comes_to(self, line: Line) -> frozenset[str]:
        if line.name not in self._found:
            answers, left = self._answers(line.name, self.policy.lines_that_decide(line.request))
            case = with_answers(self.case, self.policy.number, {**line.facts, **answers})
            # A complete record does not decide by silence what another line comes to.
            undecided = self.case.complete and any(left.values())
            self._found[line.name] = frozenset() if undecided else self._possible(replace(case, request=line.request))
        return self._found[line.name]
