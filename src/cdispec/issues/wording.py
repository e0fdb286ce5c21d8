"""Issues of words and the logic that they stand for."""

from __future__ import annotations

from cdispec.issues.catalogue import issue
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
