"""Issues of measures, which are worked out from other numbers."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import issue, near_miss, quoted
from cdispec.source import Severity


@issue()
def malformed_formula(text: str, problem: str) -> tuple[str, str]:
    """A formula cannot be read: it has numbers, ids of number facts, the signs + - * / ^ and parentheses."""
    hint = (
        "write for example `(first-weight - weight) / first-weight`; an id has hyphens, so a minus has spaces around it"
    )
    return f"the formula `{text}` {problem}", hint


@issue()
def unknown_operand(id: str, known: Iterable[str]) -> tuple[str, str]:
    """A formula names what is no number fact of the policy: another kind of fact, or none."""
    otherwise = "declare it in facts.yaml as a number; an id has hyphens, so a minus has spaces around it"
    return f"the formula names `{id}`, which is no number fact", near_miss(id, known, otherwise)


@issue()
def formula_circle(ids: list[str]) -> tuple[str, str]:
    """A measure is worked out from itself, directly or through others."""
    return "the measure is worked out from itself: " + " -> ".join(f"`{id}`" for id in ids), "break the circle"


@issue()
def unfitting_units(fact: str, formula: str, problem: str) -> tuple[str, str]:
    """The units of a formula do not fit: what it comes to is in another unit than the measure, or unlikes are added.

    Units of mass, length, volume, time, pressure and amount are converted into each other; any other unit cancels where
    it is spelled alike. A month has no fixed number of days.
    """
    return f"the units of `{fact}` do not fit, `{formula}`: {problem}", "correct the formula, or a `unit:`"


@issue()
def impossible_measure(fact: str, problem: str, name: str = "") -> tuple[str, str]:
    """What a case says of a measure and of the numbers that it is worked out from cannot be so together.

    It would be divided by 0, it lies beyond the bounds of the measure, or it is also given and is another number. A
    number beside a formula of a criterion is reported by its name, for nobody can give it.
    """
    if name:
        return f"{name} cannot be worked out: {problem}", "correct the answers"
    return f"`{fact}` is impossible: {problem}", "correct the answers, or give the measure alone"


@issue()
def unreachable_measure(fact: str, reached: str) -> tuple[str, str]:
    """A measure can never lie between its bounds: whatever its numbers are, it is worked out as less or as more."""
    return f"`{fact}` can never lie within its bounds: worked out it is {reached}", "correct the formula, or the bounds"


@issue(Severity.WARNING)
def untested_formula(fact: str, missing: Iterable[str]) -> tuple[str, str]:
    """No scenario gives all the numbers that a measure is worked out from, so that none tests its formula."""
    hint = f"add a scenario that gives {quoted(missing)}"
    return f"no scenario gives the numbers from which `{fact}` is worked out", hint
