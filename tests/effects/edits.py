"""Edits of CDI 00036 as an author would make them, and what each does, worked out by hand.

`=` equivalent, `+` wider, `-` narrower, `~` different. An outcome not named stays equivalent. `clauses` are the
requests of which a case keeps its decided outcome and rests on other clauses; `classified` says that a case is a
complex condition, or not, otherwise than before. Of an undecided outcome nearly every edit takes cases and gives
others: what was open is settled by the other answer, and what was settled by one answer is now open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cdispec.model.outcomes import Outcome

N, X, OUT, MORE = Outcome.NECESSARY, Outcome.NOT_NECESSARY, Outcome.NOT_INDICATED, Outcome.MORE_INFORMATION
NA = Outcome.NOT_ADDRESSED

Says = Mapping[Outcome, str]

FEWER: Says = {N: "-", X: "+", MORE: "~"}
MORE_OFTEN: Says = {N: "+", X: "-", MORE: "~"}
"""An initial request is medically necessary less often, or more often."""

FEWER_AGAIN: Says = {N: "-", OUT: "+", MORE: "~"}
MORE_OFTEN_AGAIN: Says = {N: "+", OUT: "-", MORE: "~"}
"""The same of a continuation, which is otherwise not indicated."""

BOTH = ("initial", "continuation")
AGAIN = ("continuation",)
START = ("initial",)

Swap = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Edit:
    """Texts of the document and of the facts replaced, and what that does. `first` is replaced in both states."""

    name: str
    document: tuple[Swap, ...] = ()
    facts: tuple[Swap, ...] = ()
    initial: Says = field(default_factory=dict)
    continuation: Says = field(default_factory=dict)
    well_being: Says = field(default_factory=dict)
    clauses: tuple[str, ...] = ()
    classified: bool = False
    same_logic: bool = False
    compared: bool = True
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    first: tuple[Swap, ...] = ()


def _item(option: str, text: str) -> str:
    return f"      - {{fact: diagnosis, includes: {option}, text: {text}}}\n"


PAIN_LIST = '    text: "An established diagnosis of at least **ONE** of the following pain conditions:"\n    any:\n'
SCAR, NECK, POST = (
    _item("scar-tissue", "Scar tissue"),
    _item("neck-pain", "Neck pain"),
    _item("post-operative-pain", "Post-operative pain"),
)
BACK, CANCER = _item("back-pain", "Back pain"), _item("cancer-pain", "Cancer pain")
PELVIC = _item("pelvic-pain", "Pelvic pain")
EXPECTATION = "  - fact: expectation-of-benefit\n  - id: pain-condition\n"
GOALS = "    all:\n      - fact: individualized-goals-set\n      - fact: goals-include-self-management\n"
PLAN = (
    "  - fact: follow-up-plan-documented\n"
    "    text: Document plan for follow-up assessment of medical massage therapy treatment outcomes\n"
)
PROGRESS = (
    "  - id: no-further-progress-expected\n    fact: further-progress-expected\n    is: no\n"
    "    text: There is no expectation of further progress toward goals\n"
)
MAINTAIN = (
    "  - fact: able-to-maintain-progress\n"
    "    text: Veteran is able to maintain achieved progress toward goals without additional therapy\n"
)
ALONE = (
    "  - fact: veteran-request-alone\n"
    "    text: Veteran request alone without provider's expectation of medical benefit\n"
)
EXCLUSIONS = "~~~criteria\nid: continuation-exclusions\nrequest: continuation\n"
AGE = "      - fact: age\n        at least: 65\n"
PAIN_AGAIN = "          - meets: pain-conditions\n"
NON_PAIN_BLOCK = """\
~~~criteria
request: initial
outcome: medically necessary
all:
  - fact: expectation-of-benefit
  - any:
"""
PROFESSIONAL = "  - fact: complexity-determined-by-professional\n"
OPTION = ("    lymphedema: lymphedema\n", "    lymphedema: lymphedema\n    pelvic-pain: pelvic pain\n")
RESPONSE = """\
      - fact: initial-goals
        at least: partially-met
        text: >-
          Initial therapeutic goals have been at least partially met based on patient evaluation and direct assessment
          of the patient's response to treatment
      - id: clinically-significant-response
        text: "A clinically significant response may include, but is not limited, to the following:"
        any:
          open: other-clinically-significant-response
          of:
            - fact: durable-improvement
              text: Durable improvement in condition being treated
            - id: durable-functional-improvement
              text: "Durable functional improvement demonstrated by the following:"
              any:
                - fact: outcomes-instruments-improvement
                  text: Clinically meaningful improvement on validated disease-specific outcomes instruments
                - fact: returned-to-work
                  text: Return to work
                - fact: daily-living-improvement
                  text: Documented improvement in activities of daily living
            - id: decreased-medications-or-interventions
              text: >-
                Documented decreased utilization of medications and/or decreased need for other interventions for the
                condition being treated
              any:
                - fact: medication-use-decreased
                - fact: intervention-need-decreased
"""
UNLISTED = "id: unlisted-indications\nrequest: initial\n"
LAST = "For all indications not listed in section {indications}. of"
APART = f"""\
~~~criteria
id: request-alone
request: continuation
outcome: not medically necessary
any:
{ALONE}~~~

"""
WELL_BEING = "~~~criteria\nid: well-being-massage\nrequest: well-being\notherwise: not medically necessary\n~~~\n"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


EDITS = (
    # Lists of conditions
    Edit(
        "any pain condition becomes all of them",
        ((PAIN_LIST, PAIN_LIST.replace("any:", "all:")),),
        initial=FEWER,
        continuation=FEWER_AGAIN,
        clauses=BOTH,
    ),
    Edit(
        "a pain condition and an expectation becomes either",
        ((f"all:\n{EXPECTATION}", f"any:\n{EXPECTATION}"),),
        initial=MORE_OFTEN,
        continuation=MORE_OFTEN_AGAIN,
        clauses=BOTH,
    ),
    Edit("an item dropped", ((NECK, ""),), initial=FEWER, continuation=FEWER_AGAIN, clauses=BOTH),
    Edit(
        "an item dropped that is asked for no longer",
        ((NECK, ""),),
        (("    neck-pain: neck pain\n", ""),),
        initial=FEWER,
        continuation=FEWER_AGAIN,
        clauses=BOTH,
    ),
    Edit(
        "an item added that could not be stated before",
        ((NECK, NECK + PELVIC),),
        (OPTION,),
        initial=MORE_OFTEN,
        continuation=MORE_OFTEN_AGAIN,
        clauses=BOTH,
    ),
    Edit("an option added that no criterion asks for", (), (OPTION,)),
    Edit("the same item twice", ((BACK, BACK + _item("back-pain", "Pain of the back, id: again")),)),
    Edit(
        "two items in a list of their own",
        ((BACK + CANCER, f"      - id: back-or-cancer\n        any:\n{_indented(BACK + CANCER)}"),),
    ),
    # An established diagnosis of either list serves, so that only the clause is another one.
    Edit("an item moved to the list of non-pain conditions", ((POST, ""), (SCAR, SCAR + POST)), clauses=START),
    Edit(
        "the expectation of benefit not asked for pain",
        ((EXPECTATION, "  - id: pain-condition\n"),),
        initial=MORE_OFTEN,
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    # Numbers
    Edit("65 or older becomes older than 65", ((AGE, AGE.replace("at least", "more than")),), classified=True),
    Edit("65 becomes 60", ((AGE, AGE.replace("65", "60")),), classified=True),
    Edit(
        "65 or older becomes 65 to 100",
        ((AGE, AGE.replace("at least: 65", "between: {at least: 65, at most: 100}")),),
        classified=True,
    ),
    # An age above 130 cannot be stated.
    Edit(
        "65 or older becomes 65 to 130", ((AGE, AGE.replace("at least: 65", "between: {at least: 65, at most: 130}")),)
    ),
    Edit("no age above 120 can be stated", (), (("  maximum: 130\n", "  maximum: 120\n"),), classified=True),
    Edit("no age below 18 can be stated", (), (("  minimum: 0\n", "  minimum: 18\n"),), classified=True),
    Edit("ages are counted in months", (), (("  unit: years\n", "  unit: months\n"),), classified=True),
    # Complex conditions
    Edit("a condition is complex without a professional", ((PROFESSIONAL, ""),), classified=True),
    Edit(
        "all three kinds of injury are asked",
        (
            (
                "            any:\n              - fact: complicated-injury",
                "            all:\n              - fact: complicated-injury",
            ),
        ),
        classified=True,
    ),
    Edit(
        "accommodation is enough without caution",
        (
            (
                "        all:\n          - fact: more-caution-required",
                "        any:\n          - fact: more-caution-required",
            ),
        ),
        classified=True,
    ),
    Edit(
        "a complex condition is an indication of its own",
        (
            (
                WELL_BEING,
                WELL_BEING + "\n~~~criteria\nid: complex-is-enough\nrequest: initial\n"
                "outcome: medically necessary\nmeets: complex-conditions\n~~~\n",
            ),
        ),
        initial=MORE_OFTEN,
        clauses=START,
    ),
    Edit(
        "care of a complex condition may go on",
        (
            (
                PAIN_AGAIN,
                PAIN_AGAIN + "          - meets: complex-conditions\n",
            ),
        ),
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    # Continuation
    Edit("a condition dropped", ((PLAN, ""),), continuation=MORE_OFTEN_AGAIN, clauses=AGAIN),
    Edit(
        "a condition added",
        (
            (
                PLAN,
                PLAN + "  - {fact: enrolled-in-hospice, is: no, id: no-hospice, text: The Veteran is not in hospice}\n",
            ),
        ),
        continuation=FEWER_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "self-management or goals",
        ((GOALS, GOALS.replace("all:", "any:")),),
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "goals need not include self-management",
        ((GOALS, GOALS.replace("      - fact: goals-include-self-management\n", "")),),
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "partially met becomes fully met",
        (("        at least: partially-met\n", "        at least: fully-met\n"),),
        # Whoever knows how far the goals are met knows both answers, so that nothing is newly open.
        continuation={N: "-", OUT: "+", MORE: "-"},
        clauses=AGAIN,
    ),
    Edit(
        "at least partially met said with its options",
        (("        at least: partially-met\n", "        is one of: [partially-met, fully-met]\n"),),
    ),
    Edit(
        "the list of responses is closed",
        (("          open: other-clinically-significant-response\n          of:\n", ""),),
        continuation=FEWER_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "goals met or a response",
        ((RESPONSE, f"      - id: goals-or-response\n        any:\n{_indented(RESPONSE)}"),),
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "functional improvement is shown by all three",
        (
            (
                "              any:\n                - fact: outcomes-instruments",
                "              all:\n                - fact: outcomes-instruments",
            ),
        ),
        continuation=FEWER_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "medications and interventions both decrease",
        (
            (
                "              any:\n                - fact: medication-use",
                "              all:\n                - fact: medication-use",
            ),
        ),
        continuation=FEWER_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "additional care asks for a listed condition only",
        (
            (PAIN_AGAIN, PAIN_AGAIN.replace("pain-conditions", "pain-condition")),
            ("          - meets: non-pain-conditions\n", "          - meets: non-pain-condition\n"),
            (NON_PAIN_BLOCK, NON_PAIN_BLOCK.replace("  - any:", "  - id: non-pain-condition\n    any:")),
        ),
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "two of four criteria of goals by their number",
        ((GOALS, GOALS.replace("all:", "at least 2 of:")),),
    ),
    # Exclusions
    Edit(
        "an exclusion dropped",
        ((MAINTAIN, ""), ("clause: able-to-maintain-progress", "clause: continuation-exclusions")),
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "an exclusion added",
        (
            (
                ALONE,
                ALONE
                + "  - fact: enrolled-in-hospice\n    id: hospice\n    text: The Veteran is enrolled in hospice\n",
            ),
        ),
        continuation=FEWER_AGAIN,
        clauses=AGAIN,
    ),
    # Without the plan the criteria of the continuation are not met, which excludes it already.
    Edit(
        "an exclusion added that another one implies",
        (
            (
                ALONE,
                ALONE + "  - {fact: follow-up-plan-documented, is: no, id: no-plan, text: No follow-up is planned}\n",
            ),
        ),
        clauses=AGAIN,
    ),
    Edit("two exclusions change places", ((PROGRESS + MAINTAIN, MAINTAIN + PROGRESS),)),
    # Both apply: the first decides. The first is unknown: more is needed, whatever the second.
    Edit(
        "an exclusion of another outcome comes first",
        ((f"\n{APART}", "\n"), (EXCLUSIONS, APART + EXCLUSIONS)),
        first=(
            (ALONE, ""),
            (
                "For all indications not listed in section {indications}. of",
                f"{APART}For all indications not listed in section {{indications}}. of",
            ),
        ),
        continuation={X: "+", OUT: "-", MORE: "~"},
    ),
    Edit(
        "expected progress excludes instead of none",
        (("    fact: further-progress-expected\n    is: no\n", "    fact: further-progress-expected\n"),),
        continuation={N: "~", OUT: "~", MORE: "~"},
        clauses=AGAIN,
    ),
    Edit(
        "the exclusions are for initial requests too",
        ((EXCLUSIONS, EXCLUSIONS.replace("request: continuation", "request: [initial, continuation]")),),
        # Where no condition is listed the criteria of a continuation are not met, so that nothing is left to the rest.
        initial={N: "-", X: "-", OUT: "+", MORE: "~"},
    ),
    # Outcomes
    Edit(
        "the pain conditions exclude",
        (
            (
                "outcome: medically necessary\n" + f"all:\n{EXPECTATION}",
                "outcome: not indicated\n" + f"all:\n{EXPECTATION}",
            ),
        ),
        # With lymphedema in a list that may hold more, it was enough; now a pain condition could exclude.
        initial={N: "-", OUT: "+", MORE: "+"},
    ),
    Edit(
        "massage for well-being is not indicated",
        ((WELL_BEING, WELL_BEING.replace("not medically necessary", "not indicated")),),
        well_being={X: "-", OUT: "+"},
    ),
    # A continuation meets its criteria or is excluded; nothing is left over.
    Edit(
        "what is left of continuations is not medically necessary",
        ((UNLISTED, UNLISTED.replace("request: initial", "request: [initial, continuation]")),),
        continuation={X: "="},
    ),
    Edit(
        "what is left of initial requests is not addressed",
        (
            (f"~~~criteria\n{UNLISTED}otherwise: not medically necessary\n~~~\n", ""),
            ("clause: [continuation-criteria-not-met, unlisted-indications]", "clause: continuation-criteria-not-met"),
            ("clause: unlisted-indications\nquestion: Does", "clause: limitations\nquestion: Does"),
            ("clause: unlisted-indications\nquestion: May", "clause: limitations\nquestion: May"),
        ),
        initial={X: "-", NA: "+"},
    ),
    # Guards and dates
    Edit(
        "no plan is asked in hospice",
        ((PLAN, PLAN + "    unless: {fact: enrolled-in-hospice, id: in-hospice}\n"),),
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "progress kept does not exclude in hospice",
        ((MAINTAIN, MAINTAIN + "    unless: {fact: enrolled-in-hospice, id: in-hospice}\n"),),
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    Edit(
        "an item from a later day on",
        ((NECK, NECK.replace("text:", "from: 2026-01-01, text:")),),
        initial=FEWER,
        continuation=FEWER_AGAIN,
        clauses=BOTH,
    ),
    Edit("an item from a day before the policy", ((NECK, NECK.replace("text:", "from: 2025-06-01, text:")),)),
    Edit(
        "an exclusion until the end of a year",
        ((MAINTAIN, MAINTAIN + "    until: 2030-12-31\n"),),
        continuation=MORE_OFTEN_AGAIN,
        clauses=AGAIN,
    ),
    # The same said in another way
    Edit(
        "both goals are said as not one missing",
        (
            (
                GOALS,
                "    not:\n      id: a-goal-is-missing\n      any:\n"
                "        - {id: no-goals, not: {fact: individualized-goals-set}}\n"
                "        - {id: no-self-management, not: {fact: goals-include-self-management}}\n",
            ),
        ),
    ),
    # "Is no" is not met in a complete record without the answer; so this is not the same.
    Edit(
        "both goals are said as none documented as missing",
        (
            (
                GOALS,
                "    not:\n      id: a-goal-is-missing\n      any:\n"
                "        - {id: no-goals, fact: individualized-goals-set, is: no}\n"
                "        - {id: no-self-management, fact: goals-include-self-management, is: no}\n",
            ),
        ),
    ),
    # Words and places
    Edit("words of a criterion", ((BACK, BACK.replace("Back pain", "Pain of the back")),), same_logic=True),
    Edit("words of a sentence", (("Not all Veterans\nwill require", "Few Veterans\nwill require"),), same_logic=True),
    Edit(
        "a section added before others",
        (
            (
                "### Limitations/Exclusions",
                "### Scope {#scope}\n\nThis concerns Veterans.\n\n### Limitations/Exclusions",
            ),
        ),
        same_logic=True,
    ),
    Edit(
        "a phrase and a question",
        (),
        (
            (
                "  phrase: the Veteran is enrolled in hospice\n",
                "  question: Is hospice care given?\n  phrase: the Veteran is in hospice\n",
            ),
        ),
        same_logic=True,
    ),
    Edit(
        "an option's printed name",
        (),
        (("    neck-pain: neck pain\n", "    neck-pain: pain of the neck\n"),),
        same_logic=True,
    ),
    # A fact of another name is another fact: what was answered to the one says nothing of the other.
    Edit(
        "a fact renamed",
        (("  - fact: follow-up-plan-documented\n", "  - fact: follow-up-planned\n"),),
        (("follow-up-plan-documented:\n", "follow-up-planned:\n"),),
        continuation={N: "~", OUT: "~", MORE: "~"},
        clauses=AGAIN,
    ),
    # Requests
    Edit(
        "a kind of request ended",
        (
            ("  well-being: general massage for well-being is requested\n", ""),
            (WELL_BEING, ""),
            ("clause: [well-being-massage, description]", "clause: description"),
            ("clause: [well-being-massage, continuation-exclusions]", "clause: continuation-exclusions"),
            ("clause: well-being-massage\n", "clause: complex-conditions\n"),
        ),
        ended=("well-being",),
    ),
    Edit(
        "a kind of request begun",
        (
            ("  well-being: general", "  at-home: massage at home is requested\n  well-being: general"),
            (WELL_BEING, WELL_BEING.replace("request: well-being", "request: [well-being, at-home]")),
        ),
        begun=("at-home",),
    ),
    # A retired policy decides nothing, so that there is nothing to compare.
    Edit(
        "the policy is retired",
        (("status: draft\n", "status: retired\n"),),
        compared=False,
    ),
)
