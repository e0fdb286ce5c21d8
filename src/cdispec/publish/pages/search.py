"""What the search of the site looks through: the current words of every policy, and where each stands.

Searching is done by the reader's browser; here the words are only taken out of their form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, assert_never

from cdispec.determine.reasons import otherwise_words
from cdispec.model.criteria import Comparison, Criterion, named_options, walk
from cdispec.model.facts import OneOf, SetOf
from cdispec.model.history import HistoryRow
from cdispec.model.inlines import plain_words
from cdispec.model.labels import anchor_of
from cdispec.model.phrases import short_date
from cdispec.model.policy import (
    Classification,
    Content,
    Interpretation,
    Otherwise,
    Policy,
    Prose,
    Rule,
    Section,
    Shared,
)
from cdispec.publish.pages.revisions import Dates, dates_of, state_of
from cdispec.publish.shelf import Shelf
from cdispec.publish.words.document import anchors
from cdispec.publish.words.history import correction
from cdispec.publish.words.markdown import prose_words
from cdispec.publish.words.mentions import anchored_codes, anchored_definitions

KINDS = ("section", "clause", "condition", "code", "definition")


class Entry(NamedTuple):
    """Something that can be found: `label` names it, `anchor` is where it stands on the page of its policy."""

    kind: str
    label: str
    anchor: str
    text: str


def search_data(shelves: Sequence[Shelf], folder: Callable[[Policy], str]) -> dict[str, Any]:
    """The current state of every policy, as `search.js` reads it; `folder` gives where its page stands.

    The entries of a policy stand in the order of its document, so that each follows the section it belongs to.
    """
    policies: list[tuple[str, str, str, str, str, Dates]] = []
    entries: list[tuple[int, int, str, str, str]] = []
    for number, shelf in enumerate(shelves):
        policy = shelf.current
        above = f"{policy.issuer}, {policy.document} {policy.number}"
        page = f"{folder(policy)}index.html"
        policies.append((policy.title, policy.named, above, state_of(policy), page, dates_of(shelf)))
        entries += [
            (number, KINDS.index(entry.kind), entry.label, entry.anchor, entry.text) for entry in entries_of(policy)
        ]
    return {"kinds": KINDS, "policies": policies, "entries": entries}


def entries_of(policy: Policy) -> Iterator[Entry]:
    """All that can be found in a policy, in the order of its document."""
    return _Indexer(policy).entries()


class _Indexer:
    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.anchors = anchors(policy)

    def entries(self) -> Iterator[Entry]:
        if words := self._prose(self.policy.preamble, ""):
            yield Entry("section", "", "", words)
        yield from self._contents(self.policy.preamble)
        for section in self.policy.sections:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[Entry]:
        title = self._words(section.title)
        yield Entry("section", section.label, section.id, f"{title}\n{self._prose(section.content, section.id)}")
        yield from self._contents(section.content)
        if section.id == "definitions":
            for entry, (term, anchor) in zip(self.policy.definitions, anchored_definitions(self.policy), strict=True):
                yield Entry("definition", term, anchor, self._words(entry.meaning))
        elif section.id == "codes":
            for listed, (code, anchor) in zip(self.policy.codes, anchored_codes(self.policy), strict=True):
                yield Entry("code", code, anchor, self._words(listed.description))
        for below in section.sections:
            yield from self._section(below)

    def _prose(self, content: Sequence[Content], section: str) -> str:
        """The words of a section beside its criteria; rows that are entries of their own stay out."""
        rows = self.policy.rows if section == "history" else ()
        # The rows of the history are printed in the place of its table.
        tables = section not in {"definitions", "codes"} and not rows
        prose = [piece.markdown for piece in content if isinstance(piece, Prose)]
        said = [prose_words(self.policy, markdown, tables) for markdown in prose]
        said += [words for row in rows for words in self._row(row)]
        return " ".join(words for words in said if words)

    def _row(self, row: HistoryRow) -> Iterator[str]:
        """The words of a row of the history, in the order in which they are printed."""
        yield from (short_date(day) for day in dict.fromkeys((row.date, row.published, row.effective)) if day)
        if row.number:
            yield row.number
        if row.corrects:
            yield correction(row)
        yield from (self._words(text) for text in (*row.updates, row.reason))

    def _contents(self, content: Sequence[Content]) -> Iterator[Entry]:
        for piece in content:
            match piece:
                case Rule() | Classification() | Shared():
                    for criterion in walk(piece.criterion):
                        yield from self._criterion(criterion)
                case Otherwise():
                    words = otherwise_words(piece, self.policy)
                    yield Entry("clause", piece.label, self.anchors.get(piece.id, anchor_of(piece.label)), words)
                case Prose() | Interpretation():
                    continue
                case _:
                    assert_never(piece)

    def _criterion(self, criterion: Criterion) -> Iterator[Entry]:
        """A printed item, and the names of the options that a criterion asks for where it is not printed with them."""
        words = " ".join(said for text in (criterion.text or "", *criterion.notes) if (said := self._words(text)))
        options = self._options(criterion)
        unsaid = [name for name in options if name.casefold() not in words.casefold()]
        text = "; ".join([*([words] if words else []), *unsaid])
        if text:
            kind = "condition" if options else "clause"
            yield Entry(kind, criterion.label, self.anchors[criterion.id], text)

    def _options(self, criterion: Criterion) -> list[str]:
        """The names of the conditions that a criterion asks for, in the order in which they are declared."""
        match criterion.logic:
            case Comparison() as asked if isinstance(fact := self.policy.compared(asked), OneOf | SetOf):
                named = named_options(asked.test)
                return [option.name for option in fact.options if option.id in named]
        return []

    def _words(self, markdown: str) -> str:
        return plain_words(self.policy, markdown)
