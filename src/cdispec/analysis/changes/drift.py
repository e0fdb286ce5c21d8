"""Where words were changed between two states and the logic that they stand for was not, and the reverse.

A proof compares logic, so that no part of it speaks of words: whether what was reworded still means the same is for a
person to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cdispec.analysis.changes.change import Fate, Passage, Setting
from cdispec.analysis.changes.entries import (
    changed_abbreviations,
    changed_codes,
    changed_definitions,
    changed_facts,
    changed_front,
    changed_interpretations,
    changed_requests,
)
from cdispec.analysis.changes.identity import with_ids_of
from cdispec.analysis.changes.outline import READ_AS_DATA
from cdispec.analysis.changes.passages import TextPart, Wording
from cdispec.analysis.changes.stated import Stated, of_block, of_criterion, settings
from cdispec.analysis.wording.said import grant_of
from cdispec.analysis.wording.statements import Statement, Stood, statements, statements_of
from cdispec.model.facts import SetOf
from cdispec.model.limits import Printed
from cdispec.model.policy import LogicBlock, Policy, Prose, Section, all_sections
from cdispec.source import Place


class Subject(StrEnum):
    """What has words: a clause of the document, what a reviewer is asked, or what else is stated beside them."""

    CLAUSE = "clause"
    PROSE = "prose"
    FACT = "fact"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Drift:
    """Words that were changed alone (`passages`), or logic that was (`logic`).

    Of an entry, which stands for no logic of its own, both may be there. `name` is what a reader knows it by, `place`
    where it stands in the state after.
    """

    subject: Subject
    name: str
    place: Place
    passages: tuple[Passage, ...] = ()
    logic: tuple[Setting, ...] = ()


def drifts(before: Policy, after: Policy) -> tuple[Drift, ...]:
    """What was changed alone between two states, of clauses first, then of prose, facts and other entries."""
    before = with_ids_of(before, after)
    return (
        *_of_clauses(before, after),
        *_of_prose(before, after),
        *_of_facts(before, after),
        *_of_entries(before, after),
    )


def _of_clauses(before: Policy, after: Policy) -> Iterator[Drift]:
    wording, limits = Wording(before, after), _amended_limits(before, after)
    old = {statement.id: statement for statement in statements(before)}
    for now in statements(after):
        if (then := old.get(now.id)) is None:
            continue
        lead = wording.difference("paragraph", then.lead, now.lead) if then.led and now.led else ()
        text = wording.difference("text", then.text, now.text)
        notes = wording.differences(*([TextPart("note", note) for note in state.notes] for state in (then, now)))
        passages, logic = (*lead, *text, *notes), _logic(then, now)
        said = passages or any(_words(id, before) != _words(id, after) for id in _named_by_limits(now))
        amended = logic or not limits.isdisjoint((now.id, now.section.id))
        if (logic and not said) or (passages and not amended):
            # A paragraph stands in front of its block.
            place = now.section.place if lead else now.place
            yield Drift(Subject.CLAUSE, now.label, place, passages, logic)


def _amended_limits(before: Policy, after: Policy) -> set[str]:
    """The clauses and tables whose words say the limits of a clause that grants otherwise than before."""
    old = {statement.id: grant_of(statement.block) for statement in statements(before)}
    changed = (now for now in statements(after) if now.id in old and old[now.id] != grant_of(now.block))
    return {id for statement in changed for id in _named_by_limits(statement)}


def _named_by_limits(statement: Statement) -> Iterator[str]:
    """The clauses under which the rest is, and the tables that print amounts."""
    grant = grant_of(statement.block)
    for quota in () if grant is None else grant.quotas:
        yield from filter(None, (quota.clause, quota.amount.table if isinstance(quota.amount, Printed) else ""))


def _words(id: str, policy: Policy) -> list[str]:
    """All that a clause or a section prints."""
    stated = [one for one in statements(policy) if id in (one.id, one.section.id)]
    prose = (part for section in all_sections(policy.sections) if section.id == id for part in section.content)
    said = (part.markdown for part in prose if isinstance(part, Prose))
    return [*said, *(text for one in stated for text in (one.lead, one.text, *one.notes))]


def _logic(then: Statement, now: Statement) -> tuple[Setting, ...]:
    """What is stated otherwise of the criteria that the same words stand for in both states."""
    before, after = ({stood.criterion.id: _where(stood) for stood in state.members} for state in (then, now))
    found = [setting for id in after if id in before for setting in settings(before[id], after[id])]
    old, new = _stated(then), _stated(now)
    for id in dict.fromkeys((*old, *new)):
        if id not in before and id not in after:
            found += settings(old.get(id, {}), new.get(id, {}))
    return tuple(found)


def _stated(statement: Statement) -> dict[str, Stated]:
    """What is stated of each criterion that some words stand for, and what their block is for."""
    role = {} if statement.block is None else {f"block {statement.id}": of_block(statement.block)}
    return role | {stood.criterion.id: {**_where(stood), **of_criterion(stood.criterion)} for stood in statement.logic}


def _where(stood: Stood) -> Stated:
    return {"in": f"in: {stood.above}"} if stood.above else {}


def _of_prose(before: Policy, after: Policy) -> Iterator[Drift]:
    """Headings, and paragraphs that do not stand in front of a block; those of sections with blocks may limit them."""
    wording, limits = Wording(before, after), _amended_limits(before, after)
    old = {section.id: section for section in all_sections(before.sections)}
    for now in all_sections(after.sections):
        if (then := old.get(now.id)) is None:
            continue
        title = wording.difference("title", then.title, now.title)
        passages = (*title, *wording.differences(_paragraphs(then, before), _paragraphs(now, after)))
        decides = any(isinstance(part, LogicBlock) for part in now.content)
        if passages and now.id not in limits:
            yield Drift(Subject.CLAUSE if decides else Subject.PROSE, now.label, now.place, passages)


def _paragraphs(section: Section, policy: Policy) -> list[TextPart]:
    """The prose of a section without what introduces a block, and without the part that is read as data."""
    data, leads = READ_AS_DATA.get(section.id, ""), {statement.lead for statement in statements_of(section, policy)}
    prose = (part.markdown for part in section.content if isinstance(part, Prose))
    found = []
    for paragraph in (paragraph for markdown in prose for paragraph in markdown.split("\n\n")):
        kind = "table row" if paragraph.startswith("|") else "paragraph"
        if kind != data and paragraph and " ".join(paragraph.split()) not in leads:
            found.append(TextPart("paragraph", paragraph))
    return found


def _of_facts(before: Policy, after: Policy) -> Iterator[Drift]:
    for change in changed_facts(before, after):
        if change.fate is not Fate.STAYED:
            continue
        fact = after.lists.get(change.id) or after.facts[change.id]
        # An item of a list that is new or gone is so in words and logic alike, and leaves the other items as they were.
        passages = tuple(passage for passage in change.passages if passage.reworded or not isinstance(fact, SetOf))
        if bool(passages) != bool(change.settings):
            yield Drift(Subject.FACT, f"the fact {change.id}", fact.place, passages, change.settings)


def _of_entries(before: Policy, after: Policy) -> Iterator[Drift]:
    for change in changed_front(before, after):
        if change.passages:
            name = "the text before the first heading" if change.id == "preamble" else f"the {change.name}"
            yield Drift(Subject.PROSE, name, after.head_place(change.id), change.passages)
    abbreviations = dict.fromkeys(after.abbreviations, after.head_place("abbreviations"))
    groups = (
        ("the kind of request", changed_requests, {id: kind.place for id, kind in after.requests.items()}),
        ("the definition of", changed_definitions, {entry.term: entry.place for entry in after.definitions}),
        ("the code", changed_codes, {listed.code: listed.place for listed in after.codes}),
        ("the abbreviation", changed_abbreviations, abbreviations),
        ("the interpretation", changed_interpretations, {entry.id: entry.place for entry in after.interpretations}),
    )
    for kind, changed, places in groups:
        for change in changed(before, after):
            # A term that is spelled otherwise is another one, and what was recorded of a clause may have been needed.
            gone = change.fate is Fate.REMOVED and changed in (changed_definitions, changed_interpretations)
            if gone or change.fate is Fate.STAYED:
                place = places.get(change.id, Place(after.path))
                yield Drift(Subject.ENTRY, f"{kind} {change.id}", place, change.passages, change.settings)
