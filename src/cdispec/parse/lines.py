"""What a policy asks of the other lines of a request, as its criteria say it."""

from __future__ import annotations

from collections.abc import Mapping

from cdispec.issues.files import duplicate_id
from cdispec.issues.lines import line_circle, meets_without_outcome, unknown_line_outcome
from cdispec.issues.policies import unknown_request
from cdispec.model.criteria import Comparison, IsOneOf, Reference
from cdispec.model.facts import ID
from cdispec.model.lines import AskedLine, line_reference
from cdispec.model.others import other_reference
from cdispec.model.policy import Policy, RequestKind, deciding
from cdispec.parse.fields import text_of
from cdispec.parse.yamltree import Scalar, YamlNode
from cdispec.source import Issue


class LineReader:
    """Reads what criteria ask of other lines; `asked` is what was read, by the facts that it is asked as."""

    def __init__(self, kinds: Mapping[str, RequestKind], issues: list[Issue]) -> None:
        self.kinds, self.issues = kinds, issues
        self.asked: dict[str, AskedLine] = {}

    def asks(self, node: YamlNode) -> bool:
        """Whether `meets:` asks what another line is determined to be, if perhaps of a kind that there is not."""
        if not isinstance(node, Scalar) or "/" not in node.text:
            return False
        is_kind = ID.fullmatch(node.text.partition("/")[0]) and not node.text[0].isdigit()
        known = line_reference(node.text, self.kinds) is not None
        return known or bool(is_kind and other_reference(node.text) is None)

    def read(self, node: YamlNode) -> Comparison | None:
        """What `requested:` or `meets:` asks of another line."""
        text = text_of(node, self.issues, "a kind of request")
        kind, outcome = line_reference(text, self.kinds) or (text.partition("/")[0], "")
        if text and kind not in self.kinds:
            self.issues.append(unknown_request(node.place, kind, self.kinds))
        if kind not in self.kinds:
            return None
        asked = AskedLine(kind, outcome, node.place)
        first = self.asked.setdefault(asked.fact, asked)
        if (first.kind, first.outcome) != (kind, outcome):
            self.issues.append(duplicate_id(node.place, asked.fact, f"line {first.place.line}"))
        return Comparison(asked.fact, IsOneOf(frozenset([True])))


def line_issues(policy: Policy) -> list[Issue]:
    """What is wrong with what a policy asks of other lines: what these never come to, and circles."""
    issues: list[Issue] = []
    for asked in policy.asked_lines.values():
        comes_to = policy.outcomes_of(asked.kind)
        if asked.outcome and asked.outcome not in comes_to:
            issues.append(unknown_line_outcome(asked.place, asked.kind, asked.outcome, [*comes_to]))
    return issues + _criteria_for_lines(policy) + _circles(policy)


def _criteria_for_lines(policy: Policy) -> list[Issue]:
    """Criteria asked by the name of a kind of request, where requests of other kinds are decided; each once."""
    found = {
        criterion.place: meets_without_outcome(criterion.place, to, policy.outcomes_of(to))
        for rule in policy.rules
        for criterion in deciding([rule.criterion], policy)
        if isinstance(criterion.logic, Reference)
        and (to := criterion.logic.to) in policy.requests
        and to in policy.criteria
        and to not in rule.requests
    }
    return [*found.values()]


def _circles(policy: Policy) -> list[Issue]:
    """Kinds of request whose outcomes depend on one another, each circle once."""
    depends = {
        kind: [asked for id in policy.lines_that_decide(kind) if (asked := policy.asked_lines[id]).outcome]
        for kind in policy.requests
    }
    issues, told = list[Issue](), set[frozenset[str]]()
    for start, directly in depends.items():
        trails = [([start], asked) for asked in directly]
        seen = {start}
        while trails:
            trail, asked = trails.pop()
            if asked.kind == start:
                if frozenset(trail) not in told:
                    told.add(frozenset(trail))
                    issues.append(line_circle(asked.place, [*trail, start]))
            elif asked.kind not in seen:
                seen.add(asked.kind)
                trails += [([*trail, asked.kind], further) for further in depends[asked.kind]]
    return issues
