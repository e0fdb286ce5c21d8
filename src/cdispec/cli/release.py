"""`cdispec release`: the working state of a policy becomes a revision that is never changed again."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cdispec.analysis.effects.claims import claim_in, contradictions, denial_in
from cdispec.analysis.effects.effect import Effect
from cdispec.analysis.effects.wording import effect_lines
from cdispec.analysis.scenarios import failures
from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import library_folder, say, tell
from cdispec.cli.states import policy_named
from cdispec.determine.compiled import compile_policy
from cdispec.library import Library, Suite, read_library, read_suite
from cdispec.library.lock import alone_in
from cdispec.library.release import (
    Release,
    Wish,
    finished,
    hindrances,
    prepared,
    saved_meanwhile,
    says_nothing_new,
    write,
)
from cdispec.library.sources import snapshot
from cdispec.model.policy import Policy
from cdispec.source import Issue, Place, errors_of

if TYPE_CHECKING:
    from cdispec.publish.problems import Problem


def run(arguments: argparse.Namespace) -> int:
    """Publish a policy, or note a review of it; where anything hinders that, tell all of it and change nothing."""
    if arguments.corrects and not arguments.review:
        say("--corrects stands with --review only", "publish a correction as a release, and say so in its --summary")
        return USAGE
    folder = library_folder(arguments.library)
    if folder is None:
        return USAGE
    told: list[str] = []
    try:
        with alone_in(folder / "policy"):
            status = _release(folder, arguments, told)
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"nothing was written: {(error.strerror or str(error)).lower()}", "mend that and release again")
        status = FAILED
    # What was done is told when it can no longer fail: that nobody reads it does not undo it.
    for line in told:
        print(line)
    return status


def _release(folder: Path, arguments: argparse.Namespace, told: list[str]) -> int:
    """Do what is asked for; `told` gets what was done."""
    before = snapshot(folder)
    library = read_library(folder)
    policy = policy_named(library, arguments.policy)
    if policy is None:
        return FAILED
    if name := finished(folder, policy):
        told.append(f"finished the release of {name}, which was cut short: its row stands in the history now")
        if name == arguments.effective.isoformat() and not arguments.review:
            return DONE
        before, library = snapshot(folder), read_library(folder)
        policy = library.policies[arguments.policy]
    summaries = tuple(" ".join(summary.split()) for summary in arguments.summary)
    reason = " ".join(arguments.reason.split())
    wish = Wish(arguments.effective, summaries, reason, arguments.review, arguments.corrects)
    revisions = library.revisions.get(policy.number, ())
    if _hindered(library, policy, revisions, wish):
        print(f"nothing was {'noted' if wish.review else 'released'}", file=sys.stderr)
        return FAILED
    release = prepared(library.root, policy, revisions, wish)
    if release is None:
        path = f"policy/{policy.slug}/history.yaml"
        say(f"{path} cannot be added to as it is written", "write its rows below `rows:`, each from `- date:` on")
        return FAILED
    effect = _effect(policy, revisions, wish, arguments.limit)
    if _refused(library, release, policy, revisions, wish, effect):
        print("nothing was released", file=sys.stderr)
        return FAILED
    saved = saved_meanwhile(policy, before, snapshot(folder))
    if saved:
        named = ", ".join(saved)
        say(f"nothing was written: saved while it was being checked: {named}", "release again when all is saved")
        return FAILED
    write(library.root, release)
    told += _told(release, policy, effect)
    return DONE


def _hindered(library: Library, policy: Policy, revisions: tuple[Policy, ...], wish: Wish) -> bool:
    """Tell everything that stands against a wish; whether anything does."""
    suite = Suite() if wish.review else read_suite(library)
    errors = _errors(library, suite, policy)
    failing = [] if errors or wish.review else _failures(suite, policy)
    refused = list(hindrances(library.root, policy, revisions, wish))
    if errors:
        tell(errors, library.root)
    for place, why in failing:
        print(f"{place.path}:{place.line}: {why}", file=sys.stderr)
    if failing:
        print("    hint: a revision is released when its scenarios hold; see `cdispec test`", file=sys.stderr)
    for message, hint in refused:
        say(message, hint)
    return bool(errors or failing or refused)


def _effect(policy: Policy, revisions: tuple[Policy, ...], wish: Wish, limit: float) -> Effect | None:
    """What a revision does, held against the one before; None where none is before, or nothing can be proved."""
    if wish.review or not revisions or find_spec("z3") is None:
        return None
    from cdispec.analysis.effects.compare import effect_of

    return effect_of(revisions[-1], replace(policy, in_effect=wish.day), limit)


def _refused(
    library: Library,
    release: Release,
    policy: Policy,
    revisions: tuple[Policy, ...],
    wish: Wish,
    effect: Effect | None,
) -> bool:
    """Tell why what would be frozen should not be.

    It repeats the last revision, its summary says otherwise than is proved of it, or it could never be printed.
    """
    if wish.review:
        return False
    claims = _contradictions(wish, effect) if revisions else []
    for message, hint in claims:
        say(textwrap.fill(message, 92, subsequent_indent="  "), hint)
    repeated = bool(revisions) and says_nothing_new(library.root, release, revisions[-1])
    if repeated:
        say(f"nothing but the date differs from revision {revisions[-1].revision}", "note a review instead: --review")
    problems = _unprintable(library, release, policy, revisions, wish)
    for problem in problems:
        print(f"{problem}\n    hint: {problem.hint}", file=sys.stderr)
    return bool(repeated or problems or claims)


def _contradictions(wish: Wish, effect: Effect | None) -> list[tuple[str, str]]:
    """What the summary claims otherwise than is proved; a claim that cannot be proved or refuted is not let pass."""
    if effect is not None:
        return [(issue.message, issue.hint) for issue in contradictions(wish.row, lambda: effect)]
    claim = denial_in(wish.summaries) or claim_in(wish.summaries)
    if not claim:
        return []
    return [(f"whether `{claim}` is so cannot be proved, for z3 is not installed", "pip install 'cdispec[prove]'")]


def _unprintable(
    library: Library, release: Release, policy: Policy, revisions: tuple[Policy, ...], wish: Wish
) -> Sequence[Problem]:
    """What keeps the documents of a revision from being made: once it is frozen, its words could not be mended."""
    build = library.root / "build"
    if not (build / "recipe.yaml").exists():
        return ()
    from cdispec.publish.build import revision_folder, series_folder, tasks
    from cdispec.publish.problems import RecipeError
    from cdispec.publish.recipe import load_recipe
    from cdispec.publish.shelf import Shelf

    row = () if release.history is None else (replace(wish.row, place=Place(release.history_path)),)
    history = (*policy.history, *row)
    revision = replace(policy, in_effect=wish.day, history=history)
    shelf = Shelf(replace(policy, history=history), (*revisions, revision))
    try:
        for task in tasks([shelf], load_recipe(build)):
            if task.name in (series_folder(shelf), revision_folder(revision)):
                task.make()
    except RecipeError as error:
        return error.problems
    return ()


def _errors(library: Library, suite: Suite, policy: Policy) -> list[Issue]:
    """The errors of a policy and of its scenarios; those of others do not hinder it."""
    errors = errors_of(library.issues + suite.issues)
    own = (f"policy/{policy.slug}/", f"features/{policy.slug}/", "policy/facts.yaml", "steps/")
    found = [issue for issue in errors if issue.place.path.startswith(own)]
    # A second policy of the same number is told in the folder of that one.
    return found or (errors if policy.number in library.broken | library.damaged else [])


def _failures(suite: Suite, policy: Policy) -> list[tuple[Place, str]]:
    """Where the scenarios of a policy fail."""
    compiled = compile_policy(policy)
    readings = [reading for reading in suite.readings if reading.policy is policy]
    return [failure for reading in readings for failure in failures(reading, compiled)]


def _told(release: Release, policy: Policy, effect: Effect | None) -> Iterator[str]:
    named = f"CDI {policy.number} {policy.title}"
    yield f"released {named}, in effect from {release.name}" if release.files else f"noted a review of {named}"
    if release.files:
        yield f"  wrote {release.folder}/ ({len(release.files)} files, frozen from now on)"
    if release.history is not None:
        yield f"  wrote {release.history_path} (a row of {release.name})"
    if effect is not None:
        yield "\nwhat it does:"
        for line in effect_lines(effect):
            yield textwrap.fill(line, 100, initial_indent="  ", subsequent_indent="    ")
    yield "\nnext:\n  cdispec build\n  record what was written: git commit, or a copy that you keep"
