"""What a policy asks of the other lines of a request: whether there is one of a kind, and what it is determined to be.

It is asked as a yes-no fact of its own, which whoever determines all lines answers.
"""

from __future__ import annotations

import re
from collections.abc import Container
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
        line, question = f"line says that {phrase}", f"Does another line say that {phrase}?"
        if self.outcome:
            line = f"line that says that {phrase} is determined to be {self.outcome}"
            question = f"Is another line that says that {phrase} determined to be {self.outcome}?"
        return YesNo(self.fact, question, f"another {line}", f"no other {line}", self.place, decided_by=LINES)


def line_reference(text: str, kinds: Container[str]) -> tuple[str, str] | None:
    """The kind of request and the outcome that `meets:` names; None where it names no kind of the policy's own."""
    kind, slash, outcome = text.partition("/")
    return (kind, outcome.strip()) if slash and kind in kinds else None
