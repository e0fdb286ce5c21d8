"""What one state of a policy says otherwise than another, as data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from cdispec.analysis.changes.words import WordSpan


class Fate(StrEnum):
    """What became of a clause or an entry as a whole."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    STAYED = "stayed"


class ClauseKind(StrEnum):
    """What a clause is in the document."""

    SECTION = "section"
    CRITERION = "criterion"
    UNPRINTED = "unprinted criterion"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of words, such as a title, a paragraph or a fact's question: what of it was kept, removed and added."""

    part: str
    spans: tuple[WordSpan, ...]

    @property
    def reworded(self) -> bool:
        """Whether it stands in both states, with other words."""
        return len(self.spans) > 1


@dataclass(frozen=True, slots=True)
class Setting:
    """A key that an author states, with its value, such as `at least: 65`, before and after; "" where it is absent."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ClauseState:
    """A clause as one state has it.

    `parent` is the id of the nearest printed clause that it stands in, or "". `words` names it for a reader: the
    title of a section, the printed text of a criterion, what an unprinted criterion asks. `shared` is the id of the
    clause shared with other policies that it stands in, or "".
    """

    kind: ClauseKind
    label: str
    parent: str
    words: str
    shared: str = ""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of the clause with a permanent id.

    `follows` says that its label changed only with that of the clause above it. `passages` are its words that differ,
    all of them where it was added or removed; `logic` is what its logic states otherwise.
    """

    id: str
    fate: Fate
    before: ClauseState | None
    after: ClauseState | None
    follows: bool
    passages: tuple[Passage, ...]
    logic: tuple[Setting, ...]

    @property
    def clause(self) -> ClauseState:
        """The clause as it is now, or as it was where it was removed."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def kinds(self) -> tuple[str, ...]:
        """In what it changed: its fate, and `reworded` and `logic` where it stands in both states."""
        if self.fate in (Fate.ADDED, Fate.REMOVED):
            return (self.fate.value,)
        fate = () if self.fate is Fate.STAYED else (self.fate.value,)
        return (*fate, *(["reworded"] if self.passages else []), *(["logic"] if self.logic else []))


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What became of a fact, a code, a definition or another entry that a policy states beside its clauses.

    `name` is what a reader knows it by. `passages` are its words that differ, all of them where it was added or
    removed. `note` tells what to look out for, or is "".
    """

    id: str
    name: str
    fate: Fate
    passages: tuple[Passage, ...]
    settings: tuple[Setting, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that one state of a policy says otherwise than another, each group in the order of the document.

    The history of the policy is no part of it: what its rows tell of is found here.
    """

    front: tuple[EntryChange, ...]
    requests: tuple[EntryChange, ...]
    clauses: tuple[ClauseChange, ...]
    facts: tuple[EntryChange, ...]
    codes: tuple[EntryChange, ...]
    definitions: tuple[EntryChange, ...]
    citations: tuple[EntryChange, ...]
    interpretations: tuple[EntryChange, ...]
    abbreviations: tuple[EntryChange, ...]
    outcomes: tuple[EntryChange, ...]

    @property
    def empty(self) -> bool:
        """Whether both states say the same."""
        return not any(getattr(self, group.name) for group in fields(self))
