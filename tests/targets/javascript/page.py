"""Pages in Node, and cases as a form states them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cdispec.core import exact
from cdispec.core.exact import MOST_WORK
from cdispec.determine.determination import Prepared
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.determination import Way
from cdispec.model.facts import Including, Month, NoValue, Rows, Value
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.targets.javascript import data_script, engine
from tests.node import node
from tests.targets.equality import Said, said

RUNNER = Path(__file__).parent / "run.js"
TRUTHS = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)
EXPORTED = "{ policy, determine }"
PARTS = """{
  policy, determine, shifted, lengths,
  // As a case is decided: of a complete record that every answer decides these are what the answers agree on.
  nodeTruths: (stated) => {
    const given = readCase(stated);
    return outcomeOf(decisions.get(given.request), given, evaluate(new Known(given))).truths;
  },
}"""


class Page:
    """A page of a browser, as far as scripts of policies need one: the JavaScript form as a target."""

    is_quick = True

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @classmethod
    @contextmanager
    def open(cls) -> Iterator[Page]:
        """A page, until it is closed."""
        command = [node(), str(RUNNER)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8") as process:
            yield cls(process)
            assert process.stdin is not None
            process.stdin.close()

    def load(self, policy: Policy, most_work: int = MOST_WORK) -> None:
        """Starts anew, with the script of a policy, which tells its parts here."""
        stated = (*policy.stated_outcomes, Outcome.MORE_INFORMATION, Outcome.NOT_DECIDED)
        self._outcomes = {outcome.value: outcome for outcome in stated}
        written, limit = script(policy), f"MOST_WORK = {MOST_WORK};"
        assert EXPORTED in written
        assert limit in written
        self.run(written.replace(EXPORTED, PARTS).replace(limit, f"MOST_WORK = {most_work};"))

    def run(self, text: str) -> None:
        """Starts anew, with this script."""
        self._ask("load", text)

    def some(self, cases: Iterable[Case]) -> Iterable[Case]:
        """Each of many cases."""
        return cases

    def assert_equal(self, policy: Policy, cases: Iterable[Case]) -> None:
        """It says of each case what the core says, within the limit of work that the core has now."""
        core = Prepared(policy)
        self.load(policy, exact.MOST_WORK)
        for case in cases:
            assert self.said(case) == said(core.decide(case)), case

    def said(self, case: Case) -> Said:
        """What the script says of a case, and the truths of its nodes."""
        found = self.determine(stated(case))
        truths = self.evaluate(f"cdispec.nodeTruths({json.dumps(stated(case))})")
        return Said(
            truths=[TRUTHS[truth] for truth in truths],
            outcome=self._outcomes[found["outcome"]],
            clauses=tuple(found["clauses"]),
            alternatives=found["alternatives"],
            classifications={name: Truth[truth.upper()] for name, truth in found["classifications"].items()},
            needed=tuple(found["needed"]),
            may_matter=tuple(found["may_matter"]),
            ways=tuple(Way(self._outcomes[way["outcome"]], tuple(way["facts"])) for way in found["ways"]),
            codes=found["codes"],
        )

    def determine(self, stated: object) -> Any:
        """What the script says of a case."""
        return self._ask("determine", stated)

    def evaluate(self, expression: str) -> Any:
        """What an expression comes to in the page."""
        return self._ask("evaluate", expression)

    def _ask(self, what: str, content: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([what, content]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def script(policy: Policy) -> str:
    """All that a page loads to determine cases of a policy."""
    return f"{engine()}{data_script(policy)}Object.assign(cdispec, cdispec.load(cdispecPolicy));\n"


def stated(case: Case) -> dict[str, Any]:
    """A case as the form states it."""
    return {
        "request": case.request,
        "date": case.date.isoformat(),
        "record": "complete" if case.complete else "open",
        "codes": list(case.codes),
        "facts": {id: _answer(answer) for id, answer in case.facts.items()},
    }


def _answer(answer: Value) -> object:
    if isinstance(answer, Including):
        return {"including": sorted(answer.members)}
    if isinstance(answer, NoValue):
        return {"none": True}
    if isinstance(answer, Rows):
        rows = [{name: _answer(value) for name, value in row} for row in answer.rows]
        return rows if answer.whole else {"including": rows}
    if isinstance(answer, Month):
        return str(answer)
    if isinstance(answer, date):
        return answer.isoformat()
    if isinstance(answer, Decimal):
        return float(answer)
    return sorted(answer) if isinstance(answer, frozenset) else answer
