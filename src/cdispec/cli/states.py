"""A state of a policy by its name, for commands that are asked about one: the day of a revision, or `working`."""

from __future__ import annotations

from importlib.util import find_spec

from cdispec.cli.common import say, tell
from cdispec.issues.catalogue import did_you_mean
from cdispec.library import Library
from cdispec.library.policies import misnamed
from cdispec.library.revisions import days_of, read_revision
from cdispec.model.facts import as_day
from cdispec.model.policy import WORKING, Policy
from cdispec.source import errors_of


def policy_named(library: Library, number: str) -> Policy | None:
    """The working state of a policy, or None after telling that there is none."""
    policy = library.policies.get(number)
    if policy is None:
        say(f"there is no policy `{number}`", did_you_mean(number, library.policies))
    return policy


def in_words(state: Policy) -> str:
    """A state of a policy, as a sentence names it."""
    return "the working state" if state.in_effect is None else f"revision {state.revision}"


def revision_names(library: Library, policy: Policy) -> list[str]:
    """The names of a policy's revisions, oldest first."""
    return [day.isoformat() for day in days_of(library.root, policy.slug)[0]]


def state_named(library: Library, policy: Policy, name: str) -> Policy | None:
    """A state of a policy that can decide, or None after telling why there is none of this name."""
    if name == WORKING:
        errors = errors_of(library.issues) if policy.number in library.broken else []
        state: Policy | None = policy
    elif name in (known := revision_names(library, policy)):
        state, errors = read_revision(library.root, policy.slug, name)
        errors += misnamed(policy.number, state) if state else []
    else:
        say(f"CDI {policy.number} has no revision `{name}`", _hint(name, known))
        return None
    if errors or state is None:
        tell(errors, library.root)
        return None
    return state


def _hint(name: str, known: list[str]) -> str:
    """What to write instead: of a day, the revision that was in effect on it."""
    earlier = [day for day in known if day <= name] if as_day(name) else []
    if earlier:
        return f"on {name} the revision {earlier[-1]} is in effect"
    return did_you_mean(name, [*known, WORKING])


def prover_stands() -> bool:
    """Whether the solver is installed; where it is not, that is told with how to get it."""
    if find_spec("z3") is not None:
        return True
    say("proving needs z3, which is not installed", "pip install 'cdispec[prove]'")
    return False
