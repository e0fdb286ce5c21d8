"""Issues of what policies share, and of what one asks of another."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import did_you_mean, issue
from cdispec.source import Severity


@issue()
def unknown_shared_clause(id: str, known: Iterable[str]) -> tuple[str, str]:
    """A policy includes a clause that `policy/shared/` does not hold."""
    return f"there is no shared clause `{id}`", did_you_mean(id, known, f"write it in policy/shared/{id}.md")


@issue()
def misplaced_include(problem: str) -> tuple[str, str]:
    """A shared clause is what stands under one heading: the policy that includes it writes that heading, with the id of
    the clause, and the clause has no headings and includes no other."""
    hint = "write the heading in the policy, with the id of the clause: ## General Criteria {#general-criteria}"
    return problem, hint


@issue(Severity.WARNING)
def unused_shared_clause(id: str) -> tuple[str, str]:
    """A clause in `policy/shared/` that no policy includes: nobody reads it, and nothing is decided by it."""
    return f"no policy includes the shared clause `{id}`", "include it, or remove its file"


@issue(Severity.WARNING)
def changed_shared_clause(id: str, revision: str) -> tuple[str, str]:
    """A shared clause says something else than in the newest revision of a policy that includes it. Whoever changed it
    for one policy changed it for all that include it; each prints and decides by it from its next revision on."""
    hint = "see what it does with `cdispec diff`, then release the policy"
    return f"the shared clause `{id}` was changed since revision {revision}", hint


@issue()
def unknown_other_policy(number: str, known: Iterable[str]) -> tuple[str, str]:
    """A criterion asks whether something of another policy is met, and the library has no policy of that number."""
    hint = "name it as in `meets: 00042/covered`: its number, then the id of a criterion"
    return f"there is no policy `{number}`", did_you_mean(number, known, hint)


@issue()
def unknown_other_clause(number: str, of: str, known: Iterable[str]) -> tuple[str, str]:
    """A criterion asks something of another policy that no state of that policy has: a criterion, a kind of request or
    an outcome of it."""
    hint = (
        "name the permanent id of a criterion, or a kind of request and an outcome: 00042/initial/medically necessary"
    )
    return f"policy `{number}` has no `{of}` that could be asked", did_you_mean(of, known, hint)


@issue()
def unsound_policy(number: str) -> tuple[str, str]:
    """A criterion asks something of another policy that has errors. Nothing is decided by what may be misread."""
    return f"policy `{number}` has errors, so that nothing can be asked of it", "correct what is reported of it"


@issue()
def policy_circle(trail: Iterable[str]) -> tuple[str, str]:
    """A criterion asks something of another policy that asks, directly or through others, the same again. It is no
    matter that each of them asks it in another year: what is asked in a circle of policies is refused for all days."""
    return "policies ask each other in a circle: " + " -> ".join(f"`{one}`" for one in trail), "break it at one of them"


@issue()
def fact_declared_otherwise(id: str, number: str, what: str) -> tuple[str, str]:
    """Two policies have a fact of one id, one of them asks something of the other, and the facts are not the same: an
    answer would mean one thing to the one and another thing to the other."""
    hint = "declare it once, in policy/facts.yaml, or give one of the two facts another id"
    return f"the fact `{id}` of policy `{number}` is another than that of this policy: {what}", hint


@issue(Severity.WARNING)
def not_in_effect(number: str, of: str, days: str) -> tuple[str, str]:
    """On some days on which a policy decides, no revision of the other policy that it asks is in effect, or the one
    that is does not state what is asked. Whether it is met is then a question that somebody must answer."""
    hint = "nothing is guessed for these days: a case answers it as a fact"
    return f"no revision of policy `{number}` that is in effect {days} states `{of}`", hint


@issue()
def two_days() -> tuple[str, str]:
    """A criterion drops out of its list on some dates of the request and on some days of a fact as well. Such a reading
    is easily wrong, so that it must be said with two criteria, one of each."""
    return "dates of service in it are asked of the request and of another day", "put them in criteria of their own"


@issue()
def nothing_dated(key: str) -> tuple[str, str]:
    """`as of:` says on which day dates of service are asked, and nothing in the criterion has dates of service."""
    hint = "give it `from:` or `until:`, or let it ask another policy with `meets: 00042/covered`"
    return f"nothing depends on the day that `{key}` names", hint


@issue()
def rows_or_codes_of_another(number: str, what: str) -> tuple[str, str]:
    """A criterion asks another policy for what depends on the rows of a list, on codes, or on the other lines of a
    request. These belong to one policy, so that such a question cannot be asked of another one."""
    hint = "ask for a criterion that depends on none, or make it a fact of this policy with `decided by:`"
    return f"what is asked of policy `{number}` depends on {what}", hint
