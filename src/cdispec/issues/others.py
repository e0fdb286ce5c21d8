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
def unreadable_shared_clause(id: str, path: str) -> tuple[str, str]:
    """A policy includes a clause whose file cannot be read as text, so that nothing can be decided by the policy."""
    return f"the shared clause `{id}` cannot be read", f"see what is wrong with {path}"


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
