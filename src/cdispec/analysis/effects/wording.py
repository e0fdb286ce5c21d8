"""The effect of a revision in plain words, for its history, its redline and those who decide on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdispec.analysis.changes.drift import Subject, drifts
from cdispec.analysis.changes.excerpt import excerpt
from cdispec.analysis.effects.effect import Effect, Relation, RequestEffect, Witness
from cdispec.analysis.effects.limits import changed_limits
from cdispec.analysis.effects.logic import facts_deciding, printed_clauses
from cdispec.logic import Truth
from cdispec.model.criteria import OfRows, Period
from cdispec.model.determination import Determination
from cdispec.model.facts import Including, Rows, SetOf, Value
from cdispec.model.outcomes import Outcome, OutcomeEffect
from cdispec.model.phrases import sentence_of
from cdispec.model.policy import Policy, RequestKind, all_criteria
from cdispec.model.row_phrases import rows_stated
from cdispec.model.sentences import listed
from cdispec.scenario.expectations import outcome_words
from cdispec.scenario.writing import classified_sentence, given_sentences, scenario_lines, then_sentences

MEANINGS = {
    Relation.EQUIVALENT: "the same cases have it as before",
    Relation.WIDER: "every case that had it still has it, and others do now",
    Relation.NARROWER: "some cases that had it have it no longer, and no others do",
    Relation.DIFFERENT: "some cases that had it have it no longer, and others do now",
}
"""What it means for an outcome that it relates so to the state before."""

UNDECIDED = "not decided within the limit"
"""What is said of what took more work than it was given."""

FOLLOWS = "not decided, for it follows other lines"
"""What is said of what other lines of a request decide that are decided otherwise themselves."""

NO_EFFECT = "no request is decided otherwise (proved)"
SHORT = 2
"""A case of so many answers is told whole; of a longer one those that the changed clause asks."""


def effect_lines(effect: Effect) -> tuple[str, ...]:
    """What a revision does, a line for each thing: the case that shows it, the outcome now and the one before."""
    words = _Words(effect)
    lines = [
        *words.of_the_whole(),
        *(line for request in effect.requests for line in words.of_request(request)),
        *words.of_classifications(),
        *changed_limits(effect.before, effect.after),
    ]
    return (*(lines or [NO_EFFECT]), *words.of_rows(), *words.of_words())


def witness_scenario(effect: Effect, witness: Witness, classification: str = "") -> list[str]:
    """A witness as a scenario of the state after, with what was determined before as a comment.

    What only the state before could be told of the case stands in a comment, too. Of a case that is classified
    otherwise, the scenario expects the `classification`.
    """
    then, before = then_sentences(effect.after, witness.after), then_sentences(effect.before, witness.before)[:1]
    title = f"{_capital(witness.after.outcome)} now, {witness.before.outcome} before"
    if classification:
        then, before = ([_classified(found, classification)] for found in (witness.after, witness.before))
        title = f"Classified otherwise as {classification}"
    elif witness.after.outcome is witness.before.outcome:
        title = f"{_capital(witness.after.outcome)} as before, on other clauses"
    given = given_sentences(effect.after, witness.after_case)
    only_before = [line for line in given_sentences(effect.before, witness.before_case) if line not in given]
    return [
        *scenario_lines(effect.after, witness.after_case, then, title),
        *(f"  # before: {sentence}" for sentence in before),
        *(f"  # given before: {sentence}" for sentence in only_before),
    ]


def _classified(found: Determination, name: str) -> str:
    return classified_sentence(name, found.classifications[name])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class _Words:
    effect: Effect

    def of_the_whole(self) -> Iterator[str]:
        before, after = self.effect.before, self.effect.after
        if after.retired and not before.retired:
            yield "retired: no request is decided any more"
        if before.retired and not after.retired:
            yield "taken up again: requests are decided again"
        for kind in self.effect.begun:
            yield f"new: a request is decided where {kind.phrase}"
        for kind in self.effect.ended:
            yield f"gone: no request is decided any more where {kind.phrase}"

    def of_rows(self) -> Iterator[str]:
        """How many rows of a list the proof considers."""
        if self.effect.rows:
            asked = (one.logic for one in (*all_criteria(self.effect.before), *all_criteria(self.effect.after)))
            dated = any(isinstance(logic, OfRows) and logic.by for logic in asked)
            rows = f"{self.effect.rows} row{'s' if self.effect.rows > 1 else ''}"
            yield f"proved for lists of up to {rows}{', the dates known by which one is the latest' if dated else ''}"

    def of_words(self) -> Iterator[str]:
        """What no proof can tell: whether words that were changed alone still mean what they meant."""
        for drift in drifts(self.effect.before, self.effect.after):
            if drift.passages and drift.subject is not Subject.PROSE:
                yield f"reworded; no part of the proof: {drift.name}, {excerpt(drift.passages[:1])}"

    def of_request(self, request: RequestEffect) -> Iterator[str]:
        settled = [witness for witness in request.witnesses if not _needs_more(witness)]
        for witness in settled:
            yield f"{_lead(witness)}{self._by(witness)}: {self._case(witness, request.request)}, {self._turn(witness)}"
        if not settled and request.witnesses:
            # Where no decided outcome turned, what is asked for it did.
            for witness in request.witnesses[:2]:
                yield f"asked otherwise: {self._case(witness, request.request)}, {self._turn(witness)}"
        if not request.witnesses and request.other_clauses:
            case = self._case(request.other_clauses, request.request)
            yield f"on other clauses: {case}, {self._turn(request.other_clauses)}"
        for id in request.open:
            label = self.effect.after.clauses.get(id) or self.effect.before.clauses[id]
            yield f"{UNDECIDED}: what {label} does alone where {request.request.phrase}"
        if request.decided and not request.clauses_decided and not request.follows:
            yield f"{UNDECIDED}: whether outcomes rest on the same clauses where {request.request.phrase}"
        if request.follows:
            lines = listed([self.effect.after.requests[kind].phrase for kind in request.follows], "or")
            yield f"{FOLLOWS} in which {lines}, and these are decided otherwise: where {request.request.phrase}"
        elif not request.decided and request.witnesses:
            yield f"{UNDECIDED}: whether other requests are decided otherwise as well where {request.request.phrase}"
        elif not request.decided:
            yield f"{UNDECIDED}: whether every request is decided as before where {request.request.phrase}"

    def of_classifications(self) -> Iterator[str]:
        yield from (f"new: requests are classified as {name}" for name in self.effect.named)
        yield from (f"gone: no request is classified as {name} any more" for name in self.effect.unnamed)
        for name, witness in self.effect.classified.items():
            if witness is None:
                yield f"{UNDECIDED}: whether the same requests are classified as {name}"
                continue
            now, before = _applies(witness.after, name), _applies(witness.before, name)
            case = _joined(self._sentences(witness), self._others(witness))
            yield f"classified otherwise: where {case}, it is now {now} as {name}; before it was {before}"

    def _case(self, witness: Witness, request: RequestKind) -> str:
        first = max(self.effect.before.since, self.effect.after.since)
        dated = witness.after_case.date != first or _has_dates(self.effect.before) or _has_dates(self.effect.after)
        day = "" if not dated else f" on {witness.after_case.date.isoformat()}"
        return f"where {_joined([f'{request.phrase}{day}', *self._sentences(witness)], self._others(witness))}"

    def _turn(self, witness: Witness) -> str:
        before, after = determined(witness)
        named = printed_clauses(self.effect.before)
        now = self.effect.after.clauses
        moved = any(now.get(named.get(label, ""), label) != label for label in witness.before.clauses)
        return f"it is now {after}; before it was {before}{' (as numbered then)' if moved else ''}"

    def _by(self, witness: Witness) -> str:
        """The clause that makes the difference."""
        if label := self.effect.after.clauses.get(witness.due_to):
            return f" by {label}"
        gone = self.effect.before.clauses.get(witness.due_to)
        return f", because {gone} of before is gone" if gone else ""

    def _sentences(self, witness: Witness) -> list[str]:
        """What a case states; of much, what the changed clause asks."""
        answers, about = self._answers(witness), self._about(witness)
        sentences = [sentence for fact, sentence in answers.items() if fact in about]
        return [*sentences, *(["the record is complete"] if witness.after_case.complete else [])]

    def _others(self, witness: Witness) -> int:
        """How many answers of a case are not told."""
        return len(self._answers(witness)) - len(self._about(witness))

    def _about(self, witness: Witness) -> set[str]:
        """The facts whose answers are told."""
        stated = set(self._answers(witness))
        if len(stated) <= SHORT:
            return stated
        if not witness.due_to:
            return stated
        asked = facts_deciding(self.effect.before, self.effect.after, [witness.due_to])
        return stated & {fact.partition(".")[0] for fact in asked} or stated

    def _answers(self, witness: Witness) -> dict[str, str]:
        """The sentences that a case states, by their facts: of two readings of a list the one that holds more.

        Where the readings are otherwise not the same, both are told.
        """
        found = {}
        before, after = self.effect.before.facts, self.effect.after.facts
        former, later = witness.before_case.facts, witness.after_case.facts
        for fact in {**after, **before}:
            then = sentence_of(before[fact], former[fact]) if fact in former else ""
            now = sentence_of(after[fact], later[fact]) if fact in later else ""
            if then and (not now or _holds_more(former[fact], later[fact])):
                # What only the state before could be told; of a list, all that it could be told.
                found[fact] = then if now or isinstance(before[fact], SetOf) else f"{then} (as asked before)"
            elif now and then and now != then and not _holds_more(later[fact], former[fact]):
                found[fact] = f"{now} (given before: {then})"
            elif now:
                found[fact] = now
        for policy, facts in ((self.effect.before, former), (self.effect.after, later)):
            for of in policy.lists.values():
                rows = facts.get(of.id)
                if isinstance(rows, Rows):
                    found[of.id] = rows_stated(of, rows)
        return found


def _holds_more(value: Value | None, other: Value | None) -> bool:
    """Whether a list holds options that another reading of it lacks."""
    one, two = (held.members if isinstance(held, Including) else held for held in (value, other))
    return isinstance(one, frozenset) and isinstance(two, frozenset) and one > two


def _joined(sentences: list[str], others: int) -> str:
    words = listed(sentences)
    return f"{words}, with {others} other answer{'s' if others > 1 else ''}" if others else words


def _has_dates(policy: Policy) -> bool:
    """Whether any criterion stands for some dates only, so that a day is part of every case."""
    return any(criterion.valid != Period() for criterion in all_criteria(policy))


def _needs_more(witness: Witness) -> bool:
    return Outcome.MORE_INFORMATION in (witness.before.outcome, witness.after.outcome)


def _lead(witness: Witness) -> str:
    """What the change means for people: that more is granted, or referred and not denied, is wider."""
    was, now = witness.before.outcome.effect, witness.after.outcome.effect
    if was is not now and OutcomeEffect.GRANTS in (was, now):
        return "wider" if now is OutcomeEffect.GRANTS else "narrower"
    if {was, now} == {OutcomeEffect.REFERS, OutcomeEffect.DENIES}:
        return "wider" if now is OutcomeEffect.REFERS else "narrower"
    return "otherwise"


def determined(witness: Witness, classification: str = "") -> tuple[str, str]:
    """What is said of a case before and after: its outcome, or whether it is classified."""
    before, after = witness.before, witness.after
    if classification:
        return (
            f"{_applies(before, classification)} as {classification}",
            f"{_applies(after, classification)} as {classification}",
        )
    return _said(before), _said(after)


def _said(found: Determination) -> str:
    if found.outcome is Outcome.MORE_INFORMATION:
        return "not decided without more information"
    return outcome_words(found.outcome, found.clauses, found.alternatives)


def _applies(found: Determination, name: str) -> str:
    words = {Truth.TRUE: "classified", Truth.FALSE: "not classified", Truth.UNKNOWN: "not known whether classified"}
    return words[found.classifications[name]]
