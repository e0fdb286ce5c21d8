"""The statements of a policy as rules look at them: in plain words, each with those around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cdispec.analysis.wording.english import stems_of
from cdispec.analysis.wording.said import grant_of, words_of_fact
from cdispec.analysis.wording.statements import Statement, statements
from cdispec.model.inlines import plain_words
from cdispec.model.policy import Policy, Prose, Section, all_sections

_OFTEN = 4
"""A word that so many facts of a policy have says little of one of them."""


@dataclass(frozen=True)
class Reading:
    """A policy with its statements, their words without marks.

    `prose` are the paragraphs of each section. `common` are the stems that tell no facts apart: those of what is
    requested, and those that many facts have.
    """

    policy: Policy
    by_id: Mapping[str, Statement]
    prose: Mapping[str, tuple[str, ...]]
    common: frozenset[str]

    @property
    def statements(self) -> Iterator[Statement]:
        """Its statements, in the order of the document."""
        yield from self.by_id.values()

    def below(self, statement: Statement) -> Iterator[Statement]:
        """All statements that stand in one."""
        for stood in statement.members:
            below = self.by_id[stood.criterion.id]
            yield below
            yield from self.below(below)

    def near(self, statement: Statement) -> Iterator[str]:
        """The words that a statement is read with: its notes, those of the ones that it stands in, its heading."""
        yield from statement.notes
        for other in statement.within:
            yield from (other.lead, other.text, *other.notes)
        yield statement.lead if statement.text else ""
        yield statement.section.title

    def around(self, statement: Statement) -> Iterator[str]:
        """These, and the other paragraphs of its section."""
        yield from self.near(statement)
        yield from self.prose[statement.section.id]

    def limited(self, statement: Statement) -> Iterator[Statement]:
        """The other statements of what is granted whose limits its words may say.

        Those that it stands in, those of its section, and those of which the rest is not necessary under it.
        """
        for other in self.by_id.values():
            grant, section = grant_of(other.block), statement.section.id
            if grant is not None and other.id != statement.id:
                cited = {quota.clause for quota in grant.quotas}
                if other.section.id == section or not cited.isdisjoint((statement.id, section)):
                    yield other

    def limiting(self, statement: Statement) -> Iterator[str]:
        """The words of the clauses under which what exceeds the limits of a statement is not necessary."""
        grant = grant_of(statement.block)
        for quota in () if grant is None else grant.quotas:
            if (clause := self.by_id.get(quota.clause)) is not None:
                yield clause.words
                yield from self.around(clause)
            yield from self.prose.get(quota.clause, ())


def read(policy: Policy) -> Reading:
    """The statements of a policy in plain words."""
    found: dict[str, Statement] = {}
    for statement in statements(policy):
        lead, text = (plain_words(policy, words) for words in (statement.lead, statement.text))
        notes = tuple(plain_words(policy, note) for note in statement.notes)
        within = tuple(found[other.id] for other in statement.within)
        found[statement.id] = replace(statement, lead=lead, text=text, notes=notes, within=within)
    sections = all_sections(policy.sections)
    prose = {section.id: tuple(plain_words(policy, text) for text in paragraphs(section)) for section in sections}
    requested = stems_of(policy.title).union(*(stems_of(kind.phrase) for kind in policy.requests.values()))
    often = Counter(stem for fact in policy.facts.values() for stem in stems_of(words_of_fact(fact)))
    return Reading(policy, found, prose, requested | {stem for stem, times in often.items() if times >= _OFTEN})


def paragraphs(section: Section) -> Iterator[str]:
    """The paragraphs of a section, as their author wrote them."""
    for part in section.content:
        if isinstance(part, Prose):
            yield from filter(None, part.markdown.split("\n\n"))
