"""Issues of requests with several lines."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import did_you_mean, issue
from cdispec.source import Severity


@issue()
def unknown_line_outcome(kind: str, outcome: str, known: Iterable[str]) -> tuple[str, str]:
    """A criterion asks whether another line is determined to be something that no request of that kind comes to."""
    hint = f"name an outcome that requests of kind `{kind}` have"
    return f"no request of kind `{kind}` is determined to be `{outcome}`", did_you_mean(outcome, known, hint)


@issue()
def line_circle(trail: Iterable[str]) -> tuple[str, str]:
    """What one kind of request is determined to be depends on what another one is determined to be, and that, directly
    or through others, on the first one. A kind that asks what another line of its own kind is determined to be is a
    circle as well. Whether something is requested can be asked both ways."""
    message = "lines ask each other in a circle: " + " -> ".join(f"`{kind}`" for kind in trail)
    return message, "break it at one of them, or ask with `requested:` whether there is such a line"


@issue()
def answered_by_lines(fact: str, asks: str) -> tuple[str, str]:
    """A case with lines answers what is worked out from them: which kinds are requested, and what these lines come to.

    A case of one request, without `lines:`, can answer it, for nothing is known of other lines there.
    """
    return f"`{fact}` (`{asks}`) is worked out from the lines of the case", "leave it out"


@issue()
def misplaced_line(problem: str) -> tuple[str, str]:
    """A request is stated in the case itself, or line by line: a case has `request:`, or `lines:` in its place. With
    `line:` beside `lines:` one of these alone is determined."""
    return problem, "write `request:`, or `lines:` with a `request:` in each"


@issue(Severity.WARNING)
def meets_without_outcome(kind: str, outcomes: Iterable[str]) -> tuple[str, str]:
    """`meets:` names a criterion whose id is a kind of request as well, where requests of another kind are decided.

    It asks whether the line itself meets that criterion, and nothing of other lines: a request without any line of that
    kind can meet it.
    """
    message = f"`meets: {kind}` asks this line for the criterion `{kind}`, and not for a line of the kind `{kind}`"
    asked = " or ".join(f"`meets: {kind}/{outcome}`" for outcome in outcomes)
    hint = f"write {asked} for what another line is determined to be, or `requested: {kind}`; "
    return message, hint + "where the criterion is meant, give it an id that is no kind of request"
