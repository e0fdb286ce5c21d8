"""The library of another program: what `import cdispec` offers, described in PYTHON.md."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_never

import orjson

from cdispec.analysis.decider import Decider
from cdispec.analysis.difference import Difference
from cdispec.analysis.proof.limit import LIMIT, require_prover
from cdispec.check import every_issue
from cdispec.check.deciding import DecidingStates
from cdispec.check.states import PolicyStates
from cdispec.determine.contract import answer_json, case_json, determination_json
from cdispec.determine.determination import Decided
from cdispec.issues.files import not_json, wrong_kind
from cdispec.library import find_library, read_library
from cdispec.library.cases import Read
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.determination import Determination, Explanation, Later, Way
from cdispec.model.facts import Including, Month, NoValue, Rows
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.report.difference import difference_json
from cdispec.report.issues import issue_json
from cdispec.source import Issue, Place, Refused

__all__ = [
    "Case",
    "Determination",
    "Difference",
    "Explanation",
    "Including",
    "Issue",
    "Later",
    "Library",
    "Month",
    "NoValue",
    "Outcome",
    "Policy",
    "PolicyStates",
    "Refused",
    "Rows",
    "Truth",
    "Way",
    "as_json",
    "open_library",
]

AnyCase = Case | Mapping[str, object]
"""A case, or what states one as `cdispec schema case` describes it."""


def open_library(path: str | Path) -> Library:
    """The policy library in a folder or in one above it; none of its policies is read yet."""
    root = find_library(Path(path).resolve())
    if root is None:
        message = f"no policy library here: neither {path} nor a folder above it holds `policy/`"
        raise Refused(message, "name the folder of a library, or make one with `cdispec new`")
    return Library(root)


class Library:
    """A folder of policies. A policy is read when it is asked for, and once for all cases that it decides.

    A process that shall see what was edited or released since opens the library again.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._errors: dict[str, list[Issue]] = {}
        self._states = DecidingStates(root, self._errors.__setitem__)
        self._decider = Decider(self._states)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of its policies, as the heads of their documents state them."""
        return tuple(self._states)

    def policy(self, number: str) -> PolicyStates:
        """The policy of a number, with its working state and its revisions."""
        return PolicyStates(self.root, number)

    def check(self, limit: float | None = LIMIT) -> list[Issue]:
        """All that is wrong with the library, in the order of files and lines.

        One question about the logic may take `limit` seconds; None leaves the logic out, which needs the solver.
        """
        if limit is not None:
            require_prover()
        return every_issue(read_library(self.root), limit)

    def determine(self, case: AnyCase, as_known_on: date | None = None) -> Determination:
        """What the revision in effect on the date of a request says of it. A case with issues is refused.

        With `as_known_on` only what was published up to that day counts, where the case does not say so itself.
        """
        [found, *more] = self._determine(case, 1, as_known_on)
        if more:
            message = "the case has several lines, each with a determination of its own"
            raise Refused(message, "ask `determine_many`, or name one of them with `line`")
        if isinstance(found, Refused):
            raise found
        return found

    def determine_many(
        self, cases: Iterable[AnyCase], as_known_on: date | None = None
    ) -> Iterator[Determination | Refused]:
        """The determination of each case, in order; one with issues becomes its refusal, and the others go on.

        A case with `lines` has one for each of its lines.
        """
        for number, case in enumerate(cases, 1):
            yield from self._determine(case, number, as_known_on)

    def _determine(self, case: AnyCase, number: int, known_on: date | None) -> list[Determination | Refused]:
        place = Place("case", number)
        if not isinstance(case, Case | Mapping):
            return [Refused(issues=[wrong_kind(place, "a case", f"`{type(case).__name__}`")])]
        try:
            line = orjson.dumps(case, default=_plain, option=orjson.OPT_PASSTHROUGH_DATACLASS)
        except TypeError as error:
            return [Refused(issues=[not_json(place, str(error))])]
        answers = self._decider.decide_line(place.path, line, number, known_on)
        return [self._answered(case, answer) for answer in answers]

    def _answered(self, case: AnyCase, answer: Decided | Read) -> Determination | Refused:
        if isinstance(answer, Read):
            return self._refusal(case, answer.issues)
        policy = answer.prepared.policy
        if policy.number in self._decider.unread:
            unknown = f"whether a later revision of {policy.named} would decide otherwise is not known"
            warnings.warn(f"{unknown}: {self._errors[policy.number][0]}", stacklevel=5)
        return answer.determination()

    def _refusal(self, case: AnyCase, issues: list[Issue]) -> Refused:
        """The refusal of a case with its issues, and with the errors of a policy that cannot decide it."""
        policy = case.policy if isinstance(case, Case) else case.get("policy")
        unusable = any(issue.code == "unusable-policy" for issue in issues)
        return Refused(root=self.root, issues=[*issues, *(self._errors.get(str(policy), ()) if unusable else ())])


def _plain(value: object) -> Any:
    """What JSON has no kind of value for."""
    match value:
        case Case():
            return case_json(value)
        case Mapping():
            return dict(value)
        case frozenset() | set():
            return sorted(value)
        case Including() | Month() | NoValue() | Rows() | Decimal():
            return answer_json(value)
        case _:
            raise TypeError


def as_json(value: Determination | Case | Difference | Issue) -> dict[str, Any]:
    """A value as other programs read it; `cdispec schema` prints the schema of each."""
    match value:
        case Determination():
            return determination_json(value)
        case Case():
            return case_json(value)
        case Difference():
            return difference_json(value)
        case Issue():
            return issue_json(value)
        case _:
            assert_never(value)
