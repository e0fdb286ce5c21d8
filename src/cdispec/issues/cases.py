"""Issues of cases."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import did_you_mean, issue


@issue()
def unknown_policy(number: str, known: Iterable[str]) -> tuple[str, str]:
    """A case names a policy that the library does not hold."""
    return f"there is no policy `{number}`", did_you_mean(number, known, "name a policy by its number, in quotes")


@issue()
def unusable_policy(number: str) -> tuple[str, str]:
    """The state of a policy that would decide a case has errors, so that what it decides cannot be trusted.

    A policy with released revisions decides by these, whatever the errors in its working state: it is unusable for
    requests that an altered revision would decide, and altogether where a `revision.yaml` no longer tells from when a
    revision is in effect. A policy that was never released decides by its working state.
    """
    return f"the policy `{number}` has errors and cannot decide this case", "mend what `cdispec check` tells of it"


@issue()
def before_first_revision(day: str, first: str, former: str = "") -> tuple[str, str]:
    """The request is dated before the first day on which the policy decides, so that no text of it applied.

    That is the day on which its first revision took effect, or its original effective date while none is released. What
    was in effect before, as the history says, is not written in a form that could decide.
    """
    message = f"the policy decides requests dated {first} or later; this one is dated {day}"
    if former:
        message += f", when there was no revision that could be run: {former}, is from before the tool"
    return message, f"use a date from {first} on"


@issue()
def nothing_published(day: str, first: str) -> tuple[str, str]:
    """A case is to be decided by what was published up to a day, and nothing of the policy was.

    A revision is known from its publication, which `cdispec release --published` says, and else from the day on which
    it is in effect. A working state is not published.
    """
    hint = f"its first revision is known from {first} on" if first else "it has no revision; leave out `known_on`"
    return f"nothing of the policy was published by {day}", hint


@issue()
def retired_policy(number: str, since: str = "", last: str = "") -> tuple[str, str]:
    """The request is dated in the time of a policy that is retired: nothing is determined.

    A policy is retired by releasing it with `status: retired`, from the day of that revision on. Requests of earlier
    dates are decided as before. A working state that is retired and was never released decides none; its scenarios
    test its logic all the same.
    """
    if not since:
        hint = "scenarios still test its logic; change `status:` in its policy.md to have it decide"
        return f"the working state of the policy `{number}` is retired and decides no requests", hint
    hint = f"only requests dated before {since} are decided; the last revision to decide is that of {last}"
    if not last:
        hint = "none of its revisions decides; name another policy"
    return f"the policy `{number}` is retired from {since} on and decides no requests", hint


@issue()
def wrong_answer(fact: str, expected: str, found: str, written: str = "") -> tuple[str, str]:
    """The answer to a fact is of another kind than the fact: a word for a number, one option for a list of them."""
    hint = f"write {written or expected}; leave the fact out where it is unknown"
    return f"`{fact}` asks for {expected}, found {found}", hint


@issue()
def no_case() -> tuple[str, str]:
    """The file or input holds no case."""
    return "there is no case here", "write a case: policy, request, date and facts"
