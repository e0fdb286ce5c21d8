"""Issues of a policy's document, its criteria and interpretations."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import did_you_mean, issue, quoted
from cdispec.source import Severity


@issue()
def missing_front_matter(problem: str = "") -> tuple[str, str]:
    """The document does not begin with front matter, the lines between two `---` that name the policy."""
    hint = "begin the file with a line `---`, then number, title and so on, then a line `---`"
    return f"the front matter {problem}" if problem else "the policy has no front matter", hint


@issue()
def folder_name(number: str, folder: str) -> tuple[str, str]:
    """A policy's folder begins with its number, so that it is found: `00036-medical-massage-therapy`."""
    hint = f"rename the folder to `{number}-<title>`, or mend the number"
    return f"the number `{number}` does not begin the folder's name `{folder}`", hint


@issue()
def unfit_folder(folder: str, like: str = "") -> tuple[str, str]:
    """The name of a policy's folder is part of published addresses, and of paths on every system.

    It has letters, digits, points and hyphens alone, and no two differ in capitals alone: some systems take these for
    one folder.
    """
    if like:
        return f"the folder `{folder}` differs from `{like}` in capitals alone", "rename one of them"
    return (
        f"`{folder}` is no name for the folder of a policy",
        "use letters, digits, points and hyphens: 00042-home-oxygen",
    )


@issue()
def duplicate_policy(number: str, first: str) -> tuple[str, str]:
    """Two folders hold a policy of the same number."""
    return f"the policy number `{number}` is taken by `{first}`", "give each policy a number of its own"


@issue()
def heading_without_id(title: str) -> tuple[str, str]:
    """A heading has no permanent id. Labels change when a section moves; links and scenarios hold on to the id."""
    return f"the heading `{title}` has no permanent id", "end the line with one, such as {#indications}"


@issue()
def heading_level(level: int, expected: int) -> tuple[str, str]:
    """A heading skips a level, so that its label cannot be computed; or it is not one of `##` to `######`."""
    return f"a heading with {level} `#` cannot stand here", f"use {'#' * expected}; sections have ## to ######"


@issue()
def unknown_block(name: str) -> tuple[str, str]:
    """A fenced block is none of `criteria`, `interpretation` and `include`: it would be printed as program text."""
    return f"`{name}` is not a kind of block", did_you_mean(name, ["criteria", "interpretation", "include"])


@issue()
def nested_block(name: str) -> tuple[str, str]:
    """A criteria or interpretation block stands inside a list or quotation, where it would be printed, not read."""
    return f"the `{name}` block stands inside a list or quotation", "move it out: begin its lines at the left margin"


@issue()
def unclosed_block(name: str, line: int) -> tuple[str, str]:
    """A fenced block has no closing line, so that the rest of the document would be swallowed by it."""
    hint = "end it with a line of the same signs that begin it"
    return f"the `{name}` block that begins on line {line} is not closed here", hint


@issue()
def unknown_reference(id: str, known: Iterable[str]) -> tuple[str, str]:
    """A reference names an id that no clause has."""
    return f"no clause has the id `{id}`", did_you_mean(id, known, "name the permanent id of a section or criterion")


@issue()
def id_needed(id: str, lines: list[int]) -> tuple[str, str]:
    """A reference names what several criteria ask and none has as its id, so that it could mean any of them."""
    where = ", ".join(str(line) for line in lines)
    return f"several criteria ask `{id}` (lines {where}), and none has that id", "give the one that is meant an `id:`"


@issue()
def reference_circle(ids: list[str]) -> tuple[str, str]:
    """A criterion refers to itself, directly or through others, so that it could never be decided."""
    return "the criterion refers to itself: " + " -> ".join(f"`{id}`" for id in ids), "break the circle at one of them"


@issue()
def too_many_repetitions(size: int, limit: int) -> tuple[str, str]:
    """References repeat other criteria so often that evaluating the criterion once would take that many steps."""
    return f"the criterion repeats others {size:,} times; {limit:,} are allowed", "refer to each criterion fewer times"


@issue()
def unknown_fact(id: str, known: Iterable[str]) -> tuple[str, str]:
    """A criterion, case or table names a fact that `facts.yaml` does not declare."""
    return f"there is no fact `{id}`", did_you_mean(id, known, "declare it in facts.yaml")


@issue()
def list_without_quantifier() -> tuple[str, str]:
    """A list of criteria does not say how many must be met. "The following criteria" can mean all, any, or some."""
    hint = "put it under `all:`, `any:` or `at least 2 of:`"
    return "the list does not say how many of its criteria must be met", hint


@issue()
def no_logic(known: Iterable[str]) -> tuple[str, str]:
    """A criterion has words but nothing to evaluate."""
    hint = "give it one of " + quoted(known) + ", or make it a `note:` of the criterion above"
    return "the criterion has no logic", hint


@issue()
def several_logics(keys: Iterable[str]) -> tuple[str, str]:
    """A criterion has more than one kind of logic, and does not say how they combine."""
    return "the criterion has several kinds of logic: " + quoted(keys), "put them under one `all:` or `any:`"


@issue()
def empty_list(key: str) -> tuple[str, str]:
    """A list of criteria has no members. An empty all-of would be met by everyone."""
    return f"`{key}` has no members", "add the criteria, or remove the list"


@issue()
def impossible_count(count: int, size: int) -> tuple[str, str]:
    """An at-least-n asks for more members than it has, or for none."""
    hint = f"ask for 1 to {size}, or add the missing members"
    return f"`at least {count} of` cannot be asked of {size} members", hint


@issue()
def missing_comparison(fact: str, kind: str, choice: Iterable[str]) -> tuple[str, str]:
    """A criterion names a fact that is not answered yes or no, and does not say which answers meet it."""
    return f"`{fact}` is a {kind} fact and needs a comparison", "add one of " + ", ".join(f"`{key}:`" for key in choice)


@issue()
def unsuitable_comparison(key: str, fact: str, kind: str, choice: Iterable[str]) -> tuple[str, str]:
    """A comparison does not suit the kind of its fact, such as `at least:` for a fact without an order."""
    return f"`{key}` cannot be asked of `{fact}`, a {kind} fact", "use " + ", ".join(f"`{name}:`" for name in choice)


@issue()
def several_comparisons(keys: Iterable[str]) -> tuple[str, str]:
    """A criterion compares its fact in more than one way. A range states both edges under `between:`."""
    hint = "use `between: {at least: .., at most: ..}` for a range, or put two criteria under `all:`"
    return "the criterion has several comparisons: " + quoted(keys), hint


@issue()
def empty_range() -> tuple[str, str]:
    """No answer lies between the edges of a range: they are exchanged, or follow each other and are not included."""
    return "no answer lies between these edges", "exchange the edges, or correct one of them"


@issue()
def malformed_duration(text: str, key: str) -> tuple[str, str]:
    """A time from a date is not written as a number, a unit, a direction and what it counts from.

    After `in:`, the number and the unit are followed by `from`, and the day that it counts from is the first of them.
    """
    hint = "write it as `6 months before request`, or `4 weeks after` the id of a date fact"
    if key == "in":
        hint = "write it as `12 weeks from` the id of a date fact"
    if key == "for":
        hint = "write it as `6 months`"
    return f"`{text}` is not a duration", hint


@issue()
def mixed_range() -> tuple[str, str]:
    """The edges of a time are counted from two dates, or lie on two sides of one."""
    hint = "count both edges from one date on one side of it, or put two criteria under `all:` or `any:`"
    return "the edges of this time are not counted from one date on one side of it", hint


@issue()
def unknown_request(id: str, known: Iterable[str]) -> tuple[str, str]:
    """A block or case names a kind of request that the front matter does not declare."""
    return f"there is no request kind `{id}`", did_you_mean(id, known, "declare it under `requests:`")


@issue()
def request_without_decision(id: str) -> tuple[str, str]:
    """No criteria decide a kind of request, so that every such request would be "not addressed"."""
    return f"nothing decides a request of kind `{id}`", "add a criteria block with `request:` and `outcome:` for it"


@issue()
def unknown_outcome(text: str, known: Iterable[str]) -> tuple[str, str]:
    """A block states an outcome that does not exist, or one that no clause can state."""
    return f"`{text}` is not an outcome a clause can state", did_you_mean(text, known)


@issue()
def several_roles(keys: Iterable[str]) -> tuple[str, str]:
    """A block both decides, with `outcome:` or `otherwise:`, and names a request, with `classifies:`."""
    return "the block has several roles: " + quoted(keys), "write one block for each"


@issue()
def request_without_outcome(id: str) -> tuple[str, str]:
    """A block names a kind of request but decides none: it has neither `outcome:` nor `otherwise:`.

    A classification is asked of every kind of request, and a criterion that others refer to is asked where they are.
    """
    return f"the block names the request kind `{id}`, but decides no request", "add `outcome:`, or remove `request:`"


@issue()
def second_otherwise(request: str, first_line: int) -> tuple[str, str]:
    """Two blocks say what becomes of every other request of one kind."""
    return f"`otherwise` for `{request}` stands already on line {first_line}", "keep one of them"


@issue()
def block_without_section() -> tuple[str, str]:
    """A criteria block stands before the first heading, so that it has no label by which it could be cited."""
    return "the block stands in no section, so it has no label", "put it under a heading"


@issue()
def second_classification(name: str, first_line: int) -> tuple[str, str]:
    """Two blocks give a request the same name, so that one of them would be dropped in silence."""
    return f"`{name}` is classified already on line {first_line}", "put both under one `any:` or `all:`, or rename one"


@issue()
def hidden_block() -> tuple[str, str]:
    """Lines that look like a criteria or interpretation block are none to Markdown, so that they would be printed.

    A block begins at the left margin with three or more `~` or backticks; indented lines are program text.
    """
    hint = "begin it at the left margin with `~~~`"
    return "this looks like a block, but to Markdown it is text that would be printed", hint


@issue()
def html_comment() -> tuple[str, str]:
    """A policy has an HTML comment. It hides nothing: blocks inside it still decide, and its signs would be printed."""
    return "a comment hides nothing in a policy", "remove the comment and what it should hide"


@issue()
def guard_under_not() -> tuple[str, str]:
    """A guarded criterion stands directly under `not:`. Dropping out there could mean met or not met."""
    return "`unless` on the criterion under `not:` can be read in two ways", "put `unless:` beside `not:`"


@issue()
def ended_before_effect(until: str, effective: str) -> tuple[str, str]:
    """A criterion ends before its policy takes effect, so that it never stands."""
    hint = "remove the criterion, or mend the date"
    return f"this ends on {until}, before the policy takes effect on {effective}", hint


@issue()
def empty_period() -> tuple[str, str]:
    """A criterion's `from` lies after its `until`, so that it would stand on no day."""
    return "`from` lies after `until`", "exchange the dates, or mend one of them"


@issue()
def duplicate_clause(other: str, line: int) -> tuple[str, str]:
    """Two members of one list have the same logic. One of them is a slip, and in an at-least-n it would count twice."""
    named = f"of `{other}`" if other else "of the criterion"
    return f"this repeats the logic {named} on line {line}", "remove one, or mend the one that should differ"


@issue(Severity.WARNING, answerable=True)
def unreachable_clause(reason: str) -> tuple[str, str]:
    """A clause can never decide anything: no rule refers to it, or an earlier rule decides the same requests first."""
    hint = "refer to it with `meets:`, give it an outcome, or remove it"
    return f"this clause can never decide anything: {reason}", hint


@issue()
def malformed_table(expected: str) -> tuple[str, str]:
    """A row of a table has more cells than its header, or one that is read as data does not have two filled ones.

    Markdown would drop the cells for which the header has no column.
    """
    return f"expected {expected}", "give the row as many filled cells as the header; write `\\|` for a bar in a text"


@issue()
def missing_table(section: str) -> tuple[str, str]:
    """A section that is read as data (definitions, codes) holds no table that can be read."""
    return f"the section `{section}` holds no table", "write a Markdown table with two columns and a header row"


@issue()
def mismatched_table(what: str) -> tuple[str, str]:
    """A table from which a limit reads its amount does not have exactly one row with a number for each option.

    What the table prints is what is granted, so that each row must be known by the fact that picks it.
    """
    return what, "give each option of the fact one row, its name in the first cell and the number alone in the last"


@issue()
def duplicate_entry(what: str, name: str, first_line: int) -> tuple[str, str]:
    """A term is defined twice, or a code listed twice."""
    return f"the {what} `{name}` stands already on line {first_line}", "keep one of them"


@issue(Severity.WARNING)
def unused_abbreviation(short: str) -> tuple[str, str]:
    """The front matter says what a short form stands for that the document never uses as a word of its own."""
    return f"the document never uses `{short}`", "remove it from `abbreviations:`, or mend its spelling"
