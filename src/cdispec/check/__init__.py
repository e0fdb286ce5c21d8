"""What is wrong with a library that was read, and which states of its policies may therefore decide."""

from cdispec.check.judgements import Judged, judge_logic, judge_policies, judge_scenarios

__all__ = ["Judged", "judge_logic", "judge_policies", "judge_scenarios"]
