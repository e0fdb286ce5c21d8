"""Issues of a policy's logic, proved for every case at once."""

from __future__ import annotations

from cdispec.issues.catalogue import issue
from cdispec.source import Severity


@issue(Severity.WARNING, answerable=True)
def never_met(clause: str, why: str) -> tuple[str, str]:
    """There is no case that meets a criterion, whatever is answered, on any day on which it is in force.

    Nor does a complete record, in which a comparison of what is absent is false. Only the innermost cause is told, and
    not the lists above it that can never be met for the same reason.
    """
    return f"no case meets {clause}: {why}", "mend it, or remove it"


@issue(Severity.WARNING, answerable=True)
def always_met(clause: str, why: str) -> tuple[str, str]:
    """Every case meets a criterion, whatever is answered, on any day on which it is in force.

    So does a complete record that answers nothing: a choice of every answer there is asks that one is documented, and
    is not told. Only the innermost cause is told.
    """
    return f"every case meets {clause}: {why}", "mend it, or remove it"


@issue(Severity.WARNING, answerable=True)
def conflicting_clauses(clause: str, members: str) -> tuple[str, str]:
    """Members of an all-of can be met each for itself, but not together, so that no case meets the list.

    The members that are named are enough for that, and without any one of them the others could be met together.
    """
    return f"no case meets {clause}: {members} cannot be met together", "mend one of them, or ask for `any:`"


@issue(Severity.WARNING, answerable=True)
def implied_clause(clause: str, why: str) -> tuple[str, str]:
    """A member of a list adds nothing to it.

    In an all-of it is met wherever the other members are that are named. In an any-of one of those that are named is
    met wherever it is. That holds of complete records as well, whatever is absent from them. None of the members that
    are named could be left out of the proof.
    """
    return f"{clause} adds nothing to its list: {why}", "remove it, or mend the one that is wrong"


@issue(Severity.WARNING, answerable=True)
def shadowed_clause(clause: str, request: str, outcome: str, by: str) -> tuple[str, str]:
    """Every case that meets an indication or an exclusion is decided first by clauses before it.

    Exclusions are asked first, in document order, then indications. The clauses that are named are enough for that.
    """
    message = f"no request of kind `{request}` is {outcome} under {clause}: each that meets it is decided first by {by}"
    return message, "narrow what decides first, or remove this clause"


@issue(Severity.WARNING, answerable=True)
def unaddressed_case(request: str, case: str) -> tuple[str, str]:
    """No clause settles a request, whatever else is answered, and the policy says nothing of the rest.

    The case is a smallest one. Where it is a complete record, what is absent from it shows neither an answer nor its
    opposite. `otherwise:` says what becomes of every request that no clause settles. Where the
    document leaves them open on purpose, `otherwise: not addressed` records that, and an interpretation can say why.
    """
    hint = "say what becomes of it, with `otherwise:` for all the rest; `otherwise: not addressed` leaves it open"
    return f"no clause addresses this request of kind `{request}`: {case}", hint


@issue(Severity.WARNING, answerable=True)
def redundant_criterion(clause: str, beside: str) -> tuple[str, str]:
    """A criterion makes no difference: without it, every case has the outcome and the classifications that it has.

    That is asked of the cases that answer every fact and of all complete records, not of what is still open.
    Where another criterion makes it needless, that one is named: without it, this one would count. The criteria that
    are told can all be removed together, as well as those that add nothing to their list.
    """
    why = f" beside {beside}" if beside else ""
    return f"{clause} never changes an outcome{why}: every case is decided alike without it", "remove it, or mend it"


@issue(Severity.WARNING)
def undecided_question(question: str) -> tuple[str, str]:
    """It was not decided within the limit of work whether something is so of every case; nothing is guessed.

    `--limit` of `cdispec check` states the work of one question, in seconds of an ordinary machine. The work is counted
    in steps and not by the clock, so that the same library has the same issues everywhere. What was found before the
    limit is reported.
    """
    return f"not decided within the limit: {question}", "allow more work with `--limit SECONDS`"
