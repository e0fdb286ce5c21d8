"""A policy prepared for many cases: what it says is what `determine` says, each thing when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import orjson

from cdispec.core.evaluate import evaluate
from cdispec.core.exact import Remaining, read_off, restricted
from cdispec.core.known import Known
from cdispec.core.program import children, cited_nodes, nodes_below
from cdispec.determine.contract import ANSWERS, explanation_json, granted_json, id_json, later_json, ways_json
from cdispec.determine.determination import Decided, Prepared
from cdispec.determine.resting import root
from cdispec.model.case import StatedCase
from cdispec.model.determination import Explanation
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.targets.python.door import Answers, Checked, Door, RecordKind
from cdispec.targets.python.kept import Kept, Made
from cdispec.targets.python.pattern import Pattern, getter
from cdispec.targets.python.rendering import BY_NUMBER, explaining
from cdispec.targets.python.spelling import spelling
from cdispec.targets.python.truths import truths_of

Truths = tuple[int, ...]
"""The truth of each node of the program, as a number of `cdispec.logic`."""


def compile_policy(policy: Policy) -> Compiled:
    """The compiled form of a policy that is free of errors."""
    return Compiled(policy)


class Compiled(Prepared):
    """A policy prepared for many cases."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(policy)
        self._door = Door(policy)
        # A function for each kind of record, made when the first one comes.
        self._truths = Made(lambda record: truths_of(policy, self.program, record))
        self._requests: dict[str, _Request] = {}

    def check(self, raw: object) -> Checked | None:
        """The case that a JSON value states; None where it is not one, which `parse.case` explains.

        One that may have rows is read there.
        """
        return None if self.policy.lists else self._door.check(raw)

    def checked(self, case: StatedCase) -> Checked:
        """A case that is free of errors, in the form that the other functions take."""
        return self._door.take(case)

    def truths(self, case: Checked) -> Truths:
        """The truths of all nodes."""
        if case.record is RecordKind.RANGED:
            return (*map(int, evaluate(self.program, case)),)
        truths: Truths = self._truths[case.record](case.answers, case.day)
        return truths

    def exactly_decides(self, case: StatedCase) -> bool:
        """Whether three-valued logic is exact for the outcome of a case."""
        assert isinstance(case, Checked)
        return self.exactly_decided(case.request) and case.record is not RecordKind.RANGED

    def decide_alone(self, case: StatedCase) -> Decided:
        """A case of which all that it asks of other lines is answered, decided."""
        if self.policy.lists:
            return self.decide_rows(case)
        checked = case if isinstance(case, Checked) else self._door.take(case)
        request = self._requests.get(checked.request)
        if request is None:
            request = self._requests[checked.request] = _Request(self, checked.request)
        decided = CompiledDecision(self, request, checked, self.truths(checked))
        self.agreed(decided)
        return decided

    def respond(self, raw: object) -> bytes | None:
        """JSON in, JSON out: the contract's text of what the policy says of a case; None where it is no case."""
        case = self._door.check(raw)
        return None if case is None else self.decide(case).json()


class _Request:
    """What is prepared for the cases of a kind of request."""

    def __init__(self, compiled: Compiled, request: str) -> None:
        self.policy, self.request = compiled.policy, request
        self.decision, nodes = compiled.program.decisions[request], compiled.program.nodes
        self._reasons, self._program = compiled.reasons(request), compiled.program
        below = nodes_below(nodes, [rule.node for rule in self.decision.rules], compiled.program.alone)
        asked = [number for number in below if number in compiled.program.alone or not children(nodes[number])]
        atoms = [number for number in nodes_below(nodes, asked) if not children(nodes[number])]
        self._asked, self._atoms = (Pattern(self.policy, compiled.program, each) for each in (asked, atoms))
        self._restricted = Kept(len(asked))
        self._remaining = Kept(len(atoms))
        cited = [self.decision.unmet, *compiled.program.classifications.values()]
        cited += [node for rule in self.decision.rules for node in (rule.node, *cited_nodes(rule.cited))]
        self.cited, self.said = getter(cited), Kept(len(cited))
        # Limits depend on dates as well.
        self.limited = any(rule.grant is not None for rule in self.policy.rules_for(request))

    def remaining(self, compiled: Compiled, case: Checked, truths: Sequence[int]) -> Remaining:
        """What an open case can still come to.

        What it depends on is shared by many cases, and what the decision is restricted to by still more.
        """
        of_all = self._atoms.of(truths, case.answers, case.day)
        found: Remaining | None = self._remaining.get(of_all)
        if found is None:
            known, each = Known(compiled.program, case), [BY_NUMBER[truth] for truth in truths]
            shared = self._asked.of(truths, case.answers, case.day)
            if shared not in self._restricted:
                self._restricted[shared] = restricted(compiled.program, self.decision, known, each)
            found = read_off(compiled.program, self.decision, known, each, self._restricted[shared])
            self._remaining[of_all] = found
        return found

    @cached_property
    def explain(self) -> Callable[[Sequence[int], Answers, str], tuple[Explanation, ...]]:
        """The explanations of the rules."""
        return explaining(self.policy, self._program, self._reasons)

    @cached_property
    def spell(self) -> Callable[[Sequence[int], Answers, str], bytes]:
        """The explanations of the rules as JSON."""
        return spelling(self.policy, self._program, self._reasons)

    @cached_property
    def opening(self) -> bytes:
        """The beginning of the contract's JSON, up to the date."""
        head = {"policy": self.policy.number, "revision": self.policy.revision, "request": self.request, "date": ""}
        return orjson.dumps(head).removesuffix(b'"}')

    @cached_property
    def roots(self) -> dict[Outcome, bytes]:
        """For each outcome the JSON of the explanation, from after its first clause to the reasons."""
        return {
            outcome: orjson.dumps(explanation_json(root(self.policy, self.request, outcome, (), ())))
            .removeprefix(b'{"clause":""')
            .removesuffix(b"]}")
            for outcome in (*self.decision.outcomes, Outcome.MORE_INFORMATION, Outcome.NOT_DECIDED)
        }


class CompiledDecision(Decided):
    """A case with the truths of all nodes; the rest is worked out when it is asked for."""

    prepared: Compiled
    case: Checked

    def __init__(self, compiled: Compiled, request: _Request, case: Checked, truths: Truths) -> None:
        super().__init__(compiled, case, truths)
        self._request = request

    def _remaining(self) -> Remaining:
        if self.case.record is RecordKind.RANGED:
            # What cases share that have no such date is not all that it depends on.
            return super()._remaining()
        return self._request.remaining(self.prepared, self.case, self.shown)

    def because(self) -> tuple[Explanation, ...]:
        """The explanations of the rules."""
        return self._request.explain(self.truths, self.case.answers, self.case.date.isoformat())

    def json(self) -> bytes:
        """The determination as the contract's JSON: the bytes of `orjson.dumps(determination_json(...))`."""
        if self.beside.line:
            return super().json()
        request, day = self._request, self.case.date.isoformat()
        said = self._repeated() or self._said()
        reasons = request.spell(self.truths, self.case.answers, day)
        opening = request.opening
        if id := self.case.id:
            opening = orjson.dumps(id_json(id))[:-1] + b"," + opening[1:]
        known = f'"known_on":"{self.known_on}",'.encode() if self.known_on else b""
        return b"".join((opening, day.encode(), b'",', known, said, reasons, b"]}}"))

    def _repeated(self) -> bytes:
        """What is said before the reasons, where it depends only on the truths of what is cited."""
        outcome, case = self.outcome, self.case
        if outcome is Outcome.MORE_INFORMATION or case.codes or self.later is not None or self.truths is not self.shown:
            return b""
        if self._request.limited:
            return b""
        pattern = self._request.cited(self.truths)
        said: tuple[Outcome, bytes] | None = self._request.said.get(pattern)
        if said is None or said[0] is not outcome:
            said = self._request.said[pattern] = outcome, self._said()
        return said[1]

    def _said(self) -> bytes:
        """What is said between the date and the reasons."""
        clauses, alternatives = self.clauses()
        said = {
            "outcome": self.outcome.value,
            "clauses": clauses,
            "alternatives": alternatives,
            "classifications": {name: ANSWERS[BY_NUMBER[truth]] for name, truth in self.classified()},
            "needed": self.needed(),
            "may_matter": self.may_matter(),
            "ways": ways_json(self.ways()),
            "codes": self.codes(),
            **granted_json(self.granted()),
            "later": later_json(self.later),
        }
        clause = orjson.dumps(clauses[0] if clauses else "")
        opening = (orjson.dumps(said)[1:-1], b',"explanation":{"clause":', clause, self._request.roots[self.outcome])
        return b"".join(opening)
