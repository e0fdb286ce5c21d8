"""What a policy asks of the other lines of a request: whether there is one of a kind, and what it is determined to be.

It is asked as a yes-no fact of its own, which whoever determines all lines answers.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from cdispec.model.facts import Document, YesNo
from cdispec.source import Place

LINES = Document("the other lines of the request")
"""What answers such a fact."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Whether another line of the request is of a kind, and where `outcome` is given, is determined to be that."""

    kind: str
    outcome: str
    place: Place

    @property
    def fact(self) -> str:
        """The id of the fact that asks this."""
        return f"{self.kind}-{re.sub('[^a-z0-9]+', '-', (self.outcome or 'requested').casefold()).strip('-')}"

    @property
    def named(self) -> str:
        """How a criterion asks it."""
        return f"meets: {self.kind}/{self.outcome}" if self.outcome else f"requested: {self.kind}"

    def as_fact(self, phrase: str) -> YesNo:
        """The fact, in words; `phrase` is the sentence that makes such a request."""
        line = f"other line in which {phrase}"
        if not self.outcome:
            question = f"Is there an{line}?"
            return YesNo(self.fact, question, f"there is an{line}", f"there is no {line}", self.place, decided_by=LINES)
        found = f"determined to be {self.outcome}"
        question = f"Is an{line} {found}?"
        return YesNo(self.fact, question, f"an{line} is {found}", f"no {line} is {found}", self.place, decided_by=LINES)


def contradicted(answers: Mapping[str, object], asked: Mapping[str, AskedLine]) -> Iterator[tuple[str, str]]:
    """What is answered of a line where another answer says that there is no such line; with why that cannot be."""
    for id, of in asked.items():
        requested = AskedLine(of.kind, "", of.place).fact
        if of.outcome and requested in asked and answers.get(id) is True and answers.get(requested) is False:
            yield id, f"`{requested}` says that there is no such line"


def line_reference(text: str, kinds: Container[str]) -> tuple[str, str] | None:
    """The kind of request and the outcome that `meets:` names; None where it names no kind of the policy's own."""
    kind, slash, outcome = text.partition("/")
    return (kind, outcome.strip()) if slash and kind in kinds else None
