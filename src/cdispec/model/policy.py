"""A policy: one document of coverage, its words, its facts and its logic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cdispec.model.codes import CodeSet
from cdispec.model.criteria import Comparison, Criterion, Reference, asked_facts, parts, walk
from cdispec.model.facts import REQUEST, REQUEST_DATE, Fact
from cdispec.model.family import Family, family_folder, short_name
from cdispec.model.history import HistoryRow, last_of, newest_first, revision_name
from cdispec.model.limits import Grant
from cdispec.model.lines import AskedLine
from cdispec.model.others import OtherClause
from cdispec.model.outcomes import STATED, Outcome, OwnOutcome, precedence
from cdispec.model.records import RecordList
from cdispec.source import Place

REFERENCE = re.compile(r"(?<!\\)\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
"""A cross reference in prose: `{continuation}` prints as the label of that clause."""

EVERY_REQUEST = "any"
"""Stands for every kind of request in a rule."""

WORKING = "working"
"""The name of the state that its authors work on, which is no revision."""

LIKE_REFERENCE = re.compile(r"(?<!\\)\{(\s*#?[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\s*)\}")
"""What an author may write for one: a reference, or a slip with a space, a capital or a `#`."""


class Status(StrEnum):
    """Where a policy stands in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class RequestKind:
    """A kind of request a policy decides, with the sentence that makes it."""

    id: str
    phrase: str
    place: Place


@dataclass(frozen=True, slots=True)
class Rule:
    """A criterion that decides: when it is met, requests of these kinds have this outcome.

    `otherwise` is what its block says of every other request of these kinds ("only if"); None where it says nothing.
    `grant` limits what an indication grants; None where it states no limits.
    """

    criterion: Criterion
    requests: tuple[str, ...]
    outcome: Outcome
    otherwise: Outcome | None = None
    grant: Grant | None = None

    @property
    def indicates(self) -> bool:
        """Whether it is an indication: it grants what is requested."""
        return self.outcome.grants


@dataclass(frozen=True, slots=True)
class Classification:
    """A criterion that names a request without deciding it."""

    name: str
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What a policy says of every request of these kinds that none of its rules settles.

    `not addressed` records that it leaves them open on purpose. Said in the block of a rule, it has the id of that one.
    """

    id: str
    label: str
    requests: tuple[str, ...]
    outcome: Outcome
    place: Place


@dataclass(frozen=True, slots=True)
class Shared:
    """A criterion that decides nothing itself; others refer to it."""

    criterion: Criterion


LogicBlock = Rule | Classification | Otherwise | Shared


@dataclass(frozen=True, slots=True)
class Answer:
    """Words that an interpretation answers for, and what disagrees with them: both are right."""

    says: str
    otherwise: str
    place: Place


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A recorded decision on words that do not settle the logic.

    `shown` says that determinations can show it, so that a scenario must name it; otherwise it concerns words alone.
    `answers` are the disagreements of words and logic that it explains.
    """

    id: str
    clauses: tuple[str, ...]
    question: str
    decision: str
    reason: str
    shown: bool
    place: Place
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that the policy defines."""

    term: str
    meaning: str
    place: Place


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """A CPT or HCPCS code that the policy lists."""

    code: str
    description: str
    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class Citation:
    """A work that the policy rests on, as printed."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown of the document as its author wrote it: paragraphs, lists, tables."""

    markdown: str
    place: Place


Content = Prose | LogicBlock | Interpretation


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    `label` is the whole computed label, such as `II.a.iv`, and `number` what of it is printed before the title: "iv".
    One without a number is cited by its title, which is its label.
    """

    id: str
    label: str
    number: str
    title: str
    level: int
    content: tuple[Content, ...]
    sections: tuple[Section, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Policy:
    """One document of coverage: the printed words and the logic, read from one source.

    `effective` is the original effective date, before which nothing is determined. `in_effect` is the day from which
    this state was published to be in effect; the working state, which is not published, has none. Of several revisions
    of one day `turn` counts which it is, `published` is its day of publication where one is stated, and `follows` names
    the revision that was released before it. `former` are the rows of the history from before the tool.
    `preamble` is the prose before the first heading. `clauses` maps each permanent id, of sections and criteria
    alike, to its label. `requests`, `facts` and `criteria` are keyed by id, `rules` stand in order of precedence:
    exclusions first, then indications, each in document order, and those of its own `outcomes` where these say. `leads`
    gives the words that introduce each block, by its id: the paragraph before it, or the title of its section.
    `lists` are what repeats, by id; their fields are among the `facts`, as `tests.value`.
    `abbreviations` maps short forms that the document uses to what they stand for. `code_sets` are those beside it, and
    those of the library that its criteria ask for. `fingerprint` is the digest of a revision's seal, which holds those
    of all its files and of the seal before; "" for the working state. `head` says where the keys of its front matter
    stand. `included` are the files of the shared clauses that it prints, by ids. `family` is what it says of the family
    of documents that it belongs to. `others` are the clauses of other policies that it asks; `brought` are the criteria
    of these by their ids, which are among `criteria` and in no block. `asked_lines` is what it asks of the other lines
    of a request, by the facts that ask it.
    """

    number: str
    slug: str
    title: str
    issuer: str
    document: str
    status: Status
    effective: date
    reviewed: date
    path: str
    requests: Mapping[str, RequestKind]
    facts: Mapping[str, Fact]
    preamble: tuple[Content, ...]
    sections: tuple[Section, ...]
    clauses: Mapping[str, str]
    criteria: Mapping[str, Criterion]
    rules: tuple[Rule, ...]
    classifications: tuple[Classification, ...]
    otherwise: tuple[Otherwise, ...]
    shared: tuple[Shared, ...]
    interpretations: tuple[Interpretation, ...]
    definitions: tuple[Definition, ...]
    codes: tuple[ProcedureCode, ...]
    citations: tuple[Citation, ...]
    history: tuple[HistoryRow, ...]
    leads: Mapping[str, str] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    outcomes: tuple[OwnOutcome, ...] = ()
    lists: Mapping[str, RecordList] = field(default_factory=dict)
    former: tuple[HistoryRow, ...] = ()
    code_sets: Mapping[str, CodeSet] = field(default_factory=dict)
    included: Mapping[str, str] = field(default_factory=dict)
    others: tuple[OtherClause, ...] = ()
    brought: Mapping[str, Criterion] = field(default_factory=dict)
    asked_lines: Mapping[str, AskedLine] = field(default_factory=dict)
    in_effect: date | None = None
    turn: int = 1
    published: date | None = None
    follows: str = ""
    fingerprint: str = ""
    head: Mapping[str, Place] = field(default_factory=dict, compare=False)
    family: Family = field(default_factory=Family)

    @property
    def short(self) -> str:
        """What a document of its family is called for short."""
        return short_name(self.document, self.family)

    @property
    def named(self) -> str:
        """The name by which it is cited, such as NCD 240.4."""
        return f"{self.short} {self.number}"

    @property
    def number_label(self) -> str:
        """What stands before its number in the head of the document."""
        return self.family.number_label or f"{self.short} Number"

    @property
    def effective_label(self) -> str:
        """What stands before its original effective date."""
        return self.family.effective_label or "Original Effective Date"

    @property
    def review_label(self) -> str:
        """What stands before the date of its last review."""
        return self.family.review_label or "Last Review Date"

    @property
    def pages(self) -> str:
        """The folder of its documents below docs/, whatever their revision."""
        return f"{family_folder(self.short)}/{self.slug}/"

    @property
    def folder(self) -> str:
        """The folder that this state stands in, relative to the library."""
        return self.path.rpartition("/")[0]

    @property
    def asked_folders(self) -> tuple[str, ...]:
        """The folders of the states of other policies that it is made from as well."""
        return tuple(dict.fromkeys(folder for one in self.others for folder in one.folders))

    @property
    def history_path(self) -> str:
        """Where its history stands."""
        return f"{self.folder}/history.yaml"

    def head_place(self, key: str) -> Place:
        """Where a key of its front matter stands."""
        return self.head.get(key, Place(self.path))

    @property
    def revision(self) -> str:
        """The name of this state among the policy's revisions: the day it takes effect, or `working`."""
        return WORKING if self.in_effect is None else revision_name(self.in_effect, self.turn)

    @property
    def retired(self) -> bool:
        """Whether this state says that the policy is retired, so that it decides no requests."""
        return self.status is Status.RETIRED

    @property
    def since(self) -> date:
        """The first day on which this state decides."""
        return self.in_effect or self.begins

    @property
    def begins(self) -> date:
        """The first day of which its words can tell: before it, or before the last text from before the tool, other
        words were in effect, or none."""
        return max([self.effective, *(last_of(row.date) for row in self.former if row.date)])

    @property
    def known(self) -> date | None:
        """The day from which this state is known: of its publication, or else the first on which it is in effect."""
        return self.published or self.in_effect

    @property
    def release_number(self) -> str:
        """The number that its agency gave this revision; "" where it gave none."""
        return next((row.number for row in self.history if row.revision == self.revision), "")

    @property
    def rows(self) -> tuple[HistoryRow, ...]:
        """All rows of its history, newest first, those from before the tool among them."""
        return newest_first((*self.former, *self.history))

    def compared(self, comparison: Comparison) -> Fact:
        """What a comparison compares: a fact, or the date of the request as one."""
        return REQUEST_DATE if comparison.fact == REQUEST else self.facts[comparison.fact]

    @property
    def stated_outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that a clause of it can state."""
        return *STATED, *(own.outcome for own in self.outcomes)

    def by_precedence(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """Rules that stand in document order, in the order in which they are asked."""
        ranks = precedence(self.outcomes)
        return tuple(sorted(rules, key=lambda rule: ranks[rule.outcome]))

    def rules_for(self, request: str) -> tuple[Rule, ...]:
        """The rules that decide a kind of request, in order of precedence."""
        return tuple(rule for rule in self.rules if request in rule.requests)

    def otherwise_for(self, request: str) -> Otherwise | None:
        """What the policy says where no rule settles; None where it says nothing."""
        return next((rest for rest in self.otherwise if request in rest.requests), None)

    def outcomes_of(self, request: str) -> dict[str, Outcome]:
        """The outcomes that requests of a kind can come to as it states them, by their names."""
        rest = self.otherwise_for(request)
        stated = [rule.outcome for rule in self.rules_for(request)]
        return {one.value: one for one in (*stated, rest.outcome if rest else Outcome.NOT_ADDRESSED)}

    def lines_that_decide(self, request: str) -> tuple[str, ...]:
        """The facts by which other lines decide what requests of a kind come to."""
        return self.lines_in([rule.criterion for rule in self.rules_for(request)])

    def lines_asked_by(self, request: str) -> tuple[str, ...]:
        """These, and those that say what such requests are classified as and in which form they are granted."""
        rules = self.rules_for(request)
        limiting = [self.criteria[id] for rule in rules if rule.grant is not None for id in rule.grant.asks]
        named = [one.criterion for one in self.classifications]
        return self.lines_in([*(rule.criterion for rule in rules), *named, *limiting])

    def lines_in(self, criteria: Iterable[Criterion]) -> tuple[str, ...]:
        """The facts that criteria, or what these refer to, ask of other lines."""
        asked = asked_facts(deciding(criteria, self)) if self.asked_lines else set()
        return tuple(id for id in self.asked_lines if id in asked)


def printed(policy: Policy, text: str) -> str:
    """The text with each cross reference replaced by the label it prints; its Markdown stays."""
    return REFERENCE.sub(lambda match: policy.clauses.get(match[1], match[0]), text)


def printed_texts(policy: Policy) -> Iterator[str]:
    """Everything that the document prints, as its author wrote it: the head, headings, prose and criteria."""
    yield from (policy.title, policy.issuer, policy.document)
    yield from (policy.number_label, policy.effective_label, policy.review_label)
    yield from (text for row in policy.family.rows.items() for text in row)
    sections = [(section.title, section.content) for section in all_sections(policy.sections)]
    for title, content in (("", policy.preamble), *sections):
        yield title
        for part in content:
            if isinstance(part, Prose):
                yield part.markdown
            elif isinstance(part, Rule | Classification | Shared):
                for criterion in walk(part.criterion):
                    yield from (criterion.text or "", *criterion.notes)


def blocks(policy: Policy) -> tuple[Rule | Classification | Shared, ...]:
    """Every top-level criterion with its role, rules first."""
    return (*policy.rules, *policy.classifications, *policy.shared)


def all_criteria(policy: Policy) -> Iterator[Criterion]:
    """Every criterion of the policy, block by block."""
    for block in blocks(policy):
        yield from walk(block.criterion)


def decided_by(criterion: Criterion, policy: Policy) -> tuple[Criterion, ...]:
    """The criteria that directly decide another one: that which it refers to, or else its members; its guard last."""
    return (*_referred(criterion, policy), *parts(criterion))


def deciding(criteria: Iterable[Criterion], policy: Policy) -> Iterator[Criterion]:
    """These criteria and all that decide them, references followed, each once; those referred to come last."""
    waiting = [*criteria]
    seen: set[str] = set()
    while waiting:
        for criterion in walk(waiting.pop()):
            if criterion.id in seen:
                continue
            seen.add(criterion.id)
            yield criterion
            waiting += _referred(criterion, policy)


def _referred(criterion: Criterion, policy: Policy) -> tuple[Criterion, ...]:
    """The criterion that another one refers to; none where it refers to none, or to what the policy lacks."""
    logic = criterion.logic
    return (policy.criteria[logic.to],) if isinstance(logic, Reference) and logic.to in policy.criteria else ()


def all_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """The sections and all below them, in document order."""
    for section in sections:
        yield section
        yield from all_sections(section.sections)
