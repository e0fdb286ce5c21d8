"""What is wrong with a library that was read, and which states of its policies may therefore decide."""

from cdispec.check.judgements import Judged, every_issue, judge_cases, judge_policies, judge_scenarios, judge_words

__all__ = ["Judged", "every_issue", "judge_cases", "judge_policies", "judge_scenarios", "judge_words"]
