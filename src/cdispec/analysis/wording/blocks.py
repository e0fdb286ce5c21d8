"""Where the words in front of a block name another outcome or another kind of request than the block has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdispec.analysis.wording.claims import Found, outcomes_in
from cdispec.analysis.wording.disagreement import Disagreement, Topic, disagreement
from cdispec.analysis.wording.english import sentences, stems_of, words_of
from cdispec.analysis.wording.reading import Reading
from cdispec.analysis.wording.statements import Statement
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Classification, Otherwise, Rule, Shared

_BLOCK = "its block"
_TURNED = re.compile(r"\b(?:unless|until)\b", re.IGNORECASE)


def outcomes(statement: Statement, _: Reading) -> Iterator[Disagreement]:
    """Words that name another outcome than the block has."""
    match statement.block:
        case Rule(outcome=outcome) | Otherwise(outcome=outcome) if outcome is not Outcome.NOT_ADDRESSED:
            pass
        case Rule() | Otherwise() | Classification() | Shared() | None:
            return
    start, last = [*sentences(statement.lead)][-1]
    named = outcomes_in(last)
    grants = outcome.grants
    if not named or not statement.led:
        return
    if any(one.grants is grants and one.outcome in (None, outcome) for one in named):
        return
    if _TURNED.search(last) and any(one.grants is not grants for one in named):
        return
    at = Found(named[0].at.start + start, named[0].at.end + start)
    yield disagreement(Topic.OUTCOME, statement, statement.lead, at, _BLOCK, outcome.value)


def requests(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Words that name another kind of request than the block decides, or do not name the one that it does."""
    block, kinds = statement.block, reading.policy.requests
    if not isinstance(block, Rule | Otherwise) or not statement.led:
        return
    stems = {id: stems_of(kind.phrase) for id, kind in kinds.items()}
    telling = {id: own.difference(*(stems[other] for other in stems if other != id)) for id, own in stems.items()}
    spoken = stems_of(f"{statement.lead} {statement.section.title}")
    untold = [id for id in block.requests if telling[id] and not telling[id] & spoken]
    own = any(telling[id] & spoken for id in block.requests)
    others = frozenset[str]().union(*(telling[id] for id in kinds if id not in block.requests))
    said = " or ".join(kinds[id].phrase for id in block.requests)
    served = frozenset[str]().union(*stems.values()).difference(*telling.values())
    if untold and served & spoken and isinstance(block, Rule) and len(block.requests) < len(kinds):
        yield disagreement(Topic.OUTCOME, statement, statement.lead, None, _BLOCK, said)
    elif not own and (word := next((word for word in words_of(statement.lead) if word.stem in others), None)):
        yield disagreement(Topic.OUTCOME, statement, statement.lead, Found(word.start, word.end), _BLOCK, said)
