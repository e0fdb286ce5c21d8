"""What one state of a policy says and decides otherwise than another, each worked out when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cdispec.analysis.changes.change import Changes
from cdispec.analysis.changes.changes import changes
from cdispec.analysis.effects.effect import Effect
from cdispec.analysis.proof.limit import require_prover
from cdispec.model.policy import Policy


@dataclass(frozen=True)
class Difference:
    """Two states of a policy, compared; `limit` is how many seconds one question of the proof may take."""

    before: Policy
    after: Policy
    limit: float

    @cached_property
    def changes(self) -> Changes:
        """What the state after says otherwise."""
        return changes(self.before, self.after)

    @cached_property
    def effect(self) -> Effect:
        """What it is proved to decide otherwise; refused where the solver is not installed."""
        require_prover()
        from cdispec.analysis.effects.compare import effect_of

        return effect_of(self.before, self.after, self.limit)
