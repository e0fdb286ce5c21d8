"""The JSON contract of a determination: the one place that says how it is spelled for other programs."""

from __future__ import annotations

from typing import Any

from cdispec.logic import Truth
from cdispec.model.determination import Determination, Explanation

ANSWERS = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "unknown"}
"""Whether a classification applies."""


def as_json(determination: Determination) -> dict[str, Any]:
    """A determination as an object; its schema is `cdispec schema determination`."""
    return {**summary_json(determination), "explanation": explanation_json(determination.explanation)}


def summary_json(determination: Determination) -> dict[str, Any]:
    """A determination without its explanation."""
    return {
        "policy": determination.policy,
        "revision": determination.revision,
        "request": determination.request,
        "date": determination.date,
        "outcome": determination.outcome.value,
        "clauses": list(determination.clauses),
        "classifications": {name: ANSWERS[truth] for name, truth in determination.classifications.items()},
        "needed": list(determination.needed),
        "settled_by": list(determination.settled_by),
        "codes": dict(determination.codes),
    }


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """An explanation as an object; `set_aside` is there only where the criterion drops out of its list."""
    said: dict[str, Any] = {
        "clause": explanation.clause,
        "id": explanation.id,
        "text": explanation.text,
        "truth": explanation.truth.word,
    }
    if explanation.set_aside:
        said["set_aside"] = explanation.set_aside
    said["because"] = [explanation_json(part) for part in explanation.because]
    return said
