"""Everything that `cdispec check` judges, in order: first the policies, then their scenarios, words and logic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from cdispec.check.adequacy import judge_adequacy
from cdispec.check.answers import unanswered_warnings
from cdispec.check.codes import foreign_codes, unused_code_sets
from cdispec.check.facts import constant_comparisons, dates_without_latest, unused_facts, unused_options
from cdispec.check.folders import duplicate_numbers, misnamed_folders, places_asked, unfit_folders, unused_clauses
from cdispec.check.history import (
    changed_clauses,
    changed_families,
    effective_dates,
    former_rows,
    misnamed_revisions,
    misplaced_rows,
    repeated_numbers,
    turned_outcomes,
    unknown_rows,
    unreleased,
)
from cdispec.check.measures import unreachable_measures, untested_formulas
from cdispec.check.needless import needless
from cdispec.check.places import WordPlaces
from cdispec.check.ranges import near_ranges
from cdispec.check.scenarios import (
    async_steps,
    features_without_policy,
    repeated_ids,
    unconfirmed,
    unread_features,
    untested,
)
from cdispec.check.structure import circles, duplicates, ended, second_classifications, undecided_requests, unreachable
from cdispec.check.wording import disagreeing, reworded
from cdispec.library import Memory, PolicyFolder, PolicyLibrary, ScenarioReading, Suite, read_frozen, read_suite
from cdispec.library.policies import damaged
from cdispec.library.sources import state_folder
from cdispec.model.policy import Policy
from cdispec.scenario.vocabulary import collisions
from cdispec.source import Issue, errors_of, has_errors, sorted_issues

_Of = TypeVar("_Of")
_Checks = tuple[Callable[[_Of], Iterable[Issue]], ...]

OF_A_STATE: _Checks[Policy] = (
    *(circles, duplicates, second_classifications, ended),
    *(constant_comparisons, dates_without_latest, misplaced_rows, repeated_numbers),
    *(unreachable_measures, foreign_codes),
)
"""Of the working state of a policy, and of each released revision."""

OF_A_WHOLE_STATE: _Checks[Policy] = (
    *(undecided_requests, unreachable, unused_facts, unused_options, unused_code_sets),
    unknown_rows,
)
"""What is missing in a working state; where parts of it could not be read, they may be there."""

OF_A_WORKING_STATE: _Checks[Policy] = (misnamed_folders, collisions, near_ranges)

OF_A_POLICY: _Checks[PolicyFolder] = (
    *(unreleased, effective_dates, former_rows, turned_outcomes),
    *(changed_families, misnamed_revisions, changed_clauses),
)
"""Of a working state beside the released revisions."""

OF_THE_WORDS: tuple[Callable[[PolicyFolder, WordPlaces], Iterable[Issue]], ...] = (disagreeing, reworded)
"""Of each policy without errors: its words and the logic that they stand for."""

OF_THE_SCENARIOS = (
    unread_features,
    features_without_policy,
    repeated_ids,
    untested,
    unconfirmed,
    async_steps,
    untested_formulas,
)


@dataclass(slots=True)
class Judged:
    """A library with every issue of its policies, of reading them and of what was read.

    `broken` are the numbers of policies with an error in their working state, `damaged` of those with an error in a
    released revision; a number that several policies have is in both.
    """

    library: PolicyLibrary
    issues: list[Issue] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    damaged: set[str] = field(default_factory=set)

    def usable(self) -> dict[str, Policy]:
        """The working states that can decide: those without an error, by number."""
        policies = self.library.policies
        return {number: policy for number, policy in policies.items() if number not in self.broken}

    def readings(self, suite: Suite) -> Iterator[ScenarioReading]:
        """The scenarios of a suite whose policies can decide."""
        for reading in suite.readings:
            number, working = reading.policy.number, reading.policy.in_effect is None
            if number not in (self.broken if working else self.damaged):
                yield reading


def every_issue(library: PolicyLibrary, limit: float | None, number: str = "") -> list[Issue]:
    """All that is wrong with a library, in the order of files and lines; without a limit its logic is not analysed.

    Of a number, words, logic and scenarios of its policy alone are analysed.
    """
    judged, suite = judge_policies(library), read_suite(library)
    found = judged.issues + judge_scenarios(judged, suite, read_frozen(library)) + judge_words(judged, number)
    found += judge_cases(judged, suite)
    usable = {known: policy for known, policy in judged.usable().items() if number in ("", known)}
    if limit is not None:
        found += judge_logic(judged, usable, limit)
    found = unanswered_warnings(usable.values(), found, limit is not None)
    if limit is not None:
        found += judge_adequacy(library.root, usable.values(), suite, limit)
    return sorted_issues(found)


def state_issues(state: Policy, read_whole: bool) -> list[Issue]:
    """What is wrong with a state of a policy as it was read; `read_whole` says that reading it found no error."""
    checks = OF_A_STATE + (OF_A_WHOLE_STATE if read_whole else ()) + (() if state.in_effect else OF_A_WORKING_STATE)
    return [issue for check in checks for issue in check(state)]


def judge_policies(library: PolicyLibrary, memory: Memory | None = None) -> Judged:
    """Judge the policies of a library; a `memory` keeps what was found of those that were not read again."""
    judged, memory = Judged(library, [*library.issues]), memory or Memory()
    for folder in library.folders:
        found = [issue for check in OF_A_POLICY for issue in check(folder)]
        if folder.working:
            read_whole = not damaged(folder.issues)
            found += memory.found(folder.working, partial(state_issues, read_whole=read_whole))
        if not has_errors(folder.damages):
            # Of a revision that was altered it is enough to report that.
            judge = partial(state_issues, read_whole=False)
            found += errors_of([issue for state in folder.revisions for issue in memory.found(state, judge)])
        judged.issues += found
        errors = {state_folder(issue.place.path) for issue in errors_of(folder.issues + folder.damages + found)}
        # What is wrong with a clause that it includes is wrong with its working state.
        working = {f"policy/{folder.slug}", ""}
        if errors & working:
            judged.broken.add(folder.number)
        if errors - working:
            judged.damaged.add(folder.number)
    asked = places_asked(library)
    judged.issues = [issue for issue in judged.issues if issue.code != "unreachable-clause" or issue.place not in asked]
    judged.issues += [*duplicate_numbers(library), *unfit_folders(library), *unused_clauses(library)]
    numbers = Counter(folder.number for folder in library.folders if folder.number)
    duplicated = {number for number, times in numbers.items() if times > 1}
    judged.broken |= duplicated
    judged.damaged |= duplicated
    return judged


def judge_scenarios(judged: Judged, suite: Suite, frozen: Suite) -> list[Issue]:
    """Every issue of the scenarios of a library, of reading them and of what was read."""
    found = suite.issues + frozen.issues
    found += [issue for reading in judged.readings(suite) for issue in reading.issues]
    found += errors_of([issue for reading in judged.readings(frozen) for issue in reading.issues])
    return found + [issue for check in OF_THE_SCENARIOS for issue in check(judged.library, suite)]


def judge_cases(judged: Judged, suite: Suite) -> list[Issue]:
    """What the scenarios of each policy state without need; one that cannot be read as it is meant is left out."""
    sound: dict[str, list[ScenarioReading]] = {}
    for reading in judged.readings(suite):
        if not has_errors([*reading.issues]):
            sound.setdefault(reading.policy.number, []).append(reading)
    return [issue for number, own in sound.items() for issue in needless(judged.library.policies[number], own)]


def judge_words(judged: Judged, number: str = "") -> list[Issue]:
    """Where words of a library and the logic that they stand for part; of a number only in its policy."""
    places, usable = WordPlaces(judged.library.root), judged.usable()
    folders = [folder for folder in judged.library.folders if folder.number in usable and number in ("", folder.number)]
    return [issue for folder in folders for check in OF_THE_WORDS for issue in check(folder, places)]


def judge_logic(judged: Judged, usable: Mapping[str, Policy], limit: float) -> list[Issue]:
    """Every fault in the logic of policies, and what their histories claim otherwise than is proved.

    Each question to the solver may take `limit` seconds.
    """
    from cdispec.analysis.effects.claims import claims_of
    from cdispec.analysis.effects.compare import effect_of
    from cdispec.analysis.faults.policy import faults_of

    found: list[Issue] = []
    for number, policy in usable.items():
        revisions = () if number in judged.damaged else judged.library.revisions.get(number, ())
        found += [*faults_of(policy, limit), *claims_of(policy, revisions, partial(effect_of, limit=limit))]
    return found
