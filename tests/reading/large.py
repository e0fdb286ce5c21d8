"""Large policies, generated: many criteria in one list, in groups, and of all kinds of facts."""

from __future__ import annotations

FRONT = """\
---
number: "00042"
title: Generated Policy
issuer: VHA Office of Integrated Veteran Care
document: Clinical Determination and Indication
status: draft
original_effective_date: 2025-06-01
last_review_date: 2025-06-01
requests: {initial: generated therapy is requested}
---

## Indications {#indications}

~~~criteria
request: initial
outcome: medically necessary
"""


def flat(count: int) -> tuple[str, str]:
    """The facts and the document of a policy whose criteria all stand in one list."""
    items = "".join(f"  - {{fact: sign-{n}, text: Sign number {n}}}\n" for n in range(count))
    return yes_no(range(count)), f"{FRONT}all:\n{items}~~~\n"


def grouped(count: int) -> tuple[str, str]:
    """The same in groups of ten, alternately any of and at least two of."""
    groups = []
    for start in range(0, count, 10):
        key = "at least 2 of" if start % 20 else "any"
        items = "".join(
            f"      - {{fact: sign-{n}, text: Sign number {n}}}\n" for n in range(start, min(start + 10, count))
        )
        groups.append(f"  - id: group-{start}\n    text: Group {start}\n    {key}:\n{items}")
    return yes_no(range(count)), f"{FRONT}all:\n{''.join(groups)}~~~\n"


def mixed(count: int) -> tuple[str, str]:
    """Numbers, dates, options and lists in turn, so that every kind of phrase is looked up."""
    facts, items = [yes_no(range(0, count, 5))], []
    for n in range(count):
        match n % 5:
            case 0:
                items.append(f"{{fact: sign-{n}}}")
            case 1:
                facts.append(_fact(f"score-{n}", "number", ", unit: points, minimum: 0"))
                items.append(f"{{fact: score-{n}, at least: {n}}}")
            case 2:
                facts.append(_fact(f"day-{n}", "date", ", latest: request"))
                items.append(f"{{fact: day-{n}, within: 6 months before request}}")
            case 3:
                stages = ", ordered: yes, options: {i: stage I, ii: stage II, iii: stage III}"
                facts.append(_fact(f"stage-{n}", "one of", stages))
                items.append(f"{{fact: stage-{n}, at least: ii}}")
            case _:
                phrases = f", including: 'finding {n} includes {{value}}', none: there is no finding {n}"
                facts.append(_fact(f"findings-{n}", "set of", f"{phrases}, options: {{a: arm, b: back}}"))
                items.append(f"{{fact: findings-{n}, includes any of: [a, b]}}")
    listed = "".join(f"  - {item}\n" for item in items)
    return "".join(facts), f"{FRONT}all:\n{listed}~~~\n"


def yes_no(numbers: range) -> str:
    """A facts file with a yes-no fact for each number."""
    return "".join(
        f"sign-{n}: {{kind: yes-no, question: Is there sign {n}?, phrase: there is sign {n}, "
        f"negative: there is no sign {n}}}\n"
        for n in numbers
    )


def _fact(id: str, kind: str, more: str) -> str:
    told = f"name: the {id}, question: What is the {id}?, phrase: 'the {id} is {{value}}'"
    return f"{id}: {{kind: {kind}, {told}{more}}}\n"
