"""What to document: the criteria of one kind of request as a list to tick, and what its form asks.

A checklist tells the criteria once more for whoever writes the record. Printed words stay the policy's own; what the
checklist says besides, such as "any one of these", stands in fields of its own, so that a page can set it apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from cdispec.logic import Truth
from cdispec.model.criteria import (
    AnyOf,
    Comparison,
    Criterion,
    ListOf,
    Not,
    OfRows,
    Period,
    Reference,
    asked_facts,
    members,
    of_these,
    walk,
)
from cdispec.model.facts import Document, Fact, is_field, list_of
from cdispec.model.inlines import Inlines
from cdispec.model.labels import anchor_of
from cdispec.model.measures import Measures
from cdispec.model.outcomes import Outcome, OutcomeEffect, in_order
from cdispec.model.phrases import denial, grant_words, long_date, sentence
from cdispec.model.policy import Otherwise, Policy, RequestKind, Rule
from cdispec.model.records import RecordList
from cdispec.model.row_phrases import rows_asked, rows_heading
from cdispec.model.sentences import listed
from cdispec.publish.words.document import anchors
from cdispec.publish.words.markdown import Reader


@dataclass(frozen=True, slots=True)
class Entry:
    """A criterion on the list: something to tick, or the head of those below it.

    `anchor` and `label` lead to its clause; they are "" where it has that of the entry above. `words` and `notes` are
    printed in the policy. The rest is not: `asked` says what is asked where nothing is printed, `quantifier` how many
    of `entries` it takes where there are several, `dates` when it is asked, and `guarded` what it means that `guard` is
    met. `facts` are those that it asks itself, `decided_by` what decides some of these elsewhere.
    """

    anchor: str
    label: str
    words: Inlines
    asked: str
    notes: tuple[Inlines, ...]
    dates: str
    quantifier: str
    entries: tuple[Entry, ...]
    guarded: str
    guard: Entry | None
    facts: tuple[str, ...]
    decided_by: tuple[Document, ...] = ()

    @property
    def ticked(self) -> bool:
        """Whether there is something to tick: where others stand below, they are ticked instead."""
        return not self.entries


@dataclass(frozen=True, slots=True)
class Deciding:
    """A rule on the list, with the outcome of a request that meets it, and the limits of what that grants."""

    entry: Entry
    outcome: Outcome
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """What the policy says of every other request of the kind."""

    anchor: str
    label: str
    words: Inlines
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Named:
    """A classification, which decides nothing."""

    name: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Checklist:
    """What to document for one kind of request.

    Of `indications` any one suffices, and any one of `exclusions` rules a request out or refers it. What is `further`
    decided is asked after the indications. `rest` is None where the policy
    says nothing of other requests, and `is_exhaustive` tells that there are none. `questions` are the facts that the
    outcome depends on, those `elsewhere` decided apart; `classifying` are those that only a classification asks.
    """

    request: RequestKind
    indications: tuple[Deciding, ...]
    exclusions: tuple[Deciding, ...]
    further: tuple[Deciding, ...]
    rest: Rest | None
    is_exhaustive: bool
    classifications: tuple[Named, ...]
    questions: tuple[Fact | RecordList, ...]
    elsewhere: tuple[Fact, ...]
    classifying: tuple[Fact | RecordList, ...]

    @property
    def granting(self) -> str:
        """The outcomes that grant such a request, in words."""
        return listed(in_order(rule.outcome for rule in self.indications), "or") or Outcome.NECESSARY.value

    @property
    def several(self) -> bool:
        """Whether several outcomes grant such a request."""
        return len({rule.outcome for rule in self.indications}) > 1

    @property
    def limited(self) -> bool:
        """Whether an indication states limits of what it grants."""
        return any(rule.limits for rule in self.indications)

    @property
    def turning(self) -> str:
        """What becomes of a request to which an exclusion applies, in words."""
        refers = {rule.outcome.effect is OutcomeEffect.REFERS for rule in self.exclusions} or {False}
        words = {False: "rules a request out", True: "refers a request elsewhere"}
        return listed([words[one] for one in sorted(refers)], "or")


def checklist_of(policy: Policy, request: RequestKind) -> Checklist:
    """What to document where a request of this kind is made."""
    return _Lister(policy).checklist(request)


def entries_of(entry: Entry) -> Iterator[Entry]:
    """The entry and all below it, guards included, in the order of the list."""
    yield entry
    for below in (*entry.entries, *([entry.guard] if entry.guard else [])):
        yield from entries_of(below)


class _Lister:
    """Lists criteria, each but once: `told` holds those that stand on the list already."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.anchors = anchors(policy)
        self.reader = Reader(policy, self.anchors)
        self.told: set[str] = set()

    def checklist(self, request: RequestKind) -> Checklist:
        rules = self.policy.rules_for(request.id)
        # Indications first: an exclusion may say that they are not met, and they stand above it then.
        indications = tuple(self._deciding(rule) for rule in rules if rule.indicates)
        last = max((place for place, rule in enumerate(rules) if rule.indicates), default=len(rules))
        exclusions = tuple(self._deciding(rule) for rule in rules[:last] if not rule.indicates)
        further = tuple(self._deciding(rule) for rule in rules[last:] if not rule.indicates)
        classifications = tuple(
            Named(named.name, self._entry(named.criterion, "")) for named in self.policy.classifications
        )
        rest = self.policy.otherwise_for(request.id)
        measures = Measures(self.policy)
        deciding = measures.asked(_facts(rule.entry for rule in (*indications, *exclusions, *further)))
        naming = measures.asked(_facts(named.entry for named in classifications))
        asked = self._questions(deciding)
        return Checklist(
            request,
            indications,
            exclusions,
            further,
            self._rest(rest) if rest else None,
            _is_exhaustive(rules),
            classifications,
            tuple(one for one in asked if isinstance(one, RecordList) or one.decided_by is None),
            tuple(one for one in asked if not isinstance(one, RecordList) and one.decided_by is not None),
            self._questions(id for id in naming if id not in deciding),
        )

    def _questions(self, facts: Iterable[str]) -> tuple[Fact | RecordList, ...]:
        return tuple(self.policy.lists.get(id) or self.policy.facts[id] for id in facts)

    def _deciding(self, rule: Rule) -> Deciding:
        limits = () if rule.grant is None else tuple(grant_words(rule.grant, self.policy))
        return Deciding(self._entry(rule.criterion, ""), rule.outcome, limits)

    def _rest(self, rest: Otherwise) -> Rest:
        words = self.reader.inlines("" if rest.id in self.policy.criteria else self.policy.leads.get(rest.id, ""))
        anchor = self.anchors.get(rest.id, anchor_of(rest.label))
        return Rest(anchor, rest.label, words, rest.outcome)

    def _entry(self, criterion: Criterion, above: str) -> Entry:
        """A criterion below an entry of this label."""
        logic, is_printed = criterion.logic, criterion.text is not None
        text = criterion.text or self.policy.leads.get(criterion.id, "")
        if isinstance(logic, Reference) and not text and not criterion.notes and not _is_conditional(criterion):
            return self._referred(logic, above)
        self.told.add(criterion.id)
        asked, quantifier, entries, facts = self._logic(criterion, is_printed)
        if text and asked:
            # The words that introduce a block do not say themselves what it asks.
            asked, quantifier, entries, facts = "", "", (_plain(asked, facts, self._decided_by(facts)),), ()
        guard = criterion.unless
        guarded = ""
        if guard is not None:
            aside = "is not needed" if criterion.set_aside is Truth.TRUE else "does not count"
            guarded = f"Exception: it {aside} where this is so"
        own = criterion.label if criterion.label != above else ""
        return Entry(
            anchor=self.anchors.get(criterion.id, own) if own else "",
            label=own,
            words=self.reader.inlines(text),
            asked=asked,
            notes=tuple(self.reader.inlines(note) for note in criterion.notes),
            dates=_dates(criterion.valid),
            quantifier=quantifier,
            entries=entries,
            guarded=guarded,
            guard=self._entry(guard, criterion.label) if guard else None,
            facts=facts,
            decided_by=self._decided_by(facts),
        )

    def _decided_by(self, facts: Iterable[str]) -> tuple[Document, ...]:
        documents = (self.policy.facts[id].decided_by for id in facts if id in self.policy.facts)
        return tuple(dict.fromkeys(document for document in documents if document is not None))

    def _logic(self, criterion: Criterion, is_printed: bool) -> tuple[str, str, tuple[Entry, ...], tuple[str, ...]]:
        """What is asked, how many of the entries below it takes, those entries, and the facts it asks itself."""
        logic = criterion.logic
        match logic:
            case ListOf(of=of):
                return "", of_these(logic)[0].capitalize() if len(of) > 1 else "", self._below(criterion), ()
            case Comparison():
                asked = sentence(self.policy.compared(logic), logic.test, self.policy)
                return "" if is_printed else asked, "", (), logic.facts
            case Reference(to):
                if is_printed and to in self.told:
                    return "", "", (), ()
                return "", "", (self._referred(logic, criterion.label),), ()
            case OfRows():
                return self._rows(criterion, logic, is_printed)
            case Not(member):
                return self._not(criterion, member, is_printed)
            case _:
                assert_never(logic)

    def _rows(
        self, criterion: Criterion, logic: OfRows, is_printed: bool
    ) -> tuple[str, str, tuple[Entry, ...], tuple[str, ...]]:
        """What is asked of rows is documented by the list; what it prints of a row stands below."""
        below = [part for part in walk(criterion) if part is not criterion]
        facts = (fact for fact in asked_facts(below) if not is_field(self.policy.facts[fact]))
        if any(part.text is not None for part in below):
            return "", rows_heading(logic, self.policy), self._below(criterion), (logic.list, *facts)
        return "" if is_printed else rows_asked(logic, self.policy), "", (), (logic.list, *facts)

    def _not(
        self, criterion: Criterion, member: Criterion, is_printed: bool
    ) -> tuple[str, str, tuple[Entry, ...], tuple[str, ...]]:
        """Words that say "not" need no other: the printed ones of a plain member, or those of its opposite."""
        is_plain = member.text is None and not member.notes and not _is_conditional(member)
        match member.logic:
            case Comparison() if is_plain:
                self.told.add(member.id)
                denied = denial(self.policy.compared(member.logic), member.logic.test, self.policy)
                return "" if is_printed else denied, "", (), member.logic.facts
            case Reference(to) if is_plain and is_printed and to in self.told:
                return "", "", (), ()
            case Comparison() | Reference() | ListOf() | Not() | OfRows():
                return "", "This is not so", (self._entry(member, criterion.label),), ()
            case _:
                assert_never(member.logic)

    def _below(self, criterion: Criterion) -> tuple[Entry, ...]:
        return tuple(self._entry(member, criterion.label) for member in members(criterion.logic))

    def _referred(self, reference: Reference, above: str) -> Entry:
        """The criterion that is referred to, in full where it does not stand on the list yet."""
        target = self.policy.criteria[reference.to]
        if target.id not in self.told:
            return self._entry(target, above)
        return _plain(f"what is listed above under {target.label}", ())


def _plain(asked: str, facts: tuple[str, ...], decided_by: tuple[Document, ...] = ()) -> Entry:
    """Something to tick for which the policy prints no words, of the clause of the entry above."""
    return Entry("", "", (), asked, (), "", "", (), "", None, facts, decided_by)


def _is_conditional(criterion: Criterion) -> bool:
    return criterion.unless is not None or criterion.valid != Period()


def _dates(valid: Period) -> str:
    if valid.start and valid.end:
        return f"only for dates of service from {long_date(valid.start)} until {long_date(valid.end)}"
    if valid.start:
        return f"only for dates of service from {long_date(valid.start)} on"
    return f"only for dates of service until {long_date(valid.end)}" if valid.end else ""


def _facts(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The facts and lists that entries ask, each once, in the order of the list; a list asks its fields."""
    asked = (fact for top in entries for entry in entries_of(top) for fact in entry.facts)
    return tuple(dict.fromkeys(fact for fact in asked if not list_of(fact)))


def _is_exhaustive(rules: tuple[Rule, ...]) -> bool:
    """Whether an exclusion says that an indication is not met, so that one of the two always decides."""
    indications = {rule.criterion.id for rule in rules if rule.indicates and not _is_conditional(rule.criterion)}
    alternatives = (
        alternative
        for rule in rules
        if not rule.indicates and not _is_conditional(rule.criterion)
        for alternative in (
            rule.criterion,
            *(members(rule.criterion.logic) if isinstance(rule.criterion.logic, AnyOf) else ()),
        )
        if not _is_conditional(alternative)
    )
    return any(_denies(alternative, indications) for alternative in alternatives)


def _denies(criterion: Criterion, indications: set[str]) -> bool:
    match criterion.logic:
        case Not(Criterion(logic=Reference(to)) as member):
            return to in indications and not _is_conditional(member)
        case Not() | Reference() | Comparison() | ListOf() | OfRows():
            return False
        case _:
            assert_never(criterion.logic)
