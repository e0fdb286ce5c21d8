"""What the Then sentences of a scenario expect of a determination."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, assert_never

from cdispec.issues.scenarios import unknown_clause
from cdispec.logic import Truth
from cdispec.model.determination import Granted, Portion, Way
from cdispec.model.facts import written
from cdispec.model.limits import Between, Days
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.model.row_phrases import subject_of
from cdispec.model.sentences import listed
from cdispec.source import Issue, Place


@dataclass(frozen=True, slots=True)
class HasOutcome:
    """The outcome, resting on exactly these clauses: on all of them, or on one or another (`alternatives`).

    `not addressed` may name none.
    """

    outcome: Outcome
    clauses: tuple[str, ...]
    alternatives: bool = False


@dataclass(frozen=True, slots=True)
class Needs:
    """More information is needed on these facts; `only` on no others."""

    facts: tuple[str, ...]
    only: bool


@dataclass(frozen=True, slots=True)
class SettledBy:
    """These facts are the shortest set that would settle an outcome."""

    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Depends:
    """Some answer to a fact could, or none could, still change the outcome."""

    fact: str
    so: bool


@dataclass(frozen=True, slots=True)
class Classified:
    """A classification's truth."""

    name: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class Lists:
    """The label of the section that lists a code, or None."""

    code: str
    label: str | None


@dataclass(frozen=True, slots=True)
class GrantedOn:
    """What a clause grants begins or ends on a day; None where the day is not known."""

    last: bool
    day: date | None


@dataclass(frozen=True, slots=True)
class InPart:
    """How much a clause grants, as `granted_words` says it: 2 of 3."""

    words: str


@dataclass(frozen=True, slots=True)
class Restricted:
    """Whether what is granted is limited to a form."""

    words: str
    truth: Truth


Expectation = HasOutcome | Needs | SettledBy | Depends | Classified | Lists | GrantedOn | Restricted | InPart


class Said(Protocol):
    """What is said of a case, as far as a scenario can expect it: a determination, or one that is still worked out."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def clauses(self) -> tuple[str, ...]: ...
    @property
    def alternatives(self) -> bool: ...
    @property
    def classifications(self) -> Mapping[str, Truth]: ...
    @property
    def needed(self) -> tuple[str, ...]: ...
    @property
    def ways(self) -> tuple[Way, ...]: ...
    @property
    def codes(self) -> Mapping[str, str | None]: ...
    @property
    def granted(self) -> tuple[Granted, ...]: ...
    @property
    def rows(self) -> Mapping[str, str]: ...


CLASSIFIED = {
    "it is classified as ": Truth.TRUE,
    "it is not classified as ": Truth.FALSE,
    "it is not known whether it is classified as ": Truth.UNKNOWN,
}
DEPENDS = {"it depends on ": True, "it does not depend on ": False}
RESTRICTED = {
    "it is limited to ": Truth.TRUE,
    "it is not limited to ": Truth.FALSE,
    "it is not known whether it is limited to ": Truth.UNKNOWN,
}
GRANTED_ON = re.compile(r"it is granted (from|until) (\d{4}-\d{2}-\d{2}|a day that is not known)")
IN_PART = re.compile(r"(.+ of .+) (?:is|are) granted")
NEEDED_ON = "more information is needed on"
NOTHING_ELSE = "nothing else is needed"
SETTLED_BY = "it is settled by knowing"
NOT_ADDRESSED = "it is not addressed"
EACH_CASE = "each of these cases is determined as stated"
UNDER = " under "
FOR_LINE = "for line "
CODE_LISTED = re.compile(r"code (\S+) is (?:listed in (.+)|not listed)")
_JOINT = re.compile(r"(\s+(?:and|or)\s+)", re.IGNORECASE)


def outcome_sentences(policy: Policy) -> dict[str, Outcome]:
    """The sentences that name an outcome, without its clauses: those that every policy has, and those of its own."""
    named = {f"it is {outcome}": outcome for outcome in policy.stated_outcomes}
    return named | {" ".join(own.phrase.lower().split()): own.outcome for own in policy.outcomes if own.phrase}


def has_outcome(outcome: Outcome, clauses: str, policy: Policy, place: Place, issues: list[Issue]) -> HasOutcome:
    """The expectation of an outcome under clauses joined by "and", or by "or" where they are alternatives."""
    cited, joints = cited_in(clauses, policy)
    return HasOutcome(outcome, _known(cited, policy, place, issues), "or" in joints)


def labels(text: str, policy: Policy, place: Place, issues: list[Issue]) -> tuple[str, ...]:
    """The labels of the clauses that a text names, as the policy prints them; of one it lacks, an issue is added."""
    return _known(cited_in(text, policy)[0], policy, place, issues)


def cited_in(text: str, policy: Policy) -> tuple[list[str], list[str]]:
    """The clauses that a text names, and what joins them; a title by which a clause is cited may hold an "and" too."""
    known = {label.casefold() for label in policy.clauses.values()}
    pieces = _JOINT.split(text)
    cited, joints = [], []
    start = 0
    while start < len(pieces):
        joined = {end: "".join(pieces[start:end]).strip() for end in range(len(pieces), start, -2)}
        end = next((end for end, name in joined.items() if _folded(name) in known), start + 1)
        cited.append(joined[end])
        joints += [joint.strip().lower() for joint in pieces[end : end + 1]]
        start = end + 1
    return cited, joints


def _known(cited: list[str], policy: Policy, place: Place, issues: list[Issue]) -> tuple[str, ...]:
    known = {label.casefold(): label for label in policy.clauses.values()}
    issues += [unknown_clause(place, name, sorted(known.values())) for name in cited if _folded(name) not in known]
    return tuple(known.get(_folded(name), name) for name in cited)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def holds(expectation: Expectation, said: Said) -> bool:
    """Whether a determination does what a scenario expects."""
    match expectation:
        case HasOutcome(outcome, clauses, alternatives):
            if said.outcome is not outcome:
                return False
            # What a policy leaves open need not be put down to the clause that says so.
            open_ = outcome is Outcome.NOT_ADDRESSED and not clauses
            return open_ or (set(said.clauses) == set(clauses) and said.alternatives is alternatives)
        case Needs(facts, only):
            if said.outcome is not Outcome.MORE_INFORMATION:
                return False
            return set(facts) == set(said.needed) if only else set(facts) <= set(said.needed)
        case SettledBy(facts):
            return any(set(facts) == set(way.facts) for way in said.ways)
        case Depends(fact, so):
            return (fact in said.needed) is so
        case Classified(name, truth):
            return said.classifications.get(name) is truth
        case Lists(code, label):
            return code in said.codes and said.codes[code] == label
        case GrantedOn(last, day):
            return any((days := one.last if last else one.first) and days.day == day for one in said.granted)
        case InPart(words):
            portions = [one.portion for one in said.granted if one.portion is not None]
            return any(words == f"{_between_words(one.granted)} of {_between_words(one.requested)}" for one in portions)
        case Restricted(words, truth):
            return bool(said.granted) and restricted(words, said) is truth
        case _:
            assert_never(expectation)


def granted_sentences(said: Said, forms: Iterable[str]) -> list[str]:
    """What is granted with its limits, sentence by sentence; `forms` are those to which a clause may limit it."""
    found = []
    for one in said.granted:
        if one.portion is not None:
            amount = _between_words(one.portion.granted)
            verb = "is" if amount == "1" else "are"
            found.append(f"{amount} of {_between_words(one.portion.requested)} {verb} granted")
        days = {"from": one.first, "until": one.last}
        found += [f"it is granted {word} {_day(known)}" for word, known in days.items() if known is not None]
    told = {truth: opening for opening, truth in RESTRICTED.items()}
    found += [f"{told[restricted(words, said)]}{words}" for words in forms if said.granted]
    return list(dict.fromkeys(found))


def _day(days: Days) -> str:
    return "a day that is not known" if days.day is None else days.day.isoformat()


def restricted(words: str, said: Said) -> Truth:
    """Whether what is granted is limited to a form: under each clause that grants it."""
    return min((dict(one.restrictions).get(words, Truth.FALSE) for one in said.granted), default=Truth.FALSE)


def granted_words(granted: Granted) -> list[str]:
    """What a clause grants, limit by limit."""
    days = {"from": granted.first, "until": granted.last}
    words = [f"{word} {_days_words(known)}" for word, known in days.items() if known is not None]
    words += ["so that no day is left"] if granted.ended else []
    perhaps = {Truth.TRUE: "limited to", Truth.UNKNOWN: "perhaps limited to"}
    words += [f"{perhaps[truth]} {form}" for form, truth in granted.restrictions]
    return words if granted.portion is None else [*portion_words(granted.portion), *words]


def portion_words(portion: Portion) -> list[str]:
    """How much is granted and how much is not, in words."""
    if portion.requested == Between(0, None) and portion.granted.most is not None:
        most = f"at most {written(portion.granted.most)} {portion.unit}".strip()
        return [f"{most} (how many are requested is not known)"]
    told = f"{_between_words(portion.granted)} of {_between_words(portion.requested)} {portion.unit}".strip()
    if portion.refused.most == 0:
        return [told]
    return [told, f"{_between_words(portion.refused)} not medically necessary under {' or '.join(portion.clauses)}"]


def _between_words(between: Between) -> str:
    if between.least == between.most:
        return written(between.least)
    most = "" if between.most is None else f" and at most {written(between.most)}"
    return f"at least {written(between.least)}{most}"


def _days_words(days: Days) -> str:
    if days.day is not None:
        return days.day.isoformat()
    ends = {"at the earliest": days.earliest, "at the latest": days.latest}
    known = [f"{day.isoformat()} {word}" for word, day in ends.items() if day is not None]
    return "a day that is not known" + (f" ({', '.join(known)})" if known else "")


def unmet(expectation: Expectation, said: Said, policy: Policy) -> str:
    """Why a determination does not do what a scenario expects, in the scenario's words; "" where it does."""
    if holds(expectation, said):
        return ""
    match expectation:
        case HasOutcome(outcome, clauses, alternatives):
            return f"expected {outcome_words(outcome, clauses, alternatives)}, but {determined_words(said, policy)}"
        case Needs(facts):
            return _unmet_needs(facts, said, policy)
        case SettledBy(facts):
            ways = dict.fromkeys(subjects(way.facts, policy, said.rows) for way in said.ways)
            known = listed(list(ways), "or") or "nothing"
            return f"expected it to be settled by knowing {subjects(facts, policy, said.rows)}, but it is by {known}"
        case Depends(fact, so):
            return f"it {'does not depend' if so else 'depends'} on {subjects((fact,), policy, said.rows)}"
        case Classified(name, truth):
            real = said.classifications[name]
            return f"expected the classification as {name} to be {truth.word}, but it is {real.word}"
        case Lists(code):
            if code not in said.codes:
                return f"the request does not name code {code}"
            real_label = said.codes[code]
            return f"code {code} is {f'listed in {real_label}' if real_label else 'not listed'}"
        case GrantedOn() | Restricted() | InPart():
            told = [f"under {one.clause} {listed(granted_words(one)) or 'without limits'}" for one in said.granted]
            return f"expected it to be granted otherwise, but it is {' and '.join(told) or 'not granted with limits'}"
        case _:
            assert_never(expectation)


def _unmet_needs(facts: tuple[str, ...], said: Said, policy: Policy) -> str:
    if said.outcome is not Outcome.MORE_INFORMATION:
        return f"expected more information to be needed, but {determined_words(said, policy)}"
    missing = [fact for fact in facts if fact not in said.needed]
    if missing:
        named = subjects(missing, policy, said.rows)
        return f"expected more information to be needed on {named}, but it does not depend on that"
    other = [fact for fact in said.needed if fact not in facts]
    return f"more information is also needed on {subjects(other, policy, said.rows)}"


def outcome_words(outcome: Outcome, clauses: tuple[str, ...], alternatives: bool) -> str:
    """An outcome with its clauses, as a scenario says it."""
    return outcome + resting_words(clauses, alternatives)


def resting_words(clauses: tuple[str, ...], alternatives: bool) -> str:
    """What an outcome rests on, as it follows the outcome."""
    return f"{UNDER}{(' or ' if alternatives else ' and ').join(clauses)}" if clauses else ""


def determined_words(said: Said, policy: Policy) -> str:
    """What is determined, with what it rests on, or on what more information is needed."""
    match said.outcome:
        case Outcome.MORE_INFORMATION:
            return f"{NEEDED_ON} {subjects(said.needed, policy, said.rows)}"
        case Outcome.NOT_DECIDED:
            return "to decide it takes too much work"
        case outcome:
            return f"it is {outcome_words(outcome, said.clauses, said.alternatives)}"


def subjects(facts: list[str] | tuple[str, ...], policy: Policy, rows: Mapping[str, str]) -> str:
    """Facts by their subjects, joined; `rows` are the words for rows by their ids."""
    return "; ".join(subject_of(fact, policy, rows) for fact in facts)
