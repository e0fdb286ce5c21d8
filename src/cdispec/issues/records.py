"""Issues of lists of rows: their fields, what is asked of their rows, and the rows of a case."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import did_you_mean, issue


@issue()
def unknown_field(field: str, list: str, known: Iterable[str]) -> tuple[str, str]:
    """The words of a row, or a row of a case, name a field that the list does not have."""
    return f"the list `{list}` has no field `{field}`", did_you_mean(field, known)


@issue()
def unknown_list(id: str, known: Iterable[str]) -> tuple[str, str]:
    """A criterion asks for rows of something that is no list."""
    return f"`{id}` is no list", did_you_mean(id, known, "declare it in facts.yaml with `kind: list of`")


@issue()
def not_of_a_row(key: str) -> tuple[str, str]:
    """What is asked of each row is asked in a way in which a row cannot answer.

    A row answers comparisons of its fields and of the policy's other facts, joined by `all:`, `any:`, `at least n of:`
    and `not:`. Exceptions, dates of service, references, other lists and formulas are asked outside of it.
    """
    return f"`{key}` cannot be asked of a row", "ask it outside of `where:` and `is:`, beside what is asked of the rows"


@issue()
def list_as_fact(id: str) -> tuple[str, str]:
    """A criterion compares a list of rows as if it were one answer."""
    hint = f"ask for its rows, such as `some of: {{list: {id}, where: ...}}`"
    return f"`{id}` is a list of rows and is not compared as a whole", hint


@issue()
def too_many_rows(list: str, count: int, most: int) -> tuple[str, str]:
    """A case states more rows of a list, or more lines, than can be decided: each pair may have to be compared."""
    if list == "lines":
        hint = "split the request: lines that ask for each other in one case, the others in another one"
        return f"the request has {count} lines, and at most {most} are decided", hint
    hint = "leave out rows that can make no difference, and say `including:` that there are others"
    return f"`{list}` has {count} rows, and at most {most} are decided", hint
