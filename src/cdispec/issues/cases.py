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
    """A case names a policy that has errors, so that what it decides cannot be trusted.

    A policy with released revisions decides by these: it is unusable when one of them was altered, and not for an error
    in its working state.
    """
    return f"the policy `{number}` has errors and decides nothing", "mend what `cdispec check` tells of it"


@issue()
def before_first_revision(day: str, first: str) -> tuple[str, str]:
    """The request is dated before the policy's first revision took effect, so that no text of it applied."""
    return f"on {day} no revision was in effect; the first took effect on {first}", f"use a date from {first} on"


@issue()
def wrong_answer(fact: str, expected: str, found: str) -> tuple[str, str]:
    """The answer to a fact is of another kind than the fact: a word for a number, one option for a list of them."""
    return f"`{fact}` asks for {expected}, found {found}", f"write {expected}; leave the fact out where it is unknown"


@issue()
def no_case() -> tuple[str, str]:
    """The file or input holds no case."""
    return "there is no case here", "write a case: policy, request, date and facts"
