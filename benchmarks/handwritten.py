"""CDI 00036 as a Python programmer would write it by hand for speed: the outcome only, with early returns.

It is the practical limit that the compiled form is measured against, and it knows what is unknown: None.
"""

from __future__ import annotations

from collections.abc import Callable

from cdispec.model.case import Case
from cdispec.model.facts import Including, Value
from cdispec.model.outcomes import Outcome

LISTED = frozenset(
    [
        "back-pain",
        "cancer-pain",
        "fibromyalgia",
        "headaches",
        "joint-pain",
        "plantar-fasciitis",
        "post-operative-pain",
        "pregnancy-related-pain",
        "myofascial-pain",
        "neck-pain",
        "temporomandibular-disorder",
        "lymphedema",
        "scar-tissue",
    ]
)
REQUIRED = (
    "diagnosis-confirmed",
    "initial-condition-assessed",
    "attainable-goals-specified",
    "individualized-goals-set",
    "goals-include-self-management",
    "clinical-appropriateness-documented",
    "follow-up-plan-documented",
)
RESPONSES = (
    "durable-improvement",
    "outcomes-instruments-improvement",
    "returned-to-work",
    "daily-living-improvement",
    "medication-use-decreased",
    "intervention-need-decreased",
    "other-clinically-significant-response",
)

Get = Callable[[str], Value | None]


def outcome(case: Case) -> Outcome:
    """The outcome of a case."""
    get = case.facts.get
    if case.request == "initial":
        met = indicated(get)
        if met is None:
            return Outcome.MORE_INFORMATION
        return Outcome.NECESSARY if met else Outcome.NOT_NECESSARY
    if case.request == "continuation":
        return continued(get)
    return Outcome.NOT_NECESSARY


def indicated(get: Get) -> bool | None:
    """Whether there is a listed condition with an expectation of benefit."""
    expected = get("expectation-of-benefit")
    if expected is False:
        return False
    diagnosis = get("diagnosis")
    if diagnosis is None:
        return None
    if isinstance(diagnosis, Including):
        return None if expected is None or LISTED.isdisjoint(diagnosis.members) else True
    assert isinstance(diagnosis, frozenset)
    if LISTED.isdisjoint(diagnosis):
        return False
    return None if expected is None else True


def continued(get: Get) -> Outcome:
    """The outcome of a request for continuation."""
    progress = get("further-progress-expected")
    maintains = get("able-to-maintain-progress")
    alone = get("veteran-request-alone")
    if progress is False or maintains is True or alone is True:
        return Outcome.NOT_INDICATED
    met = criteria(get)
    if met is False:
        return Outcome.NOT_INDICATED
    if met is None or progress is None or maintains is None or alone is None:
        return Outcome.MORE_INFORMATION
    return Outcome.NECESSARY


def criteria(get: Get) -> bool | None:
    """Whether the criteria for continuation are met."""
    unknown = False
    for fact in REQUIRED:
        answer = get(fact)
        if answer is False:
            return False
        if answer is None:
            unknown = True
    goals = get("initial-goals")
    if goals == "not-met":
        return False
    met = indicated(get)
    if met is False:
        return False
    response: bool | None = False
    for fact in RESPONSES:
        answer = get(fact)
        if answer is True:
            response = True
            break
        if answer is None:
            response = None
    if response is False:
        return False
    return None if unknown or goals is None or met is None or response is None else True
