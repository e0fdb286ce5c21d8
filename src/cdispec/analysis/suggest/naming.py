"""Names of scenarios that are suggested: what is determined, and what of the case that is to show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import assert_never

from cdispec.analysis.adequacy.adequacy import Cell, MutantResult
from cdispec.analysis.adequacy.aspects import Borders, Comes, Counts, Falls, Lacks, Leaves, Reads, Rests, Seen, Turns
from cdispec.analysis.adequacy.wording import subject_of
from cdispec.analysis.mutation.of_facts import silence_as_yes, unknown_as_no
from cdispec.analysis.mutation.of_rules import date_added
from cdispec.analysis.suggest.closing import Picked, Target
from cdispec.logic import Truth
from cdispec.model.criteria import Comparison
from cdispec.model.facts import Including, subject
from cdispec.model.outcomes import Outcome
from cdispec.model.phrases import named, sentence_of
from cdispec.model.policy import Policy
from cdispec.model.sentences import listed

_SEEN = {Seen.TRUE: "met", Seen.FALSE: "not met", Seen.UNKNOWN: "not known", Seen.SILENT: "not mentioned"}

MOST = 2
"""So many circumstances are named; more would be a list and no name."""


def names_of(several: Sequence[Picked], given: Sequence[str]) -> Iterator[str]:
    """Names of a scenario, the plainest first: of one case, or of several that are determined alike.

    Where another scenario has the name, it says more of what is `given`.
    """
    first = several[0]
    dated = all(_is_dated(target) for one in several for target in one.closes)
    determined = _determined(first)
    if dated:
        determined = f"Also on {first.case.date.isoformat()}: {determined[:1].lower()}{determined[1:]}"
    if len(several) == 1:
        name, more = f"{determined} where {_circumstances(first)}", given
    else:
        name, more = (
            f"{determined} in each of these cases",
            [first.side.policy.requests[first.case.request].phrase, *given],
        )
    yield name
    said = (sentence for sentence in more if sentence not in name and not sentence.startswith("|"))
    yield from (f"{name}, where {sentence}" for sentence in said)
    yield from (f"{name} ({number})" for number in count(2))


def id_of(several: Sequence[Picked]) -> str:
    """A permanent id for a scenario, as it may be free."""
    first = several[0]
    target = next((one for one in first.closes if not _is_dated(one)), first.closes[0])
    of = _subject(target)
    parts = [first.case.request, of, _manner(target, first) if len(several) == 1 else "and others"]
    return "-".join(re.findall(r"[a-z0-9]+", " ".join(parts).casefold()))


def _determined(one: Picked) -> str:
    """What is determined, at the beginning of a name."""
    truths = {name: Truth(truth) for name, truth in one.decided.classified() if name in one.classified}
    for name, truth in truths.items():
        match truth:
            case Truth.TRUE:
                return f"Classified as {name}"
            case Truth.FALSE:
                return f"Not classified as {name}"
            case Truth.UNKNOWN:
                return f"Whether it is classified as {name} is not known"
            case _:
                assert_never(truth)
    if one.decided.outcome is Outcome.MORE_INFORMATION:
        return "More information is needed"
    return one.decided.outcome[:1].upper() + one.decided.outcome[1:]


def _circumstances(one: Picked) -> str:
    """What of a case is to show: what is recorded of facts, or of which of them nothing is, before that of clauses."""
    closes = [target for target in one.closes if not _is_dated(target)] or one.closes[:1]
    asked = (_fact(target, one.side.policy) for target in closes)
    facts = list(dict.fromkeys(given for fact in asked if fact for given in _given(fact, one)))[:MOST]
    if not facts:
        return listed(list(dict.fromkeys(_of_clause(target, one) for target in closes))[:MOST])
    return listed([*_stated(facts, one), *_unstated(facts, one)])


def _fact(target: Target, policy: Policy) -> str:
    """The fact that something asks; "" where it asks none by itself."""
    if isinstance(target, MutantResult) and target.mutant.in_fact:
        return target.mutant.of if target.mutant.of in policy.facts else ""
    criterion = policy.criteria.get(_subject(target))
    if criterion is not None and isinstance(criterion.logic, Comparison):
        return next(iter(criterion.logic.facts), "")
    return ""


def _given(fact: str, one: Picked) -> Sequence[str]:
    """A fact, or the numbers given in place of a measure; of what only a criterion states, those that are lacking."""
    worked = one.side.measures.of(fact)
    if worked is not None and worked.beside:
        return [id for id in worked.named if not _is_stated(id, one)] or worked.named
    operands = one.side.measures.operands(fact)
    return operands if operands and one.case.facts.keys() >= {*operands} else (fact,)


def _is_stated(id: str, one: Picked) -> bool:
    return one.case.facts.get(id, Including(frozenset())) != Including(frozenset())


def _stated(facts: Sequence[str], one: Picked) -> Iterator[str]:
    yield from (sentence_of(one.side.policy.facts[id], one.case.facts[id]) for id in facts if _is_stated(id, one))


def _unstated(facts: Sequence[str], one: Picked) -> Iterator[str]:
    subjects = listed([subject(one.side.policy.facts[id]) for id in facts if not _is_stated(id, one)], "or")
    if subjects:
        known = f"a complete record does not mention {subjects}"
        opening = "it is not known" if subjects.startswith("whether ") else "nothing is recorded of"
        yield known if one.case.complete else f"{opening} {subjects}"


def _of_clause(target: Target, one: Picked) -> str:
    policy, of = one.side.policy, _subject(target)
    if of in policy.criteria:
        return f"{target.label or of} is {_seen(one, of)}"
    if of in policy.requests:
        return policy.requests[of].phrase
    surface = policy if one.side.state is None else one.side.state.surface
    if of in surface.criteria:
        return f"{target.label or of} is asked of a row"
    return f"{named(surface.facts[of])} is asked of a row" if of in surface.facts else f"it rests on {target.label}"


def _seen(one: Picked, id: str) -> str:
    truth = Truth(one.decided.truths[one.side.rooted.criteria[id].truth])
    match truth:
        case Truth.TRUE:
            return "met"
        case Truth.FALSE:
            return "not met"
        case Truth.UNKNOWN:
            return "not shown by a complete record" if one.case.complete else "not known"
        case _:
            assert_never(truth)


def _is_dated(target: Target) -> bool:
    """Whether it is nothing of the case but its day that closes a gap."""
    return isinstance(target, MutantResult) and target.mutant.operator.slips is date_added


def _subject(target: Target) -> str:
    """The id of the criterion, fact or request that something is of."""
    return subject_of(target.aspect) or target.label if isinstance(target, Cell) else target.mutant.of


def _manner(target: Target, one: Picked) -> str:
    """What is to show of it, in words for an id."""
    if isinstance(target, MutantResult):
        slips = target.mutant.operator.slips
        told = {date_added: one.case.date.isoformat(), unknown_as_no: "not known", silence_as_yes: "not mentioned"}
        return told.get(slips, target.mutant.operator.name)
    match target.aspect:
        case Turns(_, seen):
            return _SEEN[seen]
        case Counts(_, value):
            return str(value)
        case Borders(where=where) | Falls(where=where):
            return where
        case Lacks():
            return "none"
        case Leaves(_, requested):
            return f"{requested} what is left"
        case Comes(_, outcome):
            return outcome
        case Rests() | Reads():
            return ""
        case _:
            assert_never(target.aspect)
