"""What the page between two neighbouring revisions tells: what its authors say, what it does, and the words changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, assert_never

from cdispec.analysis.changes.alignment import aligned
from cdispec.model.codes import CodeLists, CodeSet
from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, YesNo, may_be_none, written
from cdispec.model.formulas import written_formula
from cdispec.model.inlines import Inlines, Text
from cdispec.model.measures import used_facts
from cdispec.model.policy import Policy
from cdispec.publish.pages.effects import Effects, effect_between, told
from cdispec.publish.words.document import anchors
from cdispec.publish.words.markdown import Reader
from cdispec.publish.words.redline import redlined
from cdispec.publish.words.rewording import reworded
from cdispec.publish.words.tree import Document


class Question(NamedTuple):
    """A question that is asked otherwise, no longer or anew, and the answers that it takes where these have changed."""

    asks: Inlines
    answers: Inlines


class ChangedCodes(NamedTuple):
    """A code set that is not what it was, with its rows that are new, gone or other."""

    name: str
    rows: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Redline:
    """A revision held against the one `before` it.

    `updates` and `reasons` are what its authors say in its history, `questions` those that providers are asked
    otherwise, `codes` the code sets that have other rows, and `document` the printed words with what was removed and
    added marked.
    """

    before: Policy
    updates: tuple[Inlines, ...]
    reasons: tuple[Inlines, ...]
    effects: Effects
    questions: tuple[Question, ...]
    codes: tuple[ChangedCodes, ...]
    document: Document


def redline_of(before: Policy, after: Policy, last: date | None, former: Document, later: Document) -> Redline:
    """Two neighbouring revisions, with their documents; `last` is the last day of the later one."""
    reader = Reader(after, anchors(after))
    rows = [row for row in after.history if row.revision == after.revision]
    return Redline(
        before,
        updates=tuple(reader.inlines(update) for row in rows for update in row.updates),
        reasons=tuple(reader.inlines(row.reason) for row in rows if row.reason),
        effects=told(effect_between(before, after, last)),
        questions=tuple(_questions(before, after)),
        codes=tuple(_codes(before.code_sets, after.code_sets)),
        document=redlined(former, later),
    )


def stated(before: str, after: str) -> Inlines:
    """Plain words of two states, with those marked that were removed and added."""
    return reworded((Text(before),), (Text(after),))


def _questions(before: Policy, after: Policy) -> Iterator[Question]:
    pairs = aligned(_asked(before), _asked(after), lambda fact: fact.id, lambda fact: fact.question.split())
    for was, now in pairs:
        questions = (was.question if was else "", now.question if now else "")
        answers = (_answers(was) if was else "", _answers(now) if now else "")
        if questions[0] != questions[1] or answers[0] != answers[1]:
            yield Question(stated(*questions), stated(*answers) if answers[0] != answers[1] else ())


def _codes(before: Mapping[str, CodeSet], after: Mapping[str, CodeSet]) -> Iterator[ChangedCodes]:
    for id in {**after, **before}:
        was, now = (_rows(of[id]) if id in of else {} for of in (before, after))
        changed = [pattern for pattern in {**now, **was} if was.get(pattern) != now.get(pattern)]
        if changed:
            rows = (stated(was.get(pattern, ""), now.get(pattern, "")) for pattern in sorted(changed))
            yield ChangedCodes(id, tuple(rows))


def _rows(one: CodeSet) -> dict[str, str]:
    """What a set says of each of its patterns."""
    found: dict[str, list[str]] = {}
    for row in one.rows:
        found.setdefault(row.pattern, []).append(" ".join(filter(None, (row.pattern, row.description, row.days))))
    return {pattern: "; ".join(said) for pattern, said in found.items()}


def _asked(policy: Policy) -> list[Fact]:
    """The facts that the logic of a policy asks for, in its order."""
    asked = used_facts(policy)
    return [fact for id, fact in policy.facts.items() if id in asked]


def _answers(fact: Fact) -> str:
    return f"{_values(fact)}; none" if may_be_none(fact) else _values(fact)


def _values(fact: Fact) -> str:
    match fact:
        case YesNo():
            return "yes; no"
        case Day():
            return "a date"
        case Number(unit=unit, minimum=low, maximum=high, measure=measure):
            edges = [*([f"at least {written(low)}"] if low is not None else [])]
            edges += [f"at most {written(high)}"] if high is not None else []
            worked = [f"worked out as {written_formula(measure.stated, str)}"] if measure else []
            if measure and measure.digits is not None:
                worked.append(f"rounded to {measure.digits} digits after the point")
            return ", ".join([f"a {'whole ' if fact.whole else ''}number of {unit}", *edges, *worked])
        case OneOf(options=options):
            return f"one of {'; '.join(option.name for option in options)}"
        case SetOf(codes=CodeLists(system)):
            return f"any codes{f' of {system}' if system else ''}"
        case SetOf(options=options):
            return f"any of {'; '.join(option.name for option in options)}"
        case _:
            assert_never(fact)
