"""What the Then sentences of a scenario expect of a determination."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import assert_never

from cdispec.issues.scenarios import unknown_clause
from cdispec.logic import Truth
from cdispec.model.determination import Determination
from cdispec.model.facts import subject
from cdispec.model.policy import Outcome, Policy
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


Expectation = HasOutcome | Needs | SettledBy | Depends | Classified | Lists

CLASSIFIED = {
    "it is classified as ": Truth.TRUE,
    "it is not classified as ": Truth.FALSE,
    "it is not known whether it is classified as ": Truth.UNKNOWN,
}
DEPENDS = {"it depends on ": True, "it does not depend on ": False}
NEEDED_ON = "more information is needed on"
NOTHING_ELSE = "nothing else is needed"
SETTLED_BY = "it is settled by knowing"
NOT_ADDRESSED = "it is not addressed"
EACH_CASE = "each of these cases is determined as stated"
OUTCOMES = {
    f"it is {outcome}": outcome
    for outcome in (Outcome.NECESSARY, Outcome.NOT_NECESSARY, Outcome.NOT_INDICATED, Outcome.NOT_ADDRESSED)
}
UNDER = re.compile(r"(it is [a-z ]+?) under (.+)")
CODE_LISTED = re.compile(r"code (\S+) is (?:listed in (\S+)|not listed)")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)

SENTENCES = (
    "it is medically necessary under II.a.i",
    "it is medically necessary under II.a.i or II.a.ii",
    "it is not medically necessary under II.b",
    "it is not indicated under II.b.2",
    NOT_ADDRESSED,
    "more information is needed on <subject>",
    NOTHING_ELSE,
    "it is settled by knowing <subject>",
    "it depends on <subject>",
    "it does not depend on <subject>",
    *(opening + "<classification>" for opening in CLASSIFIED),
    "code 97124 is listed in III.d",
    "code 97124 is not listed",
    EACH_CASE,
)


def has_outcome(outcome: Outcome, clauses: str, policy: Policy, place: Place, issues: list[Issue]) -> HasOutcome:
    """The expectation of an outcome under clauses joined by "and", or by "or" where they are alternatives."""
    alternatives = _OR.search(clauses) is not None
    return HasOutcome(outcome, labels(_OR.sub(" and ", clauses), policy, place, issues), alternatives)


def labels(text: str, policy: Policy, place: Place, issues: list[Issue]) -> tuple[str, ...]:
    """The labels of the clauses that a text names, as the policy prints them; of one it lacks, an issue is added."""
    known = {label.casefold(): label for label in policy.clauses.values()}
    found = []
    for name in _AND.split(text):
        label = known.get(name.strip().casefold())
        if label is None:
            issues.append(unknown_clause(place, name.strip(), sorted(known.values())))
        found.append(label or name)
    return tuple(found)


def unmet(expectation: Expectation, found: Determination, policy: Policy) -> str:
    """Why a determination does not do what a scenario expects, in the scenario's words; "" where it does."""
    match expectation:
        case HasOutcome(outcome, clauses, alternatives):
            resting = set(found.clauses) == set(clauses) and found.alternatives is alternatives
            # What a policy leaves open need not be put down to the clause that says so.
            if found.outcome is outcome and (resting or (outcome is Outcome.NOT_ADDRESSED and not clauses)):
                return ""
            return f"expected {outcome_words(outcome, clauses, alternatives)}, but {determined_words(found, policy)}"
        case Needs(facts, only):
            return _unmet_needs(facts, only, found, policy)
        case SettledBy(facts):
            if any(set(facts) == set(way.facts) for way in found.ways):
                return ""
            ways = dict.fromkeys(subjects(way.facts, policy) for way in found.ways)
            known = listed(list(ways), "or") or "nothing"
            return f"expected it to be settled by knowing {subjects(facts, policy)}, but it is by {known}"
        case Depends(fact, so):
            if (fact in found.needed) is so:
                return ""
            return f"it {'does not depend' if so else 'depends'} on {subjects((fact,), policy)}"
        case Classified(name, truth):
            real = found.classifications[name]
            if real is truth:
                return ""
            return f"expected the classification as {name} to be {truth.word}, but it is {real.word}"
        case Lists(code, label):
            if code not in found.codes:
                return f"the request does not name code {code}"
            real_label = found.codes[code]
            if real_label == label:
                return ""
            return f"code {code} is {f'listed in {real_label}' if real_label else 'not listed'}"
        case _:
            assert_never(expectation)


def _unmet_needs(facts: tuple[str, ...], only: bool, found: Determination, policy: Policy) -> str:
    if found.outcome is not Outcome.MORE_INFORMATION:
        return f"expected more information to be needed, but {determined_words(found, policy)}"
    missing = [fact for fact in facts if fact not in found.needed]
    if missing:
        return f"expected more information to be needed on {subjects(missing, policy)}, but it does not depend on that"
    others = [fact for fact in found.needed if fact not in facts]
    if only and others:
        return f"more information is also needed on {subjects(others, policy)}"
    return ""


def outcome_words(outcome: Outcome, clauses: tuple[str, ...], alternatives: bool) -> str:
    """An outcome with its clauses, as a scenario says it."""
    return f"{outcome} under {(' or ' if alternatives else ' and ').join(clauses)}" if clauses else str(outcome)


def determined_words(found: Determination, policy: Policy) -> str:
    """What is determined, with what it rests on, or on what more information is needed."""
    match found.outcome:
        case Outcome.MORE_INFORMATION:
            return f"{NEEDED_ON} {subjects(found.needed, policy)}"
        case Outcome.NOT_DECIDED:
            return "to decide it takes too much work"
        case outcome:
            return f"it is {outcome_words(outcome, found.clauses, found.alternatives)}"


def subjects(facts: list[str] | tuple[str, ...], policy: Policy) -> str:
    """Facts by their subjects, joined."""
    return "; ".join(subject(policy.facts[fact]) for fact in facts)
