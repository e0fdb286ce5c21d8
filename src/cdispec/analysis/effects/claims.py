"""What the summaries of a revision claim of its criteria, held against what is proved of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from cdispec.analysis.effects.effect import Effect
from cdispec.analysis.effects.limits import changed_limits
from cdispec.analysis.effects.wording import effect_lines
from cdispec.issues.logic import undecided_question
from cdispec.issues.revisions import summary_claims_change, summary_denies_change
from cdispec.model.history import HistoryRow
from cdispec.model.periods import predecessor
from cdispec.model.policy import Policy
from cdispec.source import Issue

_WHAT = (
    r"(?:(?:the|any|our) )?(?:(?:coverage|medical necessity|clinical|policy) )?"
    r"(?:criteri(?:a|on)|indications?|exclusions?|limitations?|outcomes?|determinations?|logic)"
)
_DONE = (
    r"(?:changed|revised|updated|amended|modified|added|removed|dropped|expanded|widened|narrowed|raised|lowered|"
    r"affected|altered)"
)
_BE = r"(?:was|were|is|are|has been|have been)"
_DENIES = re.compile(
    rf"\b(?:no|without) (?:\w+ )?changes? (?:{_BE} made )?(?:\w+ )?(?:in|to|of) {_WHAT}\b"
    rf"|\bno (?:\w+ )?{_WHAT} {_BE} {_DONE}\b"
    rf"|\b{_WHAT} (?:{_BE} )?(?:unchanged|not (?:been )?{_DONE})\b"
    rf"|\b{_WHAT} (?:have|has|did) not changed?\b"
    rf"|\bno {_WHAT} changes?\b|\bnot change (?:any )?{_WHAT}\b|\bwithout changing {_WHAT}\b"
    rf"|\bno effect on {_WHAT}\b|\bnothing (?:was|is) changed (?:in|of) {_WHAT}\b"
    rf"|\b{_WHAT} (?:{_BE}|remain|stay)\w* as (?:they were|before)\b"
    r"|^(?:no|editorial|wording|formatting) changes?\.?$"
    rf"|\b{_WHAT} (?:remain|stay)\w* (?:unchanged|the same|as before)\b"
    r"|\bno (?:substantive|material|clinical) changes?\b"
    r"|\b(?:editorial|wording|formatting) (?:changes?|corrections?|edits?) only\b"
    r"|\bonly (?:editorial|wording|formatting) (?:changes?|corrections?|edits?)\b"
    r"|\bonly (?:the )?(?:words|wording) (?:was|were) \w+",
    re.IGNORECASE,
)
_FORM = r"\b(?:wording|words|text|numbers?|numbering|order|layout|formatting|spelling|names?|headings?) of "
_CLAIMS = re.compile(
    rf"(?:^|[.;:,] |\band ){_WHAT} {_BE} (?:\w+ )?{_DONE}\b"
    rf"|\bchanges? (?:in|to|of) {_WHAT}\b"
    rf"|\b(?:new|additional) {_WHAT}\b(?! (?:note|section|heading|number|text|table|title|wording|label))",
    re.IGNORECASE,
)
_NO_CLAIM = re.compile(
    rf"{_FORM}{_WHAT}(?: {_BE} \w+)?"
    rf"|\b{_WHAT} {_BE} \w+ for (?:readability|clarity|consistency)\b"
    r"|\b(?:proposed|rejected|declined|considered) [^.]*|[^.]*\b(?:rejected|declined|considered)\b",
    re.IGNORECASE,
)
"""Of the form of criteria only, or of changes that were not made."""


def denial_in(summaries: Sequence[str]) -> str:
    """The words in which summaries say that the criteria are as before, or ""."""
    return next((found[0] for text in summaries if (found := _DENIES.search(text))), "")


def claim_in(summaries: Sequence[str]) -> str:
    """The words in which summaries say that the criteria were changed, or ""; those of a denial are none."""
    rest = [_NO_CLAIM.sub(" ", _DENIES.sub(" ", text)) for text in summaries]
    return next((found[0] for text in rest if (found := _CLAIMS.search(text))), "")


def contradictions(row: HistoryRow, effect: Callable[[], Effect]) -> Iterator[Issue]:
    """Where the summaries of a revision say otherwise than is proved of it; its effect is only asked for if they claim.

    A claim that could be neither proved nor refuted within the limit is told as such.
    """
    denial, claim = denial_in(row.updates), claim_in(row.updates)
    if not denial and not claim:
        return
    found = effect()
    otherwise = [witness for request in found.requests for witness in request.witnesses]
    whole = found.before.retired != found.after.retired
    whole = whole or any((found.begun, found.ended, found.named, found.unnamed))
    whole = whole or any(changed_limits(found.before, found.after))
    if otherwise or whole or any(found.classified.values()):
        if denial:
            yield summary_denies_change(row.place, denial, effect_lines(found)[0])
    elif not found.proved:
        yield undecided_question(row.place, f"whether `{denial or claim}` is so")
    elif claim and not denial:
        yield summary_claims_change(row.place, claim)


def claims_of(
    policy: Policy, revisions: Sequence[Policy], effect_of: Callable[[Policy, Policy], Effect]
) -> Iterator[Issue]:
    """The contradictions in the rows of a policy's history; a row that a later one corrects is not told again."""
    corrected = {row.corrects for row in policy.history if row.corrects}
    rows = {row.revision: row for row in policy.history if row.revision and row.date not in corrected}
    for after in revisions:
        before = predecessor(after, revisions)
        if before is not None and after.revision in rows:
            yield from contradictions(rows[after.revision], partial(effect_of, before, after))
