"""Where words were changed between two states and the logic that they stand for was not, and the reverse.

A proof compares logic, so that no part of it speaks of words: whether what was reworded still means the same is for a
person to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

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
from cdispec.analysis.changes.outline import READ_AS_DATA
from cdispec.analysis.changes.passages import TextPart, Wording
from cdispec.analysis.changes.stated import Stated, of_block, of_criterion, settings
from cdispec.model.criteria import Criterion, parts, walk
from cdispec.model.facts import SetOf
from cdispec.model.policy import (
    Classification,
    Otherwise,
    Policy,
    Prose,
    Rule,
    Section,
    Shared,
    all_sections,
)
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
    """What was changed alone between two states, in the order of the document, then of facts and other entries."""
    return (*_of_clauses(before, after), *_of_facts(before, after), *_of_entries(before, after))


@dataclass(frozen=True, slots=True)
class _Statement:
    """Printed words with the logic they stand for: down to the next printed words, which stand for the rest.

    The words are those in front of a block (`lead`), those of a criterion (`text`), and notes or paragraphs (`others`).
    `logic` has what is stated of each criterion down to there, `members` the next printed ones; both say in which
    criterion each of them stands.
    """

    subject: Subject
    name: str
    place: Place
    lead: str
    text: str = ""
    others: tuple[TextPart, ...] = ()
    logic: Mapping[str, Stated] = field(default_factory=dict)
    members: Mapping[str, Stated] = field(default_factory=dict)


def _of_clauses(before: Policy, after: Policy) -> Iterator[Drift]:
    old = _statements(before)
    wording = Wording(before, after)
    for id, now in _statements(after).items():
        if (then := old.get(id)) is None:
            continue
        lead = wording.difference("paragraph", then.lead, now.lead)
        text = wording.difference("text", then.text, now.text)
        passages = (*lead, *text, *wording.differences(then.others, now.others))
        logic = _logic(then, now)
        if bool(passages) != bool(logic):
            yield Drift(now.subject, now.name, now.place, passages, logic)


def _logic(then: _Statement, now: _Statement) -> tuple[Setting, ...]:
    """What is stated otherwise of the criteria that the same words stand for in both states."""
    printed = {*then.members, *now.members}
    stayed = [id for id in now.members if id in then.members]
    found = [setting for id in stayed for setting in settings(then.members[id], now.members[id])]
    for id in dict.fromkeys((*then.logic, *now.logic)):
        if id not in printed:
            found += settings(then.logic.get(id, {}), now.logic.get(id, {}))
    return tuple(found)


def _statements(policy: Policy) -> dict[str, _Statement]:
    """What the document states, by an id: a section's prose, what stands in front of each block, each printed item."""
    found: dict[str, _Statement] = {}
    for section in all_sections(policy.sections):
        found |= _of_section(section, policy)
    return found


def _of_section(section: Section, policy: Policy) -> Iterator[tuple[str, _Statement]]:
    blocks = [part for part in section.content if isinstance(part, Rule | Classification | Shared | Otherwise)]
    leads = [policy.leads.get(_id(block), "") for block in blocks]
    rest = (piece for piece in _paragraphs(section) if " ".join(piece.markdown.split()) not in leads)
    subject = Subject.CLAUSE if blocks else Subject.PROSE
    yield f"#{section.id}", _Statement(subject, section.label, section.place, section.title, others=tuple(rest))
    for block, words in zip(blocks, leads, strict=True):
        lead = "" if words == section.title else words
        match block:
            case Otherwise():
                logic = {block.id: of_block(block)}
                yield block.id, _Statement(Subject.CLAUSE, block.label, block.place, lead, logic=logic)
            case Rule() | Classification() | Shared():
                yield block.criterion.id, _of_criterion(block.criterion, lead, of_block(block))
                for criterion in walk(block.criterion):
                    if criterion.text is not None and criterion is not block.criterion:
                        yield criterion.id, _of_criterion(criterion)
            case _:
                assert_never(block)


def _paragraphs(section: Section) -> Iterator[TextPart]:
    """The prose of a section without the part that is read as data."""
    data = READ_AS_DATA.get(section.id, "")
    for part in section.content:
        if isinstance(part, Prose):
            for paragraph in filter(None, part.markdown.split("\n\n")):
                if data != ("table row" if paragraph.startswith("|") else "paragraph"):
                    yield TextPart("paragraph", paragraph)


def _id(block: Rule | Classification | Shared | Otherwise) -> str:
    return block.id if isinstance(block, Otherwise) else block.criterion.id


def _of_criterion(criterion: Criterion, lead: str = "", role: Stated | None = None) -> _Statement:
    notes = [*criterion.notes]
    logic = {criterion.id: {**(role or {}), **of_criterion(criterion)}}
    members: dict[str, Stated] = {}
    waiting = [criterion]
    while waiting:
        above = waiting.pop()
        for part in parts(above):
            stands = {"in": f"in: {above.id}"}
            if part.text is not None:
                members[part.id] = stands
            else:
                notes += part.notes
                logic[part.id] = {**stands, **of_criterion(part)}
                waiting.append(part)
    others = tuple(TextPart("note", note) for note in notes)
    text = criterion.text or ""
    return _Statement(Subject.CLAUSE, criterion.label, criterion.place, lead, text, others, logic, members)


def _of_facts(before: Policy, after: Policy) -> Iterator[Drift]:
    for change in changed_facts(before, after):
        if change.fate is not Fate.STAYED:
            continue
        fact = after.facts[change.id]
        # An item of a list that is new or gone changes what the list can hold, and leaves the others as they were.
        items = isinstance(fact, SetOf) and any(not passage.reworded for passage in change.passages)
        passages = tuple(passage for passage in change.passages if passage.reworded or not isinstance(fact, SetOf))
        if bool(passages) != bool(change.settings or items):
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
