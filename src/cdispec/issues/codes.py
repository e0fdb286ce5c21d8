"""Issues of codes and code sets."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import alternatives, did_you_mean, issue
from cdispec.source import Severity


@issue()
def unknown_code_column(column: str, known: Iterable[str]) -> tuple[str, str]:
    """A code set has a column that does not exist, has one twice, or a row has more cells than there are columns.

    The columns are `code`, and optional `description`, `from` and `until`, the days on which the code counts.
    """
    return f"`{column}` is not a column of a code set", did_you_mean(column, known)


@issue()
def missing_code_column(column: str) -> tuple[str, str]:
    """The first line of a code set, which names its columns, does not name the one with the codes."""
    return (
        f"the first line names no column `{column}`",
        "begin with a line such as `code,description,from`",
    )


@issue()
def malformed_code(text: str, problem: str, meant: Iterable[str] = ()) -> tuple[str, str]:
    """A text is no code, wildcard or range, or an answer is no code.

    A code has letters and digits, and at most one point: `E66.01`, `97110`, `E0650`. A wildcard ends with `*`, `E11.*`,
    and stands for every code that begins so. A range has two codes of the same form, `A00-A09`, and what begins with
    its last code is in it. Answers are codes alone. Where the sets of a fact have a code with its point and an answer
    is written without it, or the reverse, nobody can say that it is in none of them.
    """
    return f"`{text}` is no code: {problem}", alternatives(meant) or "write a code such as `E66.01` or `97110`"


@issue()
def reversed_range(text: str) -> tuple[str, str]:
    """A range of codes ends before it begins, so that no code is in it."""
    first, _, last = text.partition("-")
    return f"the range `{text}` ends before it begins", f"write `{last}-{first}`, or mend one of the codes"


@issue(Severity.WARNING)
def overlapping_codes(pattern: str, other: str, line: int) -> tuple[str, str]:
    """Two rows of a code set stand for the same code on the same day: one is needless, or has a slip."""
    what = "stands twice" if pattern == other else f"and `{other}` have codes in common"
    return (
        f"`{pattern}` {what}, on the same days, see line {line}",
        "remove one row, or mend its code or days",
    )


@issue()
def unknown_code_set(id: str, known: Iterable[str]) -> tuple[str, str]:
    """A criterion asks for a code set of which there is no file.

    The set `limb-codes` is the file `codes/limb-codes.csv` in the folder of the policy, or that of the library,
    `policy/codes/limb-codes.csv`.
    """
    return f"there is no code set `{id}`", did_you_mean(id, known, f"write `codes/{id}.csv` beside the policy")


@issue(Severity.WARNING)
def unused_code_set(id: str) -> tuple[str, str]:
    """No criterion of a policy asks for a code set that stands beside it."""
    return f"no criterion asks for the code set `{id}`", "add the criterion, or remove the file"


@issue()
def foreign_code(pattern: str, system: str, fact: str) -> tuple[str, str]:
    """A fact has codes of one system, and is compared with a code that is none of that system.

    No answer could ever be that code.
    """
    return f"`{pattern}` is no code of {system}, which `{fact}` has", "mend the code, or the `system:` of the fact"


@issue()
def unknown_system(text: str, known: Iterable[str]) -> tuple[str, str]:
    """A fact of codes names a system that is not known; without one its codes may be of any."""
    return f"`{text}` is not a system of codes that is known", did_you_mean(text, known, "leave `system:` out")
