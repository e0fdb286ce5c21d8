"""Reading: a policy through the whole parser, beside PyYAML and markdown-it-py on the same text.

The peers only split the text into YAML values and Markdown tokens; the parser also finds places, checks, and builds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import median

import yaml
from markdown_it import MarkdownIt

from benchmarks.cases import ROOT
from cdispec.model.case import Case
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.targets.python import compile_policy

ROUNDS = 5
FOLDER = ROOT / "policy" / "00036-medical-massage-therapy"
FRONT = """\
---
number: "00042"
title: Generated
issuer: Nobody
document: Benchmark
status: draft
original_effective_date: 2025-06-01
last_review_date: 2025-06-01
requests: {initial: generated therapy is requested}
---

"""


def generated(count: int) -> tuple[str, str]:
    """The document and facts of a policy of so many criteria, one fact each, in sections of fifty."""
    sections, facts = [], []
    for start in range(0, count, 50):
        numbers = range(start, min(start + 50, count))
        items = "".join(f"  - {{fact: sign-{n}, text: Sign number {n} is present}}\n" for n in numbers)
        heading = (
            f"## Section {start} {{#section-{start}}}\n\nIt is **medically necessary** when any of these is met:\n\n"
        )
        sections.append(f"{heading}~~~criteria\nrequest: initial\noutcome: medically necessary\nany:\n{items}~~~\n\n")
        facts += [
            f"sign-{n}:\n  kind: yes-no\n  question: Is there sign {n}?\n"
            f"  phrase: there is sign number {n}\n  negative: there is no sign number {n}\n\n"
            for n in numbers
        ]
    return FRONT + "".join(sections), "".join(facts)


def ours(document: str, facts: str) -> None:
    """Read a policy with its facts."""
    declared, issues = read_facts(facts, "facts.yaml")
    policy, more = read_policy(document, "policy.md", "generated", declared, ())
    assert policy is not None
    assert not issues + more, (issues + more)[0]


def compiling(document: str, facts: str) -> Callable[[], object]:
    """Compile a policy and decide one case."""
    policy, _ = read_policy(document, "policy.md", "generated", read_facts(facts, "facts.yaml")[0], ())
    assert policy is not None
    request = next(iter(policy.requests))
    case = Case(policy.number, request, policy.effective, {})
    return lambda: (compiled := compile_policy(policy)).truths(compiled.checked(case))


def plain(document: str, facts: str, loader: type[yaml.SafeLoader | yaml.CSafeLoader]) -> None:
    """Split the same text: YAML of the facts, front matter and fences, Markdown of the document."""
    yaml.load(facts, Loader=loader)
    _, front, body = document.split("---\n", 2)
    yaml.load(front, Loader=loader)
    for token in MarkdownIt().enable("table").parse(body):
        if token.type == "fence":
            yaml.load(token.content, Loader=loader)


def milliseconds(do: Callable[[], object]) -> float:
    """CPU time of a call."""
    started = time.process_time()
    do()
    return (time.process_time() - started) * 1000


def main() -> None:
    """Print the median of a few interleaved rounds."""
    texts = {
        "CDI 00036": ((FOLDER / "policy.md").read_text("utf-8"), (FOLDER / "facts.yaml").read_text("utf-8")),
        "generated, 5,000 criteria": generated(5000),
    }
    for title, (document, facts) in texts.items():
        contenders: dict[str, Callable[[], object]] = {
            "cdispec: policy and facts": partial(ours, document, facts),
            "markdown-it-py and PyYAML (libyaml)": partial(plain, document, facts, yaml.CSafeLoader),
            "markdown-it-py and PyYAML (pure Python)": partial(plain, document, facts, yaml.SafeLoader),
            "cdispec: parsed policy compiled, first truths": compiling(document, facts),
        }
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for _ in range(ROUNDS):
            for name, do in contenders.items():
                times[name].append(milliseconds(do))
        base = median(times["cdispec: policy and facts"])
        print(f"\nreading {title} ({len(document) + len(facts):,} characters){'':<8} CPU ms   x cdispec")
        for name, measured in times.items():
            print(f"  {name:<48}{median(measured):10.1f}{median(measured) / base:11.2f}")


if __name__ == "__main__":
    main()
