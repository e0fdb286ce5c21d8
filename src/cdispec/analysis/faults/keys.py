"""What is answered to decide a criterion, which shows without a question that some criteria can be met or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import assert_never

from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    IncludesAnyOf,
    IsOneOf,
    Not,
    Period,
    Range,
    Reference,
    Test,
    Within,
)
from cdispec.model.facts import Number
from cdispec.model.policy import Policy, decided_by

AnswerKey = tuple[str, str]
"""Something that is answered for itself: a fact, an option of a list, or ("", "") the date of the request."""

DAY: AnswerKey = ("", "")


class Keys:
    """For each criterion of a policy all that is answered to decide it.

    Each can be answered, or be absent from a complete record, whatever is answered of the others.
    """

    def __init__(self, policy: Policy, criteria: Iterable[Criterion]) -> None:
        self.policy = policy
        self.times_asked = Counter(key for criterion in criteria for key in _own(criterion))
        self._of: dict[str, frozenset[AnswerKey]] = {}

    def of(self, criterion: Criterion) -> frozenset[AnswerKey]:
        """All that is answered to decide a criterion."""
        if criterion.id not in self._of:
            found = set(_own(criterion))
            for part in decided_by(criterion, self.policy):
                found |= self.of(part)
            self._of[criterion.id] = frozenset(found)
        return self._of[criterion.id]

    def dated(self, criterion: Criterion) -> bool:
        """Whether the date of the request decides a criterion, or whether it or a part of it is in force."""
        return DAY in self.of(criterion)

    def independent(self, criteria: Iterable[Criterion]) -> bool:
        """Whether nothing that is answered decides two of these criteria, so that they are met in any combination."""
        seen: set[AnswerKey] = set()
        for criterion in criteria:
            keys = self.of(criterion)
            if seen & keys:
                return False
            seen |= keys
        return True

    def asked_once(self, criterion: Criterion) -> bool:
        """Whether what is answered to a criterion itself is asked nowhere else, and is not the date of the request."""
        return all(key != DAY and self.times_asked[key] == 1 for key in _own(criterion))

    def free(self, comparison: Comparison) -> bool:
        """Whether some answer passes a comparison, as its kind shows. None passes in a complete record without one."""
        match comparison.test:
            case IncludesAnyOf():
                return True
            case Within():
                # The day that is counted from passes.
                return True
            case IsOneOf():
                return not isinstance(self.policy.facts[comparison.fact], Number)
            case Range():
                return False
            case _:
                assert_never(comparison.test)


def _own(criterion: Criterion) -> Iterator[AnswerKey]:
    """All that is answered to a criterion itself, and not to its parts."""
    if criterion.valid != Period():
        yield DAY
    match criterion.logic:
        case Comparison(fact, test):
            yield from _asked(fact, test)
        case AllOf() | AnyOf() | AtLeast() | Not() | Reference():
            pass
        case _:
            assert_never(criterion.logic)


def _asked(fact: str, test: Test) -> Iterator[AnswerKey]:
    match test:
        case IncludesAnyOf(options):
            yield from ((fact, option) for option in options)
        case Within(anchor=anchor):
            yield from ((fact, ""), (anchor, "") if anchor else DAY)
        case IsOneOf() | Range():
            yield fact, ""
        case _:
            assert_never(test)
