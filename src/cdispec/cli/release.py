"""`cdispec release`: the working state of a policy becomes a revision that is never changed again."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterator

from cdispec.analysis.effects.wording import effect_lines
from cdispec.cli.common import library_folder, say, tell
from cdispec.cli.status import DONE, FAILED
from cdispec.library.lock import alone_in
from cdispec.library.release import Wish
from cdispec.publish.release import Hindered, Released, finish, release_policy
from cdispec.source import Refused


def run(arguments: argparse.Namespace) -> int:
    """Publish a policy, or note a review of it; where anything hinders that, report all of it and change nothing."""
    if arguments.corrects and not arguments.review:
        hint = "publish a correction as a release, and say so in its --summary"
        raise Refused("--corrects is for --review only", hint, usage=True)
    root = library_folder(arguments.library)
    summaries = tuple(" ".join(summary.split()) for summary in arguments.summary)
    reason = " ".join(arguments.reason.split())
    if arguments.review and (arguments.number or arguments.published):
        raise Refused("--number and --published are of a revision, and --review publishes none", usage=True)
    asked = (
        arguments.review,
        arguments.corrects,
        arguments.reworded,
        arguments.number,
        arguments.published,
        arguments.as_is,
    )
    wish = Wish(arguments.effective, summaries, reason, *asked)
    done: list[str] = []
    status = DONE
    try:
        with alone_in(root / "policy"):
            name = "" if arguments.dry_run else finish(root, arguments.policy)
            if name:
                done.append(f"finished the release of {name}, which was cut short: its row is in the history now")
            if not name.startswith(arguments.effective.isoformat()) or arguments.review:
                released = release_policy(root, arguments.policy, wish, arguments.limit, not arguments.dry_run)
                done += _lines(released, arguments.dry_run)
    except Hindered as hindered:
        if hindered.issues:
            tell(hindered.issues, root)
        _report(hindered)
        print(f"nothing was {'noted' if wish.review else 'released'}", file=sys.stderr)
        status = FAILED
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"nothing was written: {(error.strerror or str(error)).lower()}", "correct that and release again")
        status = FAILED
    finally:
        # What was done is said when it can no longer fail: that nobody reads it does not undo it.
        for line in done:
            print(line)
    return status


def _report(hindered: Hindered) -> None:
    for place, why in hindered.failing:
        print(f"{place.path}:{place.line}: {why}", file=sys.stderr)
    if hindered.failing:
        print("    hint: a revision is released when its scenarios hold; see `cdispec test`", file=sys.stderr)
    for message, hint in hindered.advice:
        say(textwrap.fill(message, 92, subsequent_indent="  "), hint)
    for problem in hindered.problems:
        print(f"{problem}\n    hint: {problem.hint}", file=sys.stderr)


def _in_effect(released: Released) -> str:
    """From when it is in effect, and where another one is in effect later, until when."""
    wish, last = released.wish, released.last
    said = f"in effect from {wish.day}" + (f" to {last}" if last else "")
    return said + (f", published on {wish.published}" if wish.published else "")


def _lines(released: Released, dry_run: bool) -> Iterator[str]:
    release, policy = released.release, released.release.policy
    named, wrote = f"{policy.named} {policy.title}", "would write" if dry_run else "wrote"
    would = "would have " if dry_run else ""
    yield would + (f"released {named}, {_in_effect(released)}" if release.files else f"noted a review of {named}")
    if release.files:
        yield f"  {wrote} {release.folder}/ ({len(release.files)} files, frozen from now on)"
    if release.history is not None:
        yield f"  {wrote} {policy.history_path} (a row of {release.name})"
    if released.effect is not None:
        yield "\nwhat it does:"
        for line in effect_lines(released.effect):
            yield textwrap.fill(line, 100, initial_indent="  ", subsequent_indent="    ")
    if released.reworded:
        yield "\nno part of this proof, but read and found to mean the same (--reworded):"
        for issue in released.reworded:
            yield textwrap.fill(
                f"{issue.place.path}:{issue.place.line}: {issue.message}", 100, subsequent_indent="    "
            )
    if dry_run:
        yield "\nnothing was written"
        return
    yield "\nnext:\n  cdispec build\n  record what was written: git commit, or a copy that you keep"
