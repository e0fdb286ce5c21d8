"""Issues of words and the logic that they stand for."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cdispec.issues.catalogue import is_answerable, issue
from cdispec.source import Severity

_ASKED = "change what they stand for as well, or release with `--reworded`, which says that they mean the same"


@issue(Severity.WARNING)
def reworded_criterion(clause: str, changes: str, revision: str) -> tuple[str, str]:
    """The words of a clause were changed since the last revision, and its logic was not.

    Determinations follow the logic, so that every request is still decided as the old words said. The words of a
    criterion are its text and its notes, those of a block the paragraph in front of it, those of a section with
    criteria its other paragraphs too. No proof can say whether new words mean the same: `cdispec diff` names them as no
    part of the proof, and `cdispec release` goes on only with `--reworded`.
    """
    return f"{clause} was reworded since the revision {revision}, and its logic is the same: {changes}", _ASKED


@issue(Severity.WARNING)
def reworded_fact(fact: str, changes: str, revision: str) -> tuple[str, str]:
    """A fact is asked or answered in other words than in the last revision, and nothing else of it was changed.

    An answer that was recorded before may now mean something else. That concerns its question, its name, its sentences
    and the names of its options. `cdispec release` goes on only with `--reworded`; a fact that asks something else
    should have another id.
    """
    return f"{fact} was reworded since the revision {revision}: {changes}", _ASKED


@issue(Severity.WARNING)
def reworded_entry(entry: str, changes: str, revision: str) -> tuple[str, str]:
    """A definition, a code's description, an abbreviation, a kind of request or an interpretation was reworded.

    It was also reworded where it was removed. Such entries explain the words of criteria or record how they are read,
    so that a criterion may now say something else. `cdispec release` goes on only with `--reworded`.
    """
    return f"{entry} was reworded since the revision {revision}: {changes}", _ASKED


@issue(Severity.WARNING)
def reworded_prose(place: str, changes: str, revision: str) -> tuple[str, str]:
    """Words that no criterion stands for were changed since the last revision.

    They are those of the document's head and of sections without criteria. They decide nothing, and a release does not
    ask about them.
    """
    return (
        f"{place} was reworded since the revision {revision}: {changes}",
        "read it again: where it says what is decided, the criteria need to say it too",
    )


@issue(Severity.WARNING)
def unworded_logic(clause: str, changes: str, revision: str) -> tuple[str, str]:
    """The logic of a clause or what can be answered to a fact was changed since the last revision, its words were not.

    Whoever reads the document reads what was decided before. Where the logic was wrong and the words were right,
    `cdispec release` goes on with `--reworded`.
    """
    return (
        f"the logic of {clause} was changed since the revision {revision}, and its words are the same: {changes}",
        "change the words as well, or release with `--reworded`, which says that they were right before",
    )


def _disagree(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """What words say and what disagrees with them; an interpretation can say why both are right."""
    message = f'{name} says "{says}", {other} "{otherwise}"'
    if not clauses:
        return message, "correct the one that is wrong"
    answer = json.dumps({says: otherwise}, ensure_ascii=False)
    record = f"where both are right, record why: an interpretation of `{clauses[0]}` with `answers: {answer}`"
    return message, f"correct the one that is wrong; {record}"


@issue(Severity.WARNING)
def words_quantifier(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """Words ask for more or fewer of a list than the logic does.

    "ALL of the following" stands before `any:`, "both" before three items, "the following three" before four, "two or
    more" before `all:`; or "all treatment areas" are asked for, and the question asks for one.
    """
    return _disagree(name, says, other, otherwise, clauses)


@issue(Severity.WARNING)
def words_number(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """A number, a unit or a date in the words is not the one that the logic compares with, or is compared otherwise.

    "65 or older" is `at least: 65`; "over 65", "up to 65", "65 or younger", "60 or older" and "65 months" are not. A
    number of the logic that no words say is reported as well, and so is the step of an ordered fact.
    """
    return _disagree(name, says, other, otherwise, clauses)


@issue(Severity.WARNING)
def words_negation(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """Words deny or except what the logic does not, or the reverse, so that a yes may be read as a no.

    "Not", "no", "without", "unless", "except", "other than", the beginning of "unable", and opposites such as
    "increased" and "decreased": in a criterion and in the sentence its fact is answered with, in a question and in the
    sentences that answer it.
    """
    return _disagree(name, says, other, otherwise, clauses)


@issue(Severity.WARNING)
def words_list(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """Words join, close or open a list otherwise than the logic does.

    "And" between what the logic offers as a choice; "such as the following" before a list that counts these alone;
    "limited to the following" before an open one; something asked that stands after "e.g."; a note that limits.
    """
    return _disagree(name, says, other, otherwise, clauses)


@issue(Severity.WARNING)
def words_duty(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """Words leave to choice what the logic requires: "may document", "is recommended", "where possible"."""
    return _disagree(name, says, other, otherwise, clauses)


@issue(Severity.WARNING)
def words_outcome(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """The words in front of a block name another outcome, or another kind of request, than the block has."""
    return _disagree(name, says, other, otherwise, clauses)


@issue(Severity.WARNING)
def words_reference(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """Words refer to another clause than the logic does, or to a label that no clause has."""
    return _disagree(name, says, other, otherwise, clauses)


@issue(Severity.WARNING)
def words_fact(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """The words of a criterion do not name what its logic asks, or the words of a fact do not name one thing.

    An item prints "Neck pain" and asks for back pain; an option has another name than the item it stands for; a
    question asks what another fact asks, or leaves out a word such as "durable" that its sentence and its criterion
    have; a defined term is spelled otherwise.
    """
    return _disagree(name, says, other, otherwise, clauses)


@issue(Severity.WARNING)
def words_drifted(name: str, says: str, other: str, otherwise: str, clauses: Sequence[str]) -> tuple[str, str]:
    """A sentence is printed in two places, and in one of them a "not", an "any" or an "and" was changed."""
    return _disagree(name, says, other, otherwise, clauses)


@issue(Severity.WARNING)
def needless_answer(id: str, says: str, otherwise: str) -> tuple[str, str]:
    """An interpretation answers a disagreement of words and logic, or a warning, that is there no more.

    It answers for these words and for what disagrees with them, or for a code and its message, as `cdispec check`
    reports both. Where one of them was changed, they need to be read again.
    """
    hint = "remove it from `answers:`, or correct it where the words or the logic were changed on purpose"
    if is_answerable(says):
        return f"`{id}` answers for a `{says}` that is not reported: {otherwise}", hint
    return f'`{id}` answers for "{says}" against "{otherwise}", and nothing disagrees so', hint
