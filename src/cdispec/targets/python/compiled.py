"""A policy prepared for many cases: what it says is what `determine` says, each thing when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import orjson

from cdispec.core.exact import Remaining, read_off, restricted
from cdispec.core.known import Known
from cdispec.core.program import children, nodes_below
from cdispec.determine.contract import ANSWERS, explanation_json, later_json, ways_json
from cdispec.determine.determination import SETTLED, Decided, Prepared, root
from cdispec.model.case import StatedCase
from cdispec.model.determination import Explanation
from cdispec.model.policy import Outcome, Policy
from cdispec.targets.python.door import Answers, Checked, Door
from cdispec.targets.python.kept import Kept
from cdispec.targets.python.pattern import Dates, getter
from cdispec.targets.python.rendering import BY_NUMBER, explaining, spelling
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
        self._requests: dict[str, _Request] = {}

    @cached_property
    def _open(self) -> Callable[[Answers, int], Truths]:
        return truths_of(self.policy, self.program, False)

    @cached_property
    def _complete(self) -> Callable[[Answers, int], Truths]:
        return truths_of(self.policy, self.program, True)

    def check(self, raw: object) -> Checked | None:
        """The case that a JSON value states; None where it is not one, which `parse.case` explains."""
        return self._door.check(raw)

    def checked(self, case: StatedCase) -> Checked:
        """A case that is free of errors, in the form that the other functions take."""
        return self._door.take(case)

    def truths(self, case: Checked) -> Truths:
        """The truths of all nodes: a function for open and one for complete records, made when the first one comes."""
        return (self._complete if case.complete else self._open)(case.answers, case.day)

    def decide(self, case: StatedCase) -> CompiledDecision:
        """A case that is free of errors, decided."""
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
        self._reasons, self._always = compiled.reasons(request), compiled.program.always
        below = nodes_below(nodes, [rule.node for rule in self.decision.rules], compiled.program.alone)
        asked = [number for number in below if number in compiled.program.alone or not children(nodes[number])]
        atoms = [number for number in nodes_below(nodes, asked) if not children(nodes[number])]
        self._pattern, self._truths_of_atoms = getter(asked), getter(atoms)
        self._dates = Dates(self.policy, compiled.program, atoms)
        self._restricted = Kept()
        self._remaining = Kept()

    def remaining(self, compiled: Compiled, case: Checked, truths: Truths) -> Remaining:
        """What an open case can still come to.

        It depends on the truths of atoms, and where a date is unknown on all that this is compared with.
        """
        dates = self._dates.of(truths, case.answers, case.day)
        of_all = (self._truths_of_atoms(truths), dates)
        found: Remaining | None = self._remaining.get(of_all)
        if found is None:
            known, each = Known(compiled.program, case), [BY_NUMBER[truth] for truth in truths]
            shared = (self._pattern(truths), dates)
            if shared not in self._restricted:
                self._restricted[shared] = restricted(compiled.program, self.decision, known, each)
            found = read_off(compiled.program, self.decision, known, each, self._restricted[shared])
            self._remaining[of_all] = found
        return found

    @cached_property
    def explain(self) -> Callable[[Sequence[int], Answers, str], tuple[Explanation, ...]]:
        """The explanations of the rules."""
        return explaining(self.policy, self._always, self._reasons)

    @cached_property
    def spell(self) -> Callable[[Sequence[int], Answers, str], bytes]:
        """The explanations of the rules as JSON."""
        return spelling(self.policy, self._always, self._reasons)

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
            for outcome in Outcome
        }


class CompiledDecision(Decided):
    """A case with the truths of all nodes; the rest is worked out when it is asked for."""

    def __init__(self, compiled: Compiled, request: _Request, case: Checked, truths: Truths) -> None:
        self.prepared, self.case, self.truths, self.shown = compiled, case, truths, truths
        self.decision = request.decision
        self._compiled, self._request, self._checked, self._all = compiled, request, case, truths

    def _remaining(self) -> Remaining:
        return self._request.remaining(self._compiled, self._checked, self._all)

    def because(self) -> tuple[Explanation, ...]:
        """The explanations of the rules."""
        return self._request.explain(self.truths, self._checked.answers, self.case.date.isoformat())

    def json(self) -> bytes:
        """The determination as the contract's JSON: the bytes of `orjson.dumps(determination_json(...))`."""
        request, day = self._request, self.case.date.isoformat()
        clauses, alternatives = self.clauses()
        needed = self.needed()
        remaining = self.remaining if needed else SETTLED
        classified = {name: ANSWERS[BY_NUMBER[truth]] for name, truth in self.classified()}
        said = {
            "outcome": self.outcome.value,
            "clauses": clauses,
            "alternatives": alternatives,
            "classifications": classified,
            "needed": needed,
            "may_matter": self.may_matter(),
            "ways": ways_json(remaining.ways),
            "codes": self.codes(),
            "later": later_json(self.later),
        }
        parts = (
            request.opening,
            day.encode(),
            b'",',
            orjson.dumps(said)[1:-1],
            b',"explanation":{"clause":',
            orjson.dumps(clauses[0] if clauses else ""),
            request.roots[self.outcome],
            request.spell(self.truths, self._checked.answers, day),
            b"]}}",
        )
        return b"".join(parts)
