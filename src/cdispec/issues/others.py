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
