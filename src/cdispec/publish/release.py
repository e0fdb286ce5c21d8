"""Releasing a policy: everything that hinders it is said at once, or its working state becomes a frozen revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cdispec.analysis.effects.claims import claim_in, contradictions, denial_in
from cdispec.analysis.effects.effect import Effect
from cdispec.analysis.proof.limit import can_prove
from cdispec.analysis.scenarios import failures
from cdispec.check import Judged, judge_policies, judge_scenarios, judge_words
from cdispec.check.adequacy import too_little
from cdispec.check.release import hindrances, unconfirmed_hindrance, unready
from cdispec.check.states import no_policy
from cdispec.check.wording import ASKED
from cdispec.library import Suite, read_library, read_suite, read_working_states
from cdispec.library.others import broken_by
from cdispec.library.release import Release, Wish, finished, prepared, saved_meanwhile, says_nothing_new, write_release
from cdispec.library.sources import snapshot
from cdispec.model.periods import in_order, last_day, predecessor
from cdispec.model.policy import Policy
from cdispec.publish.problems import Problem, RecipeError
from cdispec.source import Issue, Place, Refused, errors_of
from cdispec.targets.python import compile_policy

Advice = tuple[str, str]
"""Why something cannot be done, and what to do."""


_READ = (
    "words were changed and their logic was not, or the reverse; no proof says whether they still agree",
    "read each of these; where all is as it is meant, release with --reworded",
)


class Hindered(Exception):  # noqa: N818 - what was asked for is at fault, not the program
    """All that hinders a release: errors, failing scenarios, what was asked for, documents that cannot be made."""

    def __init__(
        self,
        issues: Sequence[Issue] = (),
        failing: Sequence[tuple[Place, str]] = (),
        advice: Sequence[Advice] = (),
        problems: Sequence[Problem] = (),
    ) -> None:
        self.issues, self.failing, self.advice, self.problems = list(issues), failing, advice, problems
        super().__init__("a release is hindered")


@dataclass(frozen=True, slots=True)
class Released:
    """What was written, of which policy, and what it is proved to do, where something was before and can be proved.

    `last` is the last day on which it is in effect, where a revision that is in effect later was released before,
    `reworded` what no proof covers: words or logic that were changed alone, which somebody has read.
    """

    release: Release
    effect: Effect | None
    wish: Wish
    last: date | None
    reworded: tuple[Issue, ...]


def finish(root: Path, number: str) -> str:
    """Complete a release that was cut short just before its end: the name of its revision, "" where there is none."""
    policy = read_working_states(root, number).policies.get(number)
    if policy is None:
        raise no_policy(root, number)
    return finished(root, policy)


def release_policy(root: Path, number: str, wish: Wish, limit: float, write: bool = True) -> Released:
    """Publish a policy, or note a review of it; where anything hinders that, raise all of it and change nothing.

    Unless it is to `write`, nothing is changed either way.
    """
    before = snapshot(root)
    library = read_library(root)
    judged = judge_policies(library)
    policy, revisions = library.policies[number], library.revisions.get(number, ())
    _require_sound(judged, policy, revisions, wish, limit)
    release = prepared(root, policy, revisions, wish)
    if release is None:
        message = f"{policy.history_path} cannot be added to as it is written"
        raise Refused(message, "write its rows below `rows:`, each from `- date:` on")
    effect = _effect(policy, revisions, wish, limit)
    if not wish.review:
        _require_worth(root, release, revisions, wish, effect)
    if saved := saved_meanwhile(policy, before, snapshot(root)):
        message = f"nothing was written: saved while it was being checked: {', '.join(saved)}"
        raise Refused(message, "release again when all is saved")
    if write:
        write_release(root, release)
    last = last_day(wish.released(policy, revisions), revisions)
    read = wish.reworded and not wish.review
    return Released(release, effect, wish, last, _unproved(judged, policy) if read else ())


def _require_sound(judged: Judged, policy: Policy, revisions: tuple[Policy, ...], wish: Wish, limit: float) -> None:
    """A policy without errors whose scenarios hold and test enough of it, and a wish that fits its history."""
    library = judged.library
    suite = Suite() if wish.review else read_suite(library)
    found = judged.issues + ([] if wish.review else judge_scenarios(judged, suite, Suite()))
    errors = _own(errors_of(found), judged, policy)
    failing: list[tuple[Place, str]] = []
    if not errors and not wish.review:
        compiled = compile_policy(policy)
        own = [reading for reading in suite.readings if reading.policy is policy]
        failing = [failure for reading in own for failure in failures(reading, compiled)]
        errors = [] if failing else errors_of(too_little(library.root, policy, suite, limit))
    advice = [*hindrances(library.root, policy, revisions, wish), *unconfirmed_hindrance(suite, policy)]
    if not (errors or wish.review):
        advice += [
            (f"{state.named} asks it and could not decide any more: {issue.message}", issue.hint)
            for state, issue in broken_by(library.root, policy.slug, wish.day)
        ]
    if not (wish.review or wish.as_is):
        advice += unready(policy, revisions)
    if not wish.review and not any(feature.folder == policy.slug for feature in suite.features):
        advice.append(("no scenario tests the policy", f"add a .feature file in features/{policy.slug}/"))
    if not (errors or wish.review or wish.reworded):
        errors = [*_unproved(judged, policy)]
        advice += [_READ] if errors else []
    if errors or failing or advice:
        raise Hindered(errors, failing, advice)


def _unproved(judged: Judged, policy: Policy) -> tuple[Issue, ...]:
    """Words and logic that were changed one without the other, which is no part of any proof."""
    return tuple(issue for issue in judge_words(judged, policy.number) if issue.code in ASKED)


def _own(errors: list[Issue], judged: Judged, policy: Policy) -> list[Issue]:
    """The errors of a policy and of its scenarios; those of others do not hinder it."""
    shared = ("policy/facts.yaml", *policy.included.values())
    own = (f"policy/{policy.slug}/", f"features/{policy.slug}/", *shared, "steps/")
    found = [issue for issue in errors if issue.place.path.startswith(own)]
    # A second policy of the same number is reported in the folder of that one.
    return found or (errors if policy.number in judged.broken | judged.damaged else [])


def _effect(policy: Policy, revisions: tuple[Policy, ...], wish: Wish, limit: float) -> Effect | None:
    """What a revision does, compared with the one before; None where none is before, or nothing can be proved."""
    if wish.review or not revisions or not can_prove():
        return None
    from cdispec.analysis.effects.compare import effect_of

    revision, before = wish.released(policy, revisions), _before(policy, revisions, wish)
    return None if before is None else effect_of(before, revision, limit, last_day(revision, revisions))


def _before(policy: Policy, revisions: tuple[Policy, ...], wish: Wish) -> Policy | None:
    """The revision in whose place that takes effect which is asked for."""
    revision = wish.released(policy, revisions)
    return predecessor(revision, (*revisions, revision))


def _require_worth(
    root: Path, release: Release, revisions: tuple[Policy, ...], wish: Wish, effect: Effect | None
) -> None:
    """A revision that differs from the last one, agrees with its summary and can be printed."""
    before = _before(release.policy, revisions, wish)
    advice = _contradictions(wish, revisions, effect) if before else []
    if before and says_nothing_new(root, release, before):
        message = f"nothing but the date differs from revision {before.revision}"
        advice.append((message, "note a review instead: --review"))
    problems = _unprintable(root, release, revisions, wish)
    if advice or problems:
        raise Hindered(advice=advice, problems=problems)


def _contradictions(wish: Wish, revisions: tuple[Policy, ...], effect: Effect | None) -> list[Advice]:
    """What the summary claims otherwise than is proved; a claim that cannot be proved or refuted is not let pass."""
    if effect is not None:
        return [(issue.message, issue.hint) for issue in contradictions(wish.row(revisions), lambda: effect)]
    claim = denial_in(wish.summaries) or claim_in(wish.summaries)
    if not claim:
        return []
    return [(f"whether `{claim}` is so cannot be proved, for z3 is not installed", "pip install 'cdispec[prove]'")]


def _unprintable(root: Path, release: Release, revisions: tuple[Policy, ...], wish: Wish) -> Sequence[Problem]:
    """What keeps the documents of a revision from being made: once it is frozen, its words cannot be changed."""
    from cdispec.publish.build import revision_folder, series_folder, tasks
    from cdispec.publish.recipe import load_recipe
    from cdispec.publish.shelf import Shelf

    policy = release.policy
    row = () if release.history is None else (replace(wish.row(revisions), place=Place(policy.history_path)),)
    history = (*policy.history, *row)
    revision = replace(wish.released(policy, revisions), history=history)
    shelf = Shelf(replace(policy, history=history), in_order((*revisions, revision)))
    try:
        for task in tasks([shelf], load_recipe(root / "build")):
            if task.name in (series_folder(shelf), revision_folder(revision)):
                task.make()
    except RecipeError as error:
        return error.problems
    return ()
