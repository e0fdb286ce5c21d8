"""A determination as text that a nurse can read."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.determination import Determination, Explanation, Later
from cdispec.model.policy import WORKING, Outcome, Policy, Status
from cdispec.report.terminal import WIDTH, Style


def determination_text(found: Determination, later: Later | None, case: Case, policy: Policy, style: Style) -> str:
    """Outcome first, then what a later revision would say, what is still needed, classifications, codes, and why."""
    state = "working state" if found.revision == WORKING else f"revision {found.revision}"
    draft = ", draft" if policy.status is Status.DRAFT else ""
    record = "the record is complete" if case.complete else "the record is open"
    lines = [
        style.bold(f"CDI {policy.number} {policy.title}") + f" ({state}{draft})",
        f"{_sentence(policy.requests[case.request].phrase)} on {found.date}; {record}.",
        "",
        f"  {_outcome(found, style)}",
    ]
    if later is not None:
        lines += ["", *textwrap.wrap(_later(later), WIDTH, initial_indent="  ", subsequent_indent="  ")]
    if found.needed:
        lines += ["", *_needed(found, policy)]
    for name, truth in found.classifications.items():
        lines += ["", f"  Classified as {name}: {_answer(truth)}"]
    for code, label in found.codes.items():
        lines += ["", f"  Code {code}: {f'listed in {label}' if label else 'not listed'} (codes decide nothing)"]
    lines += ["", "  Why:", *_because(found.explanation, 2, style, set())]
    return "\n".join(lines)


def _outcome(found: Determination, style: Style) -> str:
    return _paint(found.outcome, style)(_sentence(found.outcome)) + _resting(found.outcome, found.clauses)


def _paint(outcome: Outcome, style: Style) -> Callable[[str], str]:
    if outcome is Outcome.MORE_INFORMATION:
        return style.yellow
    return style.green if outcome is Outcome.NECESSARY else style.red


def _resting(outcome: Outcome, clauses: tuple[str, ...]) -> str:
    """What an outcome rests on, or what is still open."""
    if not clauses:
        return ""
    labels = ", ".join(clauses)
    return f" (still open: {labels})" if outcome is Outcome.MORE_INFORMATION else f", under {labels}"


def _later(later: Later) -> str:
    if later.outcome is None:
        return f"From {later.revision} on no such request is decided."
    said = f"{later.outcome}{_resting(later.outcome, later.clauses)}"
    return f"The revision in effect from {later.revision} would decide otherwise: {said}."


def _needed(found: Determination, policy: Policy) -> Iterator[str]:
    yield "  An answer to any of these could still change the outcome:"
    for fact in found.needed:
        yield f"    - {policy.facts[fact].question}  [{fact}]"
    if found.settled_by:
        yield f"  The shortest way to an outcome: {', '.join(found.settled_by)}."


def _answer(truth: Truth) -> str:
    return {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "not known"}[truth]


def _because(explanation: Explanation, depth: int, style: Style, told: set[str]) -> Iterator[str]:
    """The parts that make an explanation's truth; where all parts differ from it (a "not"), all of them.

    What was told already is not told again at length.
    """
    alike = [part for part in explanation.because if part.truth is explanation.truth]
    for part in explanation.because if depth == 2 else alike or explanation.because:
        again = part.id in told and bool(part.because)
        yield from _line(part, " (as above)" if again else "", depth, style)
        if not again:
            told.add(part.id)
            yield from _because(part, depth + 1, style, told)


def _line(part: Explanation, note: str, depth: int, style: Style) -> Iterator[str]:
    mark, paint = {
        Truth.TRUE: ("met    ", style.green),
        Truth.FALSE: ("not met", style.red),
        Truth.UNKNOWN: ("unknown", style.yellow),
    }[part.truth]
    indent = "  " * depth
    aside = f" ({part.set_aside})" if part.set_aside else note
    wrapped = textwrap.wrap(f"{part.clause}  {part.text}{aside}", max(WIDTH - len(indent) - 9, 40)) or [""]
    yield f"{indent}{paint(mark)}  {wrapped[0]}"
    for line in wrapped[1:]:
        yield f"{indent}         {line}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
