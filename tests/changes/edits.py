"""Edits of CDI 00036, each as an author would make it."""

from __future__ import annotations

from tests.changes.states import Edit, item, section

PAIN, NON_PAIN = section("pain-conditions"), section("non-pain-conditions")
ASSESSED = item("initial-condition-assessed")
FOLLOW_UP = "  - fact: follow-up-plan-documented\n"
AGE = "      - fact: age\n        at least: 65\n        text: Advanced age of 65 or older\n"
OLD_NOTE = "**Note:** Medical massage therapy is indicated to promote, preserve, and/or restore the health"
NEW_SECTION = """\
#### Indications for Young Veterans {#young}

Medical massage therapy is considered **medically necessary** for the young:

~~~criteria
request: initial
outcome: medically necessary
all:
  - {fact: age, id: young-age, at most: 30, text: At most 30 years old}
  - {fact: expectation-of-benefit, id: young-benefit}
~~~

"""

EDITS: dict[str, tuple[Edit, ...]] = {
    "threshold": ((AGE, AGE.replace("at least: 65", "more than: 65").replace("of 65 or older", "above 65")),),
    "logic-only": ((AGE, AGE.replace("at least: 65", "more than: 65")),),
    "all-to-any": (("      massage therapy\n    all:\n", "      massage therapy\n    any:\n"),),
    "item-added": (
        (
            "      - {fact: diagnosis, includes: fibromyalgia,",
            "      - {fact: diagnosis, includes: fatigue, text: Chronic fatigue}\n"
            "      - {fact: diagnosis, includes: fibromyalgia,",
        ),
        ("    fibromyalgia: fibromyalgia\n", "    fatigue: chronic fatigue\n    fibromyalgia: fibromyalgia\n"),
    ),
    "item-removed": ((ASSESSED, ""),),
    "item-moved": ((ASSESSED, ""), (FOLLOW_UP, ASSESSED + FOLLOW_UP)),
    "item-into-another": (
        (ASSESSED, ""),
        (
            "      - fact: attainable-goals-specified\n",
            ASSESSED.replace("  - ", "      - ").replace("    text: Document assessment", "        text: Assessment")
            + "      - fact: attainable-goals-specified\n",
        ),
    ),
    "guard": (
        (AGE, AGE + "        unless: {fact: enrolled-in-hospice, id: not-in-hospice}\n        from: 2026-01-01\n"),
    ),
    "sections-swapped": ((NON_PAIN, ""), (PAIN, NON_PAIN + PAIN)),
    "section-added": ((PAIN, NEW_SECTION + PAIN),),
    "section-removed": ((section("medicare"), ""),),
    "prose": ((OLD_NOTE, "A new paragraph.\n\n" + OLD_NOTE.replace(", and/or restore", " or restore")),),
    "regrouped": (
        (
            "          - meets: pain-conditions\n",
            "          - meets: pain-conditions\n          - fact: attainable-goals-specified\n",
        ),
        ("\n      - fact: attainable-goals-specified\n", "\n"),
    ),
    "facts": (
        ("to work, in full or in part, after", "to full work after"),
        ("  maximum: 130\n", ""),
        ("    partially-met: partially met\n    fully-met:", "    partially-met: met in part\n    fully-met:"),
    ),
    "codes-and-definitions": (
        ("| 97032 | Electrical stimulation (manual) |\n", ""),
        ("| 97140 | Manual therapy techniques", "| 97139 | Something new |\n| 97140 | Manual therapy methods"),
        ("| Adjunctive Treatment | Used together with a", "| Adjunctive Treatment | Used after a"),
        ("(n.d.) Retrieved March 5, 2024, from", "(n.d.) Retrieved March 5, 2025, from"),
    ),
    "head": (
        ("\ntitle: Medical Massage Therapy\n", "\ntitle: Medical Massage and Manual Therapy\n"),
        ("status: draft\n", "status: published\n"),
        ("last_review_date: 2025-06-01", "last_review_date: 2026-01-15"),
        ("  AMA: American Medical Association\n", "  AMA: The American Medical Association\n"),
        ("  initial: medical massage", "  initial: a course of medical massage"),
    ),
    "fact-replaced": (
        ("fact: enrolled-in-hospice\n", "fact: in-hospice\n"),
        ("\nenrolled-in-hospice:\n  kind: yes-no\n", "\nin-hospice:\n  kind: yes-no\n"),
    ),
    "preamble": (
        ("## Disclaimer {#disclaimer}", "Printed before all headings.\n\nTwice.\n\n## Disclaimer {#disclaimer}"),
    ),
    "interpretation": (
        ("decision: No. At least one of the six listed criteria must be present.", "decision: Yes."),
        ("clause: age\n", "clause: [age, complex-conditions]\n"),
    ),
}
