"""A determination as text that a nurse can read."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import assert_never

from cdispec.logic import Truth
from cdispec.model.case import StatedCase
from cdispec.model.determination import OUT_OF_FORCE, Determination, Explanation, Granted, Later
from cdispec.model.facts import Month, Rows, as_decided, field_name
from cdispec.model.history import named_revision
from cdispec.model.outcomes import Outcome, OutcomeEffect
from cdispec.model.phrases import month_words
from cdispec.model.policy import WORKING, Policy, Status
from cdispec.model.row_phrases import field_of, question_of
from cdispec.model.sentences import listed
from cdispec.report.terminal import WIDTH, Style
from cdispec.scenario.expectations import granted_words


def determination_text(found: Determination, case: StatedCase, policy: Policy, style: Style) -> str:
    """Outcome first, then what a later revision would say, what is still needed, classifications, codes, and why."""
    state = "working state" if found.revision == WORKING else f"revision {found.revision}"
    draft = ", draft" if policy.status is Status.DRAFT else ""
    record = "the record is complete" if case.complete else "the record is open"
    lines = [
        *([f"Case {found.id}"] if found.id else []),
        *([f"Line {found.line}"] if found.line else []),
        style.bold(f"{policy.named} {policy.title}") + f" ({state}{draft})",
        f"{_sentence(policy.requests[case.request].phrase)} on {found.date}; {record}{_known(found)}.",
        "",
        f"  {_outcome(found, style)}",
    ]
    for granted in found.granted:
        lines += ["", *_wrapped(_granted(granted))]
        if granted.needed:
            about = ", ".join(granted.needed)
            lines += _wrapped(f"An answer to any of these could change this limit, and nothing else: {about}.")
    if found.later is not None:
        lines += ["", *_wrapped(_later(found.later))]
    if found.needed:
        lines += ["", *_needed(found, case, policy)]
    for name, truth in found.classifications.items():
        lines += ["", f"  Classified as {name}: {_answer(truth)}"]
    for code, label in found.codes.items():
        lines += ["", f"  Code {code}: {f'listed in {label}' if label else 'not listed'} (codes decide nothing)"]
    if found.outcome is Outcome.NOT_DECIDED:
        lines += ["", *_wrapped("To decide this record takes too much work. An answer to what is open may settle it.")]
    lines += ["", "  Why:", *_because(found.explanation, 2, style, set(), case.complete)]
    return "\n".join(lines)


def _known(found: Determination) -> str:
    return f"; what was published by {found.known_on} counts" if found.known_on else ""


def _outcome(found: Determination, style: Style) -> str:
    resting = _resting(found.outcome, found.clauses, found.alternatives)
    over = ", but for no day that is left" if found.granted and all(one.ended for one in found.granted) else ""
    return _paint(found.outcome, style)(_sentence(found.outcome)) + resting + over


def _paint(outcome: Outcome, style: Style) -> Callable[[str], str]:
    match outcome.effect:
        case OutcomeEffect.GRANTS:
            return style.green
        case OutcomeEffect.REFERS | OutcomeEffect.UNDECIDED:
            return style.yellow
        case OutcomeEffect.DENIES | OutcomeEffect.LEAVES_OPEN:
            return style.red
        case _:
            assert_never(outcome.effect)


def _resting(outcome: Outcome, clauses: tuple[str, ...], alternatives: bool) -> str:
    """What an outcome rests on, or what is still open."""
    if not clauses:
        return ""
    if outcome.is_open:
        return f" (still open: {', '.join(clauses)})"
    return f", under {listed(clauses, 'or' if alternatives else 'and')}"


def _granted(granted: Granted) -> str:
    """What a clause grants, in words."""
    return f"Granted under {granted.clause}: {', '.join(granted_words(granted)) or 'without limits'}."


def _later(later: Later) -> str:
    if later.outcome is None:
        return f"From {_day(later)} on no such request is decided."
    said = f"{later.outcome}{_resting(later.outcome, later.clauses, later.alternatives)}"
    return f"The revision in effect from {_day(later)} would decide otherwise: {said}."


def _day(later: Later) -> str:
    """The day from which a later revision is in effect, and its name where there are several of that day."""
    named = named_revision(later.revision)
    return later.revision if named is None or named[1] == 1 else f"{named[0]} ({later.revision})"


def _needed(found: Determination, case: StatedCase, policy: Policy) -> Iterator[str]:
    yield "  An answer to any of these could still change the outcome:"
    for fact in found.needed:
        month = case.facts.get(fact)
        if (field := field_of(fact, policy)) is not None:
            of, number, asked = field
            rows = case.facts[of.id]
            assert isinstance(rows, Rows)
            month = dict(rows.rows[number - 1]).get(field_name(asked.id))
        which = f": the day in {month_words(month)}" if isinstance(month, Month) else ""
        if isinstance(case.facts.get(fact), Rows):
            which = ": others than those that are reported"
        elsewhere = as_decided(policy.facts[fact]) if fact in policy.facts else ""
        if fact in found.open_lines:
            which = f": {_open_lines(found.open_lines[fact])}"
        elif fact in policy.asked_lines:
            elsewhere, which = "", ": state the request as `lines:`, or answer it"
        yield f"    - {question_of(fact, policy, found.rows)}  [{fact}]{elsewhere}{which}"
    if found.may_matter:
        yield from _wrapped(f"Of these it is not certain that they could: {', '.join(found.may_matter)}.")
    for way in found.ways:
        yield from _wrapped(f'The shortest way to "{way.outcome}": {", ".join(way.facts)}.')


def _open_lines(lines: tuple[str, ...]) -> str:
    """What other lines leave open, and why."""
    if not lines:
        return "there may be other lines than those that are given"
    return (
        f"{listed([f'line {name}' for name in lines])} {'needs' if len(lines) == 1 else 'need'} more information first"
    )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _answer(truth: Truth) -> str:
    return {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "not known"}[truth]


def _because(explanation: Explanation, depth: int, style: Style, shown: set[str], complete: bool) -> Iterator[str]:
    """The parts that make an explanation's truth; what was explained already is not explained again at length."""
    for part in explanation.because if depth == 2 else _telling(explanation, complete):
        again = part.id in shown and bool(part.because)
        yield from _line(part, " (as above)" if again else "", depth, style, complete)
        if not again:
            shown.add(part.id)
            yield from _because(part, depth + 1, style, shown, complete)


def _telling(explanation: Explanation, complete: bool) -> list[Explanation]:
    """The parts that make an explanation's truth: those of the same truth, with the exception to it.

    What is not met in a complete record may be so for what is not shown. Where no part is alike (a "not"), all count.
    """
    wanted = (
        {explanation.truth, Truth.UNKNOWN} if complete and explanation.truth is Truth.FALSE else {explanation.truth}
    )
    alike = [part for part in explanation.because if not part.guard and part.truth in wanted]
    return [part for part in explanation.because if part.guard or part in alike] if alike else [*explanation.because]


def _line(part: Explanation, note: str, depth: int, style: Style, complete: bool) -> Iterator[str]:
    open_mark = "not shown" if complete else "unknown"
    mark, paint = {
        Truth.TRUE: ("met", style.green),
        Truth.FALSE: ("not met", style.red),
        Truth.UNKNOWN: (open_mark, style.yellow),
    }[part.truth]
    width = len("not shown" if complete else "unknown")
    out_of_force = part.set_aside.startswith(OUT_OF_FORCE)
    if out_of_force:
        mark = "–"
    elif complete and part.truth is Truth.FALSE and part.asked and not part.answered:
        mark = open_mark
    indent = "  " * depth
    aside = f" ({part.set_aside})" if part.set_aside else note
    exception = "exception: " if part.guard else ""
    clause = f"{part.clause} " if part.printed else f"in {part.clause}:"
    text = f"{clause} {exception}{part.text}{aside}"
    below = indent + " " * (width + 2)
    for number, line in enumerate(textwrap.wrap(text, max(WIDTH - len(below), 40)) or [""]):
        yield f"{below if number else indent + paint(f'{mark:<{width}}') + '  '}{line}"
    for line in () if out_of_force else _compared(part):
        yield from textwrap.wrap(line, WIDTH, initial_indent=below, subsequent_indent=f"{below}  ")


def _compared(part: Explanation) -> Iterator[str]:
    """What a comparison asks and what is reported, where neither the words nor the other say it."""
    if part.asked not in ("", part.text, part.answered):
        yield f"asked: {part.asked}"
    if (part.asked or part.answered) and part.answered != part.text:
        yield f"reported: {part.answered}" if part.answered else "nothing is reported"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
