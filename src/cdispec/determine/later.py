"""What later revisions of a policy would say of a case that an earlier one has decided."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.determine.determination import Prepared
from cdispec.determine.reading import as_read_by
from cdispec.model.case import Case
from cdispec.model.determination import Later
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy


def first_otherwise(case: Case, of: Policy, outcome: Outcome, after: Iterable[Prepared]) -> Later | None:
    """The first of the revisions after a state, the next one first, whose outcome is another; None where none is.

    Each is asked the case as it reads it. One that is retired or has no such kind of request decides nothing.
    """
    for prepared in after:
        by = prepared.policy
        read = None if by.retired else as_read_by(case, of, by)
        if read is None:
            return Later(by.revision, None, (), False)
        decided = prepared.decide(read)
        if decided.outcome is not outcome:
            return Later(by.revision, decided.outcome, *decided.clauses())
    return None
