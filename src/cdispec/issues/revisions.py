"""Issues of a policy's history and its released revisions."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import issue, near_miss
from cdispec.source import Severity


@issue()
def misplaced_row(date: str, before: str) -> tuple[str, str]:
    """A row of the history is older than one above it.

    Rows stand oldest first and new ones are added at the end, so that a history is never rewritten. A row with a month
    may stand before or after any day of that month.
    """
    return f"the row of {date} stands below that of {before}", "put the rows in the order of their dates, oldest first"


@issue()
def duplicate_number(number: str, first_line: int) -> tuple[str, str]:
    """Two rows of the history have the number of one revision, so that nobody can tell which of them is meant."""
    return f"the number {number} stands on line {first_line} already", "give each revision the number of its own"


@issue()
def late_former_row(known: str, revision: str) -> tuple[str, str]:
    """A row from before the tool is published or in effect later than a revision that was released with it.

    Of `former` rows there is no text to run, so that the revision would decide in their place. What was published after
    the first release has a revision of its own, or is noted as a review.
    """
    hint = "release what it published, or note it with `cdispec release --review`"
    return f"the row of {known}, from before the tool, is later than the revision {revision}", hint


@issue()
def unknown_row(date: str, known: Iterable[str]) -> tuple[str, str]:
    """A row of the history corrects one that is not there. `corrects` names the date of another row."""
    return f"no other row has the date {date}", near_miss(date, known, "name the date of the row it corrects")


@issue()
def lost_row(date: str, revision: str, path: str) -> tuple[str, str]:
    """A row of the history that was released with a revision is gone from `history.yaml`, or was changed there.

    A history grows and is never rewritten: what was wrong in a row is said by a new row with `corrects`. A release that
    was cut short just before its end leaves the history so, too.
    """
    hint = f"copy it from `{path}`; correct it by a new row with `corrects: {date}`"
    return f"the row of {date} does not stand here as it was released with the revision {revision}", hint


@issue()
def inserted_row(date: str, revision: str) -> tuple[str, str]:
    """A row stands above rows of the history that were released before it was written.

    A history grows at its end only: what was released with a revision is the beginning of every later history, and a
    row between its rows would tell of something that nobody published at that time.
    """
    hint = "move it below them, with the date on which it is written"
    return f"the row of {date} stands among those that were released with the revision {revision}, and was not", hint


@issue()
def unknown_revision(date: str, known: Iterable[str]) -> tuple[str, str]:
    """A row of the history names a revision that was never released."""
    hint = near_miss(date, known, "remove `revision:`, or write the row with `cdispec release`")
    return f"there is no revision {date}", hint


@issue()
def altered_revision(file: str, revision: str, problem: str) -> tuple[str, str]:
    """A file of a released revision is not as it was released.

    Determinations and documents of that revision must stay what they were, so a released revision is frozen:
    `revision.yaml` keeps the SHA-256 of each of its files. A revision that was altered decides nothing. Restore the
    folder from version control, and release a new revision for what should change.
    """
    hint = "restore it from version control; change the working state and release that instead"
    return f"`{file}` of the released revision {revision} {problem}", hint


@issue()
def misnamed_revision(problem: str) -> tuple[str, str]:
    """The folder of a released revision, its `revision.yaml` and its document do not name the same day and policy.

    The folder is named by the day from which the revision is in effect: `revisions/2026-01-15`. A second revision of
    one day, published later, has the name `revisions/2026-01-15-2`.
    """
    return problem, "restore it from version control, or move away what `cdispec release` did not make"


@issue()
def summary_denies_change(words: str, case: str) -> tuple[str, str]:
    """The summary of a revision says that the criteria were not changed, and a request is decided otherwise by it.

    What a revision does is proved by holding its logic against that of the revision before, for every case. Words such
    as "no change in criteria", "criteria are unchanged", "wording changes only" or "editorial corrections only" say
    that nothing is decided otherwise. A row that was released is not rewritten: correct it by a new one with
    `cdispec release NUMBER --review --corrects DATE`.
    """
    hint = "say in the summary what was changed, or see with `cdispec diff` which edit does it"
    return f"the summary says `{words}`, but a request is decided otherwise; {case}", hint


@issue()
def summary_claims_change(words: str) -> tuple[str, str]:
    """The summary of a revision says that the criteria were changed, and no request is decided otherwise by it.

    What a revision does is proved by holding its logic against that of the revision before, for every case. Words such
    as "criteria were changed", "changes to the indications" or "new exclusion" say that some request is decided
    otherwise. A row that was released is not rewritten: correct it by a new one with
    `cdispec release NUMBER --review --corrects DATE`.
    """
    hint = "say that only words were changed, or change the logic as well"
    return f"the summary says `{words}`, but it is proved that no request is decided otherwise", hint


@issue(Severity.WARNING)
def unpublished_days(effective: str, last: str) -> tuple[str, str]:
    """The first revision takes effect later than the policy: no revision decides the requests of the days between.

    Revisions follow each other without a gap, since each is in effect until the next one is. Only before the first can
    days be left over. They have no determination, and no revision can be released for them afterwards.
    """
    return (
        f"from {effective} to {last} no revision is in effect, and requests of these days have no determination",
        "mend `original_effective_date` where it is wrong; the first release decides from which day on there is one",
    )


@issue()
def late_effective_date(effective: str, first: str) -> tuple[str, str]:
    """The original effective date lies after a day on which a released revision of the policy is in effect already.

    Requests from the first revision on are decided, so that the policy cannot have taken effect later than that.
    """
    hint = f"write `original_effective_date: {first}`"
    return f"the policy is said to be in effect from {effective} on, and its first revision is from {first} on", hint


@issue()
def turned_outcome(name: str, effect: str, before: str) -> tuple[str, str]:
    """An outcome means something else for people than in the newest revision.

    What was determined before names it, so that its meaning stays. An outcome with another meaning has another name.
    """
    return f"`{name}` {effect} here and {before} in the newest revision", "give it another name, or its old effect"


@issue(Severity.WARNING)
def changed_effective_date(effective: str, before: str, revision: str) -> tuple[str, str]:
    """The original effective date is another than the newest revision prints.

    It stays the same through all revisions; the day on which a revision takes effect is given to `cdispec release`.
    Where the old date was wrong, release the new one, and say so in the summary.
    """
    hint = f"write `original_effective_date: {before}`, or release a correction"
    return f"the original effective date is {effective} here and {before} in the revision {revision}", hint
