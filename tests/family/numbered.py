"""A library whose policy has a history of 11 rows, as an agency numbers it.

Seven rows are from before the tool. Four revisions were released with it, each with another number of events from
which a device is granted: R91 (15) and R94 (14) are in effect from the same day, R94 was published later; R96 (12) is
in effect from the next year on; R99 (13), published after R96, is in effect from an earlier day, and until R96 is.
"""

from __future__ import annotations

from pathlib import Path

from cdispec.cli import main
from tests.release.libraries import PRINTS_NO_POLICY

NUMBER, SLUG = "240.4", "240.4-airway-pressure"
FOLDER = f"policy/{SLUG}"

POLICY = """\
---
number: "240.4"
title: Positive Airway Pressure
issuer: Agency of Coverage
document: National Coverage Determination
short: NCD
labels: [A, 1, a, (i)]
history_columns: [number, published, effective, explanation, reasons]
status: published
original_effective_date: 1987-01-12
last_review_date: 2008-07-01
requests:
  device: a device is requested
---

## Covered {#covered}

A device is covered where there are at least 15 events an hour.

~~~criteria
request: device
outcome: medically necessary
otherwise: not medically necessary
fact: events
at least: 15
~~~

## Revision History {#history unlabelled}

| Transmittal | Published | Effective | Explanation | Reason |
|---|---|---|---|---|
| – | – | – | – | – |
"""

FACTS = """\
events:
  kind: number
  unit: events an hour
  minimum: 0
  question: How many events an hour were there?
  phrase: there were {value} events an hour
  name: the number of events an hour
"""

FEATURE = """\
Feature: Events

  @many-events
  Scenario: Many events
    Given there were 20 events an hour
    When a device is requested on 2008-07-01
    Then it is medically necessary under A
"""

FORMER = """\
former:
  - {number: TN 12, date: 1987-01-12, published: 1986-12, updates: [Coverage was provided.]}
  - {number: TN 15, date: 1987-01-12, published: 1987-06, updates: [Indications were revised.]}
  - {number: TN 20, published: 1990-02, updates: [The manual was reprinted.]}
  - {number: TN 150, date: 2002-04-01, published: 2001-12, updates: [Coverage was expanded.], reason: A request}
  - {number: R35, date: 2005-04-04, published: 2005-05, updates: [Unattended tests are not covered.]}
  - {number: R70, published: 2007-05-01, updates: [A reference was corrected.]}
  - {date: 2007-10, updates: [A code was replaced.]}

rows: []
"""

RELEASES = (
    ("R91", 15, "2008-03-13", "2008-07-25"),
    ("R94", 14, "2008-03-13", "2008-08-29"),
    ("R96", 12, "2009-01-01", "2008-10-15"),
    ("R99", 13, "2008-06-01", "2009-03-01"),
)
"""Of each revision the number, the events, from when it is in effect and when it was published."""

NAMES = {"R91": "2008-03-13", "R94": "2008-03-13-2", "R96": "2009-01-01", "R99": "2008-06-01"}


def begun(root: Path) -> Path:
    """The library before its first release."""
    for path, text in (
        (f"{FOLDER}/policy.md", POLICY),
        (f"{FOLDER}/facts.yaml", FACTS),
        (f"{FOLDER}/history.yaml", FORMER),
        (f"features/{SLUG}/events.feature", FEATURE),
        ("build/recipe.yaml", PRINTS_NO_POLICY),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def at_least(root: Path, events: int) -> None:
    """Change from how many events on a device is granted."""
    text = POLICY.replace("at least 15 events", f"at least {events} events").replace(
        "at least: 15", f"at least: {events}"
    )
    (root / FOLDER / "policy.md").write_text(text, "utf-8")


def release(root: Path, effective: str, *arguments: str) -> int:
    """Run `cdispec release` on its policy."""
    summary = ("--summary", "The number of events was changed.")
    return main(["release", NUMBER, "--effective", effective, *summary, *arguments, "--as-is", "--library", str(root)])


def numbered(root: Path, releases: int = len(RELEASES)) -> Path:
    """The library with so many of its releases."""
    begun(root)
    for number, events, effective, published in RELEASES[:releases]:
        at_least(root, events)
        assert release(root, effective, "--number", number, "--published", published) == 0
    return root
