"""A difference between two states of a policy as JSON; see `cdispec schema diff`."""

from __future__ import annotations

from typing import Any

from cdispec.analysis.difference import Difference
from cdispec.analysis.proof.limit import can_prove
from cdispec.report.changes import changes_json
from cdispec.report.effects import effect_json


def difference_json(difference: Difference) -> dict[str, Any]:
    """What a state says and decides otherwise; the effect is None where the solver is not installed."""
    return {
        "policy": difference.after.number,
        "before": difference.before.revision,
        "after": difference.after.revision,
        "changes": changes_json(difference.changes),
        "effect": effect_json(difference.effect) if can_prove() else None,
    }
