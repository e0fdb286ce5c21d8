"""What keeps documents from being made: each problem with its place and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from cdispec.source import Place


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a recipe or a template, where, and what to do."""

    place: Place
    message: str
    hint: str = "mend build/"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class RecipeError(Exception):
    """The recipe or its templates cannot be used; `problems` are all that were found."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def unreadable(path: str, error: OSError | UnicodeDecodeError) -> Problem:
    """A file of `build/` that cannot be read."""
    why = (error.strerror or "it cannot be opened").lower() if isinstance(error, OSError) else "it is not UTF-8"
    return Problem(Place(path), f"it cannot be read: {why}")
