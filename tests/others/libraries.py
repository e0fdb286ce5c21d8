"""Small libraries of policies that share a clause, or of which one asks another, and what is done with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cdispec.library import read_library
from cdispec.library.release import Wish, write_release
from cdispec.library.release import prepared as release_of

FIRST, SECOND = "2025-06-01", "2026-01-01"
FRONT = """\
---
number: "{number}"
title: {title}
issuer: Test Library
document: Clinical Determination and Indication
status: draft
original_effective_date: {effective}
last_review_date: {effective}
requests:
  initial: {phrase}
---
"""
SHARED = """\
Every device is for patients who meet **all** of the following criteria:

~~~criteria
all:
  - {fact: adult, text: An adult}
  - {fact: mobile, text: Who is mobile}
~~~
"""
BRACE = """\

## Indications {#indications}

A brace is medically necessary for patients who meet {general-criteria} and have:

~~~criteria
request: initial
outcome: medically necessary
otherwise: not medically necessary
all:
  - {fact: unstable, text: An unstable joint}
  - meets: general-criteria
~~~

## General Criteria {#general-criteria}

~~~include
general-criteria
~~~
"""
FACTS = """\
adult:
  kind: yes-no
  phrase: the patient is an adult

mobile:
  kind: yes-no
  phrase: the patient is mobile
"""
SLUGS = {"00041": "00041-braces", "00042": "00042-walkers"}


def yes_no(*ids: str) -> str:
    """Facts that are answered yes or no."""
    return "\n".join(f"{id}:\n  kind: yes-no\n  phrase: there is {id}\n" for id in ids)


def front(number: str, title: str, phrase: str, effective: str = FIRST) -> str:
    """The head of a document."""
    return FRONT.format(number=number, title=title, phrase=phrase, effective=effective)


def state(root: Path, number: str, document: str, facts: str = "", **head: str) -> None:
    """Write the working state of a policy."""
    folder = root / "policy" / SLUGS.get(number, f"{number}-policy")
    folder.mkdir(parents=True, exist_ok=True)
    phrase = f"the device of {number} is requested"
    (folder / "policy.md").write_text(front(number, f"Policy {number}", phrase, **head) + document, "utf-8")
    if facts:
        (folder / "facts.yaml").write_text(facts, "utf-8")


def common(root: Path, facts: str = FACTS, **clauses: str) -> None:
    """Write what policies share: facts, and clauses by their ids, with `_` for `-`."""
    (root / "policy" / "shared").mkdir(parents=True, exist_ok=True)
    (root / "policy" / "facts.yaml").write_text(facts, "utf-8")
    for id, text in clauses.items():
        (root / "policy" / "shared" / f"{id.replace('_', '-')}.md").write_text(text, "utf-8")


def released(root: Path, number: str, day: str, *summaries: str) -> None:
    """Release the working state of a policy; what would hinder it is not asked."""
    library = read_library(root)
    wish = Wish(date.fromisoformat(day), summaries)
    release = release_of(root, library.policies[number], library.revisions.get(number, ()), wish)
    assert release is not None
    write_release(root, release)


def edit(file: Path, old: str, new: str) -> None:
    """Change a file that has some text once."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def sharing(root: Path) -> Path:
    """Two policies that include one clause, each released on the first day."""
    common(root, general_criteria=SHARED)
    state(root, "00041", BRACE, yes_no("unstable"))
    state(root, "00042", BRACE.replace("brace", "walker").replace("unstable", "weak"), yes_no("weak"))
    for number in SLUGS:
        released(root, number, FIRST)
    return root


WALKER = """\

## Coverage {#covered}

A walker is covered for patients who are:

~~~criteria
all:
  - {fact: adult, text: Adults}
  - {fact: mobile, text: Mobile}
~~~

## Indications {#indications}

A walker is medically necessary for patients who meet {covered} and are weak.

~~~criteria
request: initial
outcome: medically necessary
otherwise: not medically necessary
all:
  - {fact: weak}
  - meets: covered
~~~
"""
TRAY = """\

## Trays {#trays}

A tray is medically necessary where it is prescribed and the coverage of CDI 00042 is met.

~~~criteria
request: initial
outcome: medically necessary
otherwise: not medically necessary
all:
  - {fact: prescribed}
  - meets: 00042/covered
~~~
"""
SOFTER = ("  - {fact: mobile, text: Mobile}\n", "")
"""An edit of the walkers, of which patients need no longer be mobile."""


def asking(root: Path, tray: str = TRAY) -> Path:
    """A policy of trays that asks one of walkers, both released on the first day, the walkers anew on the second."""
    common(root)
    state(root, "00042", WALKER, yes_no("weak"))
    state(root, "00041", tray, yes_no("prescribed"))
    for number in SLUGS:
        released(root, number, FIRST)
    edit(root / "policy" / SLUGS["00042"] / "policy.md", *SOFTER)
    released(root, "00042", SECOND, "Patients need no longer be mobile.")
    return root
