"""Which facts, codes, definitions and other entries beside the clauses were added, removed or changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple, assert_never

from cdispec.analysis.changes.change import EntryChange, Fate
from cdispec.analysis.changes.outline import prose_of
from cdispec.analysis.changes.passages import Wording, aligned_texts
from cdispec.analysis.changes.stated import Stated, settings, several
from cdispec.analysis.changes.words import SpanKind
from cdispec.model.codes import CodeRow, CodeSet
from cdispec.model.facts import (
    Day,
    Fact,
    Number,
    OneOf,
    Option,
    SetOf,
    YesNo,
    has_options,
    kind_name,
    may_be_none,
    subject,
)
from cdispec.model.formulas import written_formula
from cdispec.model.inlines import plain_words
from cdispec.model.measures import used_facts, used_lists
from cdispec.model.outcomes import OwnOutcome
from cdispec.model.policy import Interpretation, Policy
from cdispec.model.records import Declared, RecordList
from cdispec.model.row_phrases import counted_words

ASKED_OTHERWISE = "The same recorded answer may now mean something else."
OPTION_GONE = "A recorded answer may name an option that is gone."
OPTION_NEW = "An answer recorded before could not name the new option."
_BOUNDS = ("minimum", "maximum", "latest")


class _Entry(NamedTuple):
    """An entry as one state has it: its words by the part they are, and what else it states."""

    name: str
    words: Mapping[str, str]
    stated: Stated


_Entries = Mapping[str, _Entry]


def changed_facts(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """Facts that are asked otherwise, each with a note of what that does to answers recorded before."""
    was, now = _facts_of(before), _facts_of(after)
    old = {id: _fact(fact, now.get(id)) for id, fact in was.items()}
    new = {id: _fact(fact, was.get(id)) for id, fact in now.items()}
    old |= {id: _list(of, before) for id, of in _lists_of(before).items()}
    new |= {id: _list(of, after) for id, of in _lists_of(after).items()}
    return tuple(replace(change, note=_note(change)) for change in _changes(old, new, Wording(before, after)))


def changed_requests(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """Kinds of requests, and the sentence that makes each."""
    return _compared(
        before,
        after,
        lambda state: {id: _Entry(id, {"phrase": kind.phrase}, {}) for id, kind in state.requests.items()},
    )


def changed_outcomes(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """The outcomes that a policy declares: what each means for people, and when it is asked for."""
    return _compared(before, after, lambda state: {own.outcome.value: _outcome(own) for own in state.outcomes})


def changed_code_sets(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """Code sets of which codes were added, removed, described otherwise, or count on other days."""
    sets = before.code_sets, after.code_sets
    changed = [id for id in {**sets[1], **sets[0]} if sets[0].get(id) != sets[1].get(id)]
    # Of a large set only what differs is compared word by word.
    rows = [{id: _by_pattern(of[id]) for id in changed if id in of} for of in sets]
    old, new = (
        {id: _code_set(id, {one: of for one, of in by.items() if other.get(id, {}).get(one) != of}) for id, by in mine}
        for mine, other in ((rows[0].items(), rows[1]), (rows[1].items(), rows[0]))
    )
    return _changes(old, new, Wording(before, after))


def _by_pattern(one: CodeSet) -> dict[str, list[CodeRow]]:
    found: dict[str, list[CodeRow]] = {}
    for row in one.rows:
        found.setdefault(row.pattern, []).append(row)
    return found


def _code_set(id: str, rows: Mapping[str, list[CodeRow]]) -> _Entry:
    described = {f"code {pattern}": "; ".join(row.description for row in of) for pattern, of in rows.items()}
    return _Entry(f"code set {id}", described, {pattern: ", ".join(map(_dated, of)) for pattern, of in rows.items()})


def _dated(row: CodeRow) -> str:
    return f"{row.pattern} {row.days}".strip()


def changed_codes(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """The CPT and HCPCS codes that a policy lists, and what each is described by."""
    return _compared(
        before,
        after,
        lambda state: {
            listed.code: _Entry(listed.code, {"description": listed.description}, {}) for listed in state.codes
        },
    )


def changed_definitions(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """The terms that a policy defines, and what each means."""
    return _compared(
        before,
        after,
        lambda state: {
            entry.term: _Entry(plain_words(state, entry.term), {"meaning": entry.meaning}, {})
            for entry in state.definitions
        },
    )


def changed_citations(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """The works that a policy rests on. A work has no name of its own, so one that is alike is taken for the same."""
    old, new = ([citation.text for citation in state.citations] for state in (before, after))
    wording = Wording(before, after)
    found = []
    for left, right in aligned_texts(old, new):
        fate = Fate.ADDED if left is None else Fate.REMOVED if right is None else Fate.STAYED
        texts = ("" if left is None else old[left], "" if right is None else new[right])
        if passages := wording.difference("citation", *texts):
            found.append(EntryChange("", "", fate, passages, ()))
    return tuple(found)


def changed_interpretations(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """Recorded decisions on words that do not settle the logic."""
    return _compared(before, after, lambda state: {entry.id: _interpretation(entry) for entry in state.interpretations})


def changed_abbreviations(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """Short forms that the document uses, and what each stands for."""
    return _compared(
        before,
        after,
        lambda state: {short: _Entry(short, {"stands for": long}, {}) for short, long in state.abbreviations.items()},
    )


def changed_front(before: Policy, after: Policy) -> tuple[EntryChange, ...]:
    """The head of the document: its title, issuer, status and dates, and what stands before the first heading."""
    found = _compared(before, after, _front)
    passages = Wording(before, after).differences([*prose_of(before.preamble)], [*prose_of(after.preamble)])
    preamble = EntryChange("preamble", "before the first heading", Fate.STAYED, passages, ())
    return (*found, preamble) if passages else found


def _front(policy: Policy) -> _Entries:
    texts = {"title": policy.title, "issuer": policy.issuer, "document": policy.document}
    texts |= {"short": policy.short, "number label": policy.number_label}
    texts |= {"effective label": policy.effective_label, "review label": policy.review_label}
    texts |= {f"head: {label}": said for label, said in policy.family.rows.items()}
    dates = {"original_effective_date": policy.effective, "last_review_date": policy.reviewed}
    stated = {"status": policy.status.value, **{key: day.isoformat() for key, day in dates.items()}}
    return {
        **{key: _Entry(key, {key: text}, {}) for key, text in texts.items()},
        **{key: _Entry(key.replace("_", " "), {}, {key: f"{key}: {value}"}) for key, value in stated.items()},
    }


def _interpretation(entry: Interpretation) -> _Entry:
    words = {"question": entry.question, "decision": entry.decision, "reason": entry.reason}
    concerns = f"concerns: {'logic' if entry.shown else 'words'}"
    stated = {"clause": f"clause: {several(entry.clauses)}", "concerns": concerns}
    stated |= {f"answers {n}": f"answers: {answer.says}: {answer.otherwise}" for n, answer in enumerate(entry.answers)}
    return _Entry(entry.id, words, stated)


def _outcome(own: OwnOutcome) -> _Entry:
    beside = {"before": own.before, "after": own.after}
    stated = {"effect": f"effect: {own.outcome.effect}"}
    stated |= {key: f"{key}: {outcome}" for key, outcome in beside.items() if outcome is not None}
    return _Entry(own.outcome.value, {"phrase": own.phrase}, stated)


def _facts_of(policy: Policy) -> dict[str, Fact]:
    """The facts that the policy declares, and of those that policies share the ones it asks for."""
    asked = used_facts(policy)
    for id in used_lists(policy):
        of = policy.lists[id]
        counted = (tally.fields for number, tally in of.tallies.items() if number in asked)
        asked = asked.union((field.id for field in of.fields.values()), *counted)
    own = {id: fact for id, fact in policy.facts.items() if id in asked or not _shared(fact, policy)}
    # What is asked of other lines is told of the criterion that asks it.
    return {id: fact for id, fact in own.items() if id not in policy.asked_lines}


def _lists_of(policy: Policy) -> dict[str, RecordList]:
    """The lists that the policy declares, and of those that policies share the ones it asks for."""
    asked = used_lists(policy)
    return {id: of for id, of in policy.lists.items() if id in asked or not _shared(of, policy)}


def _shared(fact: Declared, policy: Policy) -> bool:
    """Whether a fact is one that policies share, or that of another one."""
    path = fact.place.path
    of_another = path.startswith("policy/") and not path.startswith(f"{policy.folder}/")
    return of_another or f"/{path}".endswith("/shared-facts.yaml")


def _fact(fact: Fact, other: Fact | None) -> _Entry:
    """A fact as it is compared with what it is in the other state."""
    words = {"question": fact.question, "phrase": fact.phrase}
    if fact.decided_by is not None:
        words["decided by"] = fact.decided_by.name
    stated = {"kind": f"kind: {kind_name(fact)}"}
    match fact:
        case YesNo():
            words["negative"] = fact.negative
        case Number():
            words["name"] = fact.name
            stated["unit"] = f"unit: {fact.unit}"
            if fact.whole:
                stated["whole"] = "whole: yes"
            bounds = {"minimum": fact.minimum, "maximum": fact.maximum}
            stated |= {key: f"{key}: {bound:.15g}" for key, bound in bounds.items() if bound is not None}
            if fact.measure is not None:
                stated["is"] = f"is: {written_formula(fact.measure.stated, str)}"
                if fact.measure.digits is not None:
                    stated["round to"] = f"round to: {fact.measure.digits}"
        case Day():
            words["name"] = fact.name
            if fact.latest_request:
                stated["latest"] = "latest: request"
        case OneOf():
            words["name"] = fact.name
            stated["ordered"] = f"ordered: {'yes' if fact.ordered else 'no'}"
        case SetOf():
            words |= {"name": fact.name, "including": fact.including, "none": fact.none}
            if fact.codes is not None and fact.codes.system:
                stated["system"] = f"system: {fact.codes.system}"
        case _:
            assert_never(fact)
    if may_be_none(fact):
        words["none"] = fact.none
    options = _options(fact)
    words |= {f"option {option.id}": option.name for option in options}
    in_both = {option.id for option in options} & {option.id for option in _options(other)}
    order = [option.id for option in options if option.id in in_both]
    if order:
        stated["options"] = f"options: {several(order)}"
    return _Entry(subject(fact), words, stated)


def _list(of: RecordList, policy: Policy) -> _Entry:
    """A list of rows, but for its fields, which are facts."""
    words = {"question": of.question, "name": of.name, "phrase": of.phrase, "including": of.including}
    used = _facts_of(policy)
    counted = {id: f"{id} is {counted_words(of, tally, policy)}" for id, tally in of.tallies.items() if id in used}
    return _Entry(of.name, {**words, "none": of.none, "row": of.row}, {"kind": "kind: list of", **counted})


def _options(fact: Fact | None) -> tuple[Option, ...]:
    return fact.options if fact is not None and has_options(fact) else ()


def _note(change: EntryChange) -> str:
    """What a change of a fact that is still asked does to answers recorded before."""
    if change.fate is not Fate.STAYED:
        return ""
    options = [passage for passage in change.passages if passage.part.startswith("option ")]
    gone = any(passage.spans[0].kind is SpanKind.REMOVED and not passage.reworded for passage in options)
    new = any(passage.spans[0].kind is SpanKind.ADDED and not passage.reworded for passage in options)
    stated = [setting.after or setting.before for setting in change.settings]
    otherwise = any(passage.reworded for passage in change.passages) or not all(
        text.startswith(_BOUNDS) for text in stated
    )
    notes = {ASKED_OTHERWISE: otherwise, OPTION_GONE: gone, OPTION_NEW: new}
    return " ".join(note for note, holds in notes.items() if holds)


def _compared(before: Policy, after: Policy, entries: Callable[[Policy], _Entries]) -> tuple[EntryChange, ...]:
    """The entries that two states have otherwise."""
    return _changes(entries(before), entries(after), Wording(before, after))


def _changes(old: _Entries, new: _Entries, wording: Wording) -> tuple[EntryChange, ...]:
    """The entries that differ, in the order of the newer state; those that are gone come last."""
    nothing = _Entry("", {}, {})
    found = []
    for id in dict.fromkeys((*new, *old)):
        before, after = old.get(id, nothing), new.get(id, nothing)
        fate = Fate.ADDED if id not in old else Fate.REMOVED if id not in new else Fate.STAYED
        passages = tuple(
            passage
            for part in dict.fromkeys((*after.words, *before.words))
            for passage in wording.difference(part, before.words.get(part, ""), after.words.get(part, ""))
        )
        stated = settings(before.stated, after.stated)
        if passages or stated:
            found.append(EntryChange(id, after.name or before.name, fate, passages, stated))
    return tuple(found)
