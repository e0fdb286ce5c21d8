"""What is suggested: a scenario with what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdispec.analysis.suggest.closing import Target
from cdispec.scenario.feature import TO_CONFIRM


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scenario: its permanent id, its name, its other lines, and what no other scenario shows or notices."""

    id: str
    name: str
    steps: tuple[str, ...]
    outline: bool
    closes: tuple[Target, ...]

    @property
    def lines(self) -> list[str]:
        """The scenario as it stands in a feature, with the tag that says nobody has confirmed it."""
        return [
            f"@{self.id} @{TO_CONFIRM}",
            f"{'Scenario Outline' if self.outline else 'Scenario'}: {self.name}",
            *self.steps,
        ]


def feature_text(title: str, suggestions: Sequence[Suggestion]) -> str:
    """A feature of nothing but suggestions."""
    return f"Feature: {title}\n{added(suggestions)}"


def added(suggestions: Sequence[Suggestion]) -> str:
    """Suggestions as they are added to a feature."""
    return "".join("\n" + "".join(f"  {line}".rstrip() + "\n" for line in one.lines) for one in suggestions)
