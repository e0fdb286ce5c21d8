"""What a policy's clauses rest on: their logic in plain words, their interpretations, and their scenarios."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cdispec.determine.reasons import otherwise_words, words
from cdispec.library import ScenarioReading
from cdispec.library.record import Record
from cdispec.model.criteria import Comparison
from cdispec.model.facts import Fact, kind_name
from cdispec.model.inlines import Inlines, plain_words
from cdispec.model.policy import Policy, all_criteria, all_sections
from cdispec.publish.pages.effects import PRINTED_LIMIT
from cdispec.publish.pages.meaning import Meaning, meaning, roles
from cdispec.publish.pages.scenarios import Group, Shown, State, groups_of, shown_of
from cdispec.publish.words.document import anchors
from cdispec.publish.words.markdown import Reader
from cdispec.scenario.feature import Scenario
from cdispec.source import Issue

if TYPE_CHECKING:
    from cdispec.analysis.adequacy.adequacy import Adequacy, Score
    from cdispec.publish.pages.tested import Subject, Tested
    from cdispec.source import LinesOf


@dataclass(frozen=True, slots=True)
class Decision:
    """An interpretation as the page shows it, with the scenarios that name it; `anchor` is where its register is."""

    id: str
    anchor: str
    labels: tuple[str, ...]
    question: Inlines
    decision: Inlines
    reason: Inlines
    shown: bool
    named: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with what it rests on.

    `printed` says that its label is printed for it; of others it is that of the nearest clause. `meaning` is None where
    it has no logic.
    """

    id: str
    label: str
    words: str
    printed: bool
    roles: tuple[Inlines, ...]
    meaning: Meaning | None
    decisions: tuple[Decision, ...]
    tested: Subject

    @property
    def has_logic(self) -> bool:
        """Whether there is something that a scenario could show."""
        return self.meaning is not None or bool(self.roles)


@dataclass(frozen=True, slots=True)
class Use:
    """A fact of the vocabulary, its kind as an author spells it, and the labels of the clauses that ask for it."""

    fact: Fact
    kind: str
    labels: tuple[str, ...]


class Span(NamedTuple):
    """One clause, or all those with logic from a first to a last."""

    first: Clause
    last: Clause | None


class Assessed:
    """The adequacy of a policy's scenarios, which is found when it is asked for."""

    def __init__(self, policy: Policy, own: Sequence[ScenarioReading]) -> None:
        self._policy, self._own = policy, own

    @cached_property
    def adequacy(self) -> Adequacy:
        """What the scenarios show, and what they notice."""
        from cdispec.analysis.adequacy.assess import adequacy_of

        return adequacy_of(self._policy, self._own, PRINTED_LIMIT)

    @property
    def known(self) -> Score | None:
        """The score, where it was asked for before."""
        return self.adequacy.score if "adequacy" in vars(self) else None

    def is_of(self, policy: Policy, own: Sequence[ScenarioReading]) -> bool:
        """Whether these scenarios state no more and no less of this very policy."""
        return policy is self._policy and [*map(_stated, own)] == [*map(_stated, self._own)]


def _stated(reading: ScenarioReading) -> tuple[Scenario, tuple[Issue, ...]]:
    return reading.story.scenario, reading.issues


class Evidence:
    """All that the author's edition shows of a policy beside its words.

    `missing` says why there is no record of a run, or is "". How well the scenarios test the policy takes the longest:
    it is found when it is printed.
    """

    def __init__(
        self, policy: Policy, shown: Sequence[Shown], missing: str, assessed: Assessed, lines_of: LinesOf
    ) -> None:
        self.policy, self._lines_of = policy, lines_of
        self.scenarios, self.missing, self.assessed = tuple(shown), missing, assessed

    @cached_property
    def tested(self) -> Tested:
        """How well the scenarios test the policy."""
        from cdispec.publish.pages.tested import Tested

        return Tested(self.assessed.adequacy, self.scenarios, _holders(self.policy), self._lines_of)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The register of interpretations."""
        return tuple(_decisions(self.policy, self.scenarios))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause, in the order of the document."""
        return tuple(_clauses(self.policy, self.tested, self.decisions))

    @cached_property
    def beside(self) -> Mapping[str, tuple[Clause, ...]]:
        """The clauses by their label, the one it is printed for first."""
        found: dict[str, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            found[clause.label].append(clause)
        return {label: tuple(sorted(own, key=lambda clause: not clause.printed)) for label, own in found.items()}

    @cached_property
    def facts(self) -> tuple[Use, ...]:
        """The vocabulary."""
        return tuple(_uses(self.policy))

    def spans(self, ids: Sequence[str]) -> tuple[Span, ...]:
        """Clauses in the order of the document, those between which nothing with logic stands as one."""
        wanted = set(ids)
        found: list[Span] = []
        follows = False
        for clause in self.clauses:
            if clause.id not in wanted:
                follows = follows and not clause.has_logic
            elif follows:
                found[-1] = Span(found[-1].first, clause)
            else:
                found.append(Span(clause, None))
                follows = True
        return tuple(found)

    def runs(self, shown: Sequence[Shown]) -> tuple[tuple[Shown, Shown], ...]:
        """Scenarios in their order, those that follow each other in one state as the first and the last of them."""
        found: list[tuple[Shown, Shown]] = []
        for one in shown:
            if found and (found[-1][1].number, found[-1][1].state) == (one.number - 1, one.state):
                found[-1] = found[-1][0], one
            else:
                found.append((one, one))
        return tuple(found)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The scenarios as their files group them."""
        return tuple(groups_of(self.scenarios))

    @property
    def current(self) -> bool:
        """Whether every scenario was run on the files of now."""
        return all(one.state in (State.PASSED, State.FAILED) for one in self.scenarios)

    @property
    def counts(self) -> Mapping[State, int]:
        """How many scenarios are in each state."""
        found = Counter(one.state for one in self.scenarios)
        return {state: found[state] for state in State}


def evidence_of(
    policy: Policy,
    readings: Sequence[ScenarioReading],
    record: Record,
    lines_of: LinesOf,
    former: Evidence | None = None,
) -> Evidence:
    """What a policy rests on, from the readings of its library's scenarios and the record of their last run.

    What is known already of a `former` one is not found again where it is the same.
    """
    own = [reading for reading in readings if reading.policy.number == policy.number]
    known = former.assessed if former and former.assessed.is_of(policy, own) else Assessed(policy, own)
    return Evidence(policy, tuple(shown_of(own, record)), record.missing, known, lines_of)


def _holders(policy: Policy) -> dict[str, str]:
    """The id that a label is printed for, with the label: those of sections and of items with words of their own."""
    holders = {section.id: section.label for section in all_sections(policy.sections)}
    taken = set(holders.values())
    for id, criterion in policy.criteria.items():
        if criterion.text is not None and criterion.label not in taken:
            holders[id] = criterion.label
    return holders


def _clauses(policy: Policy, tested: Tested, decisions: Sequence[Decision]) -> Iterator[Clause]:
    holders = _holders(policy)
    titles = {section.id: plain_words(policy, section.title) for section in all_sections(policy.sections)}
    rests = {rest.id: rest for rest in policy.otherwise}
    purposes = roles(policy)
    about = {id: {found.id for found in policy.interpretations if id in found.clauses} for id in policy.clauses}
    for id, label in policy.clauses.items():
        criterion = policy.criteria.get(id)
        said = titles.get(id) or (words(criterion, policy) if criterion else otherwise_words(rests[id], policy))
        yield Clause(
            id=id,
            label=label,
            words=said,
            printed=id in holders,
            roles=tuple(purposes.get(id, ())),
            meaning=meaning(criterion, policy) if criterion else None,
            decisions=tuple(decision for decision in decisions if decision.id in about[id]),
            tested=tested.of_clause(id),
        )


def _decisions(policy: Policy, shown: Sequence[Shown]) -> Iterator[Decision]:
    reader = Reader(policy, anchors(policy))
    for found in policy.interpretations:
        question, decision, reason = (
            reader.inlines(text, marked=False) for text in (found.question, found.decision, found.reason)
        )
        named = tuple(one for one in shown if found.id in one.scenario.interpretations)
        labels = tuple(dict.fromkeys(policy.clauses[id] for id in found.clauses if id in policy.clauses))
        yield Decision(found.id, f"interpretation.{found.id}", labels, question, decision, reason, found.shown, named)


def _uses(policy: Policy) -> Iterator[Use]:
    labels: dict[str, dict[str, None]] = {id: {} for id in policy.facts}
    for criterion in all_criteria(policy):
        if isinstance(criterion.logic, Comparison):
            for id in criterion.logic.facts:
                labels[id][criterion.label] = None
    for id, fact in policy.facts.items():
        yield Use(fact, kind_name(fact), tuple(labels[id]))
