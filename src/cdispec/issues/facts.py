"""Issues of facts, their phrases, and answers to them."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import did_you_mean, issue
from cdispec.source import Severity


@issue()
def unknown_fact_kind(kind: str, known: Iterable[str]) -> tuple[str, str]:
    """A fact has a kind that does not exist."""
    return f"`{kind}` is not a kind of fact", did_you_mean(kind, known)


@issue(Severity.WARNING, answerable=True)
def unused_fact(id: str) -> tuple[str, str]:
    """A policy declares a fact that no criterion asks for: a criterion was forgotten, or the fact is left over."""
    return f"no criterion asks for the fact `{id}`", "add the criterion, or remove the fact"


@issue(Severity.WARNING, answerable=True)
def unused_option(fact: str, option: str) -> tuple[str, str]:
    """No criterion names an option of a set-of fact: a listed item was forgotten, or the option is left over."""
    return f"no criterion names the option `{option}` of `{fact}`", "add the criterion, or remove the option"


@issue()
def unknown_option(text: str, fact: str, known: Iterable[str]) -> tuple[str, str]:
    """An answer is none of the options that the fact declares."""
    hint = did_you_mean(text, known, "use one of the fact's options; for a set, leave out what is not listed")
    return f"`{text}` is not an option of `{fact}`", hint


@issue()
def impossible_value(text: str, reason: str) -> tuple[str, str]:
    """A number or date lies outside the bounds that its fact declares, or a number cannot be compared exactly.

    The bounds are `minimum:` and `maximum:`, and for a date `latest: request`. Every program that decides compares
    numbers exactly up to 9,007,199,254,740,992 (2^53) and with 15 significant digits. Beyond that the page of a
    policy in a browser could decide otherwise than `cdispec determine`.

    What another line of a request comes to is impossible where the case says that there is no such line.
    """
    return f"`{text}` is impossible: {reason}", "mend the answer, or the bounds of the fact"


@issue()
def constant_comparison(fact: str, always: str) -> tuple[str, str]:
    """A comparison that every answer to its fact passes, or none does. The fact would be asked for without need."""
    return f"{always} this comparison of `{fact}`", "mend the comparison, or the fact's bounds or options"


@issue()
def counted_from_itself(id: str) -> tuple[str, str]:
    """A date is compared with itself."""
    return f"`{id}` is compared with itself", "name the other date"


@issue()
def reserved_fact(id: str) -> tuple[str, str]:
    """A fact has an id that stands for something else: `request` is the date of the request."""
    return f"`{id}` stands for the date of the request", "give the fact another id"


@issue()
def ambiguous_age(fact: str, age: int, unit: str, since: str) -> tuple[str, str]:
    """An age is stated in words that can be read in two ways.

    Somebody of 64 years and a half is "at most 64" in completed years, but born more than 64 years ago: say "less than
    65 years before". And those born on 29 February are a year older on 1 March of a common year when it is counted from
    the day back to their birth, which is how ages are worked out, but on 28 February when it is counted on from it.
    """
    hint = (
        f"compare `{fact}` with `at least: {age} {unit} before {since}`, "
        f"or with `less than: {age} {unit} before {since}` for {age - 1} or younger"
    )
    return "this age can be read in two ways", hint


@issue(Severity.WARNING, answerable=True)
def date_without_latest(fact: str) -> tuple[str, str]:
    """A date is compared with a time before the request, but its fact does not say that it cannot lie after it.

    A slip such as 2034 for 2024 is then an answer like any other, and is "not within 5 years before the request".
    `latest: request` makes it an issue of the case.
    """
    message = f"`{fact}` is compared with a time before the request, but may lie after it"
    return message, "add `latest: request` to the fact"


@issue(Severity.WARNING, answerable=True)
def range_gap(fact: str, left: str, below: str, above: str) -> tuple[str, str]:
    """Two ranges of a number come as near each other as they are written, and leave something out between them.

    "At most 88" and "at least 89" leave 88.5 to whatever else the policy says. Of a whole number (`whole: yes`) they
    leave nothing, and "at most 88" and "at least 90" leave 89. Ranges that are farther apart are taken to be meant so.
    """
    message = f"of `{fact}`, `{below}` and `{above}` leave out {left}"
    return message, "let the ranges meet, or say in an interpretation why they do not"


@issue(Severity.WARNING, answerable=True)
def range_overlap(fact: str, shared: str, ranges: tuple[str, str], outcomes: tuple[str, str]) -> tuple[str, str]:
    """Two ranges of a number that lead to different outcomes share the number at which they meet.

    "At most 90" and "at least 90" both include 90. Which of them decides follows from the order in which the policy is
    asked, and not from its words.
    """
    below, above = (f"`{words}` ({outcome})" for words, outcome in zip(ranges, outcomes, strict=True))
    return f"of `{fact}`, {below} and {above} share {shared}", "include the number in one of the ranges"


@issue()
def malformed_phrase(phrase: str, problem: str) -> tuple[str, str]:
    """A phrase cannot serve as a sentence: `{value}` is missing, stands twice, or stands in a yes-no phrase."""
    hint = "write a sentence that a scenario can say; `{value}` stands for the answer"
    return f"the phrase `{phrase}` {problem}", hint


@issue()
def sentence_needed(key: str, phrase: str, spelled: str) -> tuple[str, str]:
    """A yes-no fact leaves out its question or its negative, and the phrase does not give it for certain.

    "The Veteran has returned to work" has one denial and one question, and they need not be written. Of "the Veteran
    has pain on both sides" the denial could be that there is no pain, or pain on one side: its author must say which.
    """
    return f"`{phrase}` does not give the fact's `{key}` for certain", f"add `{key}: {spelled}`, in your own words"


@issue()
def colliding_phrases(phrase: str, other: str, first: str) -> tuple[str, str]:
    """One sentence could mean two things, so that a scenario would not say which fact or outcome it states."""
    return f"`{phrase}` can be the same sentence as `{other}` {first}", "reword one of the two phrases"


@issue()
def shadowed_fact(id: str, first: str) -> tuple[str, str]:
    """A policy declares a fact that `policy/facts.yaml` already declares for all policies."""
    return f"the fact `{id}` is already declared at {first}", "remove this one, or give it another id"
