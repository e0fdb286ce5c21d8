"""Checks of words against the logic that they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.analysis.changes.drift import Drift, Subject, drifts
from cdispec.analysis.changes.excerpt import excerpt
from cdispec.analysis.changes.words import SpanKind
from cdispec.analysis.wording.answers import unanswered
from cdispec.analysis.wording.disagreement import Disagreement, Topic
from cdispec.analysis.wording.disagreements import disagreements
from cdispec.check.places import WordPlaces
from cdispec.issues.wording import (
    needless_answer,
    reworded_criterion,
    reworded_entry,
    reworded_fact,
    reworded_prose,
    unworded_logic,
    words_drifted,
    words_duty,
    words_fact,
    words_list,
    words_negation,
    words_number,
    words_outcome,
    words_quantifier,
    words_reference,
)
from cdispec.library import PolicyFolder
from cdispec.model.periods import as_released
from cdispec.source import Issue, Place, has_errors

ASKED = ("reworded-criterion", "reworded-fact", "reworded-entry", "unworded-logic")
"""What a release asks about: words that no proof speaks of, or logic whose words were not changed with it."""


_TOPICS = {
    Topic.QUANTIFIER: words_quantifier,
    Topic.NUMBER: words_number,
    Topic.NEGATION: words_negation,
    Topic.LIST: words_list,
    Topic.DUTY: words_duty,
    Topic.OUTCOME: words_outcome,
    Topic.REFERENCE: words_reference,
    Topic.FACT: words_fact,
    Topic.DRIFTED: words_drifted,
}


def disagreeing(folder: PolicyFolder, places: WordPlaces) -> Iterator[Issue]:
    """Words that say one thing while their logic says another, unless an interpretation says why; and answers that
    nothing needs any more."""
    if folder.working is None:
        return
    found, idle = unanswered(folder.working, disagreements(folder.working))
    for one in found:
        yield _disagreeing(one, places)
    for interpretation, answer in idle:
        yield needless_answer(answer.place, interpretation.id, answer.says, answer.otherwise)


def _disagreeing(one: Disagreement, places: WordPlaces) -> Issue:
    place = places.of(one.place, one.words, one.at, one.words[one.at :])
    return _TOPICS[one.topic](place, one.name, one.says, one.other, one.otherwise, one.clauses)


def reworded(folder: PolicyFolder, places: WordPlaces) -> Iterator[Issue]:
    """Words that were changed since the last revision without their logic, and logic without its words."""
    if folder.working is None or not folder.revisions or has_errors(folder.damages):
        return
    before = as_released(folder.revisions)[-1]
    for drift in drifts(before, folder.working):
        yield _issue(drift, _place(drift, places), before.revision)


def _place(drift: Drift, places: WordPlaces) -> Place:
    """Where the first words that were changed stand now."""
    for passage in drift.passages:
        now = [span for span in passage.spans if span.kind is not SpanKind.REMOVED]
        words = "".join(span.text for span in now)
        if words:
            kept = len(now[0].text) if len(now) > 1 and now[0].kind is SpanKind.KEPT else 0
            return places.of(drift.place, words, kept, words[kept:])
    return drift.place


def _issue(drift: Drift, place: Place, revision: str) -> Issue:
    changes = excerpt(drift.passages, drift.logic)
    match drift.subject:
        case Subject.PROSE:
            return reworded_prose(place, drift.name, changes, revision)
        case Subject.ENTRY:
            return reworded_entry(place, drift.name, changes, revision)
        case Subject.CLAUSE | Subject.FACT if not drift.passages:
            return unworded_logic(place, drift.name, changes, revision)
        case Subject.CLAUSE:
            return reworded_criterion(place, drift.name, changes, revision)
        case Subject.FACT:
            return reworded_fact(place, drift.name, changes, revision)
