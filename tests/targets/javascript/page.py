"""Pages in Node, and cases as a form states them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from cdispec.determine.determine import determine
from cdispec.determine.truth import in_force, truth

from cdispec.determine.contract import summary_json
from cdispec.model.case import Case
from cdispec.model.facts import Including, Value
from cdispec.model.policy import Policy, all_criteria
from cdispec.targets.javascript import data_script, engine
from tests.node import node

RUNNER = Path(__file__).parent / "run.js"


class Page:
    """A page of a browser, as far as scripts of policies need one."""

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

    def load(self, text: str) -> None:
        """Starts anew, with this script."""
        self._ask("load", text)

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


def assert_equal(page: Page, policy: Policy, cases: list[Case]) -> None:
    """The page says of each case what the reference says."""
    page.load(script(policy))
    for case in cases:
        assert page.determine(stated(case)) == expected(policy, case)


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
    if isinstance(answer, date):
        return answer.isoformat()
    return sorted(answer) if isinstance(answer, frozenset) else answer


def expected(policy: Policy, case: Case) -> dict[str, Any]:
    """What the reference says of a case, as the script tells it."""
    found = determine(policy, case)
    summary = summary_json(found)
    told = {key: summary[key] for key in ("outcome", "clauses", "needed", "settled_by", "codes")}
    return {
        **told,
        "classifications": {name: known.word for name, known in found.classifications.items()},
        "truths": {
            criterion.id: truth(criterion, policy, case).word
            for criterion in all_criteria(policy)
            if in_force(criterion, policy, case.date)
        },
    }
