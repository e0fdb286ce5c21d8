"""Code sets beside the criteria that ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.issues.codes import foreign_code, unused_code_set
from cdispec.model.codes import TO, WILDCARD, CodeRow, first_code, is_code, span_of
from cdispec.model.facts import SetOf
from cdispec.model.policy import Policy
from cdispec.source import Issue, Place


def unused_code_sets(policy: Policy) -> Iterator[Issue]:
    """Code sets beside a policy that no criterion asks for; those of the library may serve other policies."""
    asked = {one.file for fact in _lists(policy) if fact.codes is not None for one in fact.codes.sets}
    for one in policy.code_sets.values():
        if one.file not in asked and one.file.startswith(f"{policy.folder}/"):
            yield unused_code_set(Place(one.file), one.id)


def foreign_codes(policy: Policy) -> Iterator[Issue]:
    """Codes of another system than that of the fact that is compared with them."""
    for fact in _lists(policy):
        if fact.codes is not None and (system := fact.codes.system):
            for one in fact.codes.sets:
                wrong = (row for row in one.rows if not _fits(row, system))
                yield from (foreign_code(row.place, row.pattern, system, fact.id) for row in wrong)


def _lists(policy: Policy) -> list[SetOf]:
    return [fact for fact in policy.facts.values() if isinstance(fact, SetOf)]


def _fits(row: CodeRow, system: str) -> bool:
    """Whether the codes that a row names are of a system; those of a wildcard, whether there is any."""
    if row.pattern.endswith(WILDCARD):
        return bool(first_code(*span_of(row.pattern), system))
    return all(is_code(code, system) for code in row.pattern.split(TO))
