"""A policy that asks for a code set of 20,000 rows: checking it, deciding by it, printing its look-up."""

from __future__ import annotations

import contextlib
import io
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cdispec import cli
from cdispec.library import read_library
from cdispec.model.cells import Cells
from cdispec.model.facts import SetOf
from cdispec.targets.python import compile_policy

SIZE = 20_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

POLICY = """\
---
number: "90052"
title: Codes
issuer: Test
document: Test
status: draft
original_effective_date: 2024-01-01
last_review_date: 2024-01-01
requests:
  pump: a pump is requested
---

## Indications {#indications}

A pump is medically necessary with a covered diagnosis and none that excludes it:

~~~criteria
request: pump
outcome: medically necessary
otherwise: not medically necessary
all:
- {fact: diagnosis, in: covered-codes}
- not: {fact: diagnosis, includes any of: [O00-O9A, Z33.*]}
~~~
"""

FACTS = """\
diagnosis:
  kind: codes
  system: ICD-10-CM
  name: the diagnosis codes
  question: Which diagnosis codes does the record have?
  phrase: the diagnosis codes are {value}
  including: the diagnosis codes include {value}
  none: there is no diagnosis code
"""

SCENARIOS = """\
Feature: Codes

  @covered
  Scenario: A covered code
    Given the diagnosis codes are A00.000
    When a pump is requested on 2025-07-01
    Then it is medically necessary under I
"""


def rows() -> list[str]:
    """Single codes, some with days, wildcards and ranges, none of which overlap."""
    found = []
    for number in range(SIZE):
        letter, rest = LETTERS[number % 26], number // 26
        category, below = f"{letter}{rest // 40:02}", rest % 40
        if below == 39:
            pattern = f"{category}.9*"
        elif below == 38:
            pattern = f"{category}.80-{category}.85"
        else:
            pattern = f"{category}.{below:03}"
        days = (",2024-10-01,", ",,2025-09-30", ",,", ",,")[number % 4]
        found.append(f"{pattern},Diagnosis {number} of the list{days if pattern != 'A00.000' else ',,'}")
    return found


def lay_out(root: Path) -> None:
    """A library with the policy and its set."""
    folder = root / "policy" / "90052-codes"
    (folder / "codes").mkdir(parents=True)
    (folder / "policy.md").write_text(POLICY, "utf-8")
    (folder / "facts.yaml").write_text(FACTS, "utf-8")
    lines = ["code,description,from,until", *rows()]
    (folder / "codes" / "covered-codes.csv").write_text("\n".join(lines) + "\n", "utf-8")
    features = root / "features" / "90052-codes"
    features.mkdir(parents=True)
    (features / "codes.feature").write_text(SCENARIOS, "utf-8")


def timed(what: str, run: Callable[[], object]) -> None:
    """Print the best of three times that something takes."""
    best = min(_seconds(run) for _ in range(3))
    print(f"{what:<60} {best * 1000:>10.2f} ms")


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def check(root: Path) -> None:
    """`cdispec check`, the analysis of its logic and of its scenarios included."""
    with contextlib.redirect_stdout(io.StringIO()):
        assert cli.main(["check", "--library", str(root)]) == 0


def decide_many(root: Path) -> None:
    """Determinations of 1,000 cases of ten codes each."""
    policy = read_library(root).policies["90052"]
    compiled, chance = compile_policy(policy), random.Random(0)
    known = [row.split(",")[0].replace("*", "1").split("-")[0] for row in rows()]
    raws = [
        {
            "policy": "90052",
            "request": "pump",
            "date": "2025-07-01",
            "facts": {"diagnosis": [*chance.sample(known, 9), f"Y99.{number:03}"]},
        }
        for number in range(1000)
    ]
    compiled.respond(raws[0])
    start = time.process_time()
    told = [compiled.respond(raw) for raw in raws]
    spent = time.process_time() - start
    assert None not in told
    print(f"{'a determination of a JSON case of ten codes, explained':<60} {spent:>10.3f} ms")


def main() -> None:
    """Lay the library out and time what is done with it."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        lay_out(root)
        print(f"\na code set of {SIZE:,} rows, CPU time, the best of three")
        timed("reading the library", lambda: read_library(root))
        fact = read_library(root).policies["90052"].facts["diagnosis"]
        assert isinstance(fact, SetOf)
        assert fact.codes is not None
        sets = fact.codes.sets
        timed("cutting its sets into cells", lambda: Cells(sets, "ICD-10-CM"))
        timed("cdispec check, its logic analysed", lambda: check(root))
        decide_many(root)


if __name__ == "__main__":
    main()
