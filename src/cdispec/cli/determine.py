"""`cdispec determine`: cases decided, for people or as JSON lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

import orjson

from cdispec.analysis.decider import Decider
from cdispec.check.deciding import DecidingStates
from cdispec.cli.common import library_folder, report_unread, tell
from cdispec.cli.status import DONE, FAILED
from cdispec.library.cases import STDIN, Read, sources
from cdispec.report.determination import determination_text
from cdispec.report.issues import issue_json
from cdispec.report.terminal import style_for
from cdispec.source import Issue
from cdispec.targets.python.compiled import CompiledDecision


def run(arguments: argparse.Namespace) -> int:
    """Decide every case of every source; 1 when any could not be decided for an issue."""
    root = library_folder(arguments.library)
    decider = Decider(DecidingStates(root, lambda _, issues: tell(issues, root), arguments.working))
    good, separator = True, ""
    for answer in _answers(decider, arguments.cases):
        good = good and not isinstance(answer, Read)
        if arguments.json:
            sys.stdout.buffer.write(_json(answer) + b"\n")
        elif isinstance(answer, Read):
            report_unread(answer)
        else:
            state = answer.prepared.policy
            print(separator + determination_text(answer.determination(), answer.case, state, style_for(sys.stdout)))
            separator = "\n" + "-" * 60 + "\n\n"
    return DONE if good and not decider.unread else FAILED


def _answers(decider: Decider, names: list[str]) -> Iterator[CompiledDecision | Read]:
    for name in names:
        for source in sources(name):
            if isinstance(source, Issue):
                yield Read(source.place, None, [source], [])
                continue
            yield from decider.decide_source(source)
            if source.name == STDIN:
                sys.stdout.flush()


def _json(answer: CompiledDecision | Read) -> bytes:
    """The determination by the contract, or the place of the case and its issues."""
    if isinstance(answer, CompiledDecision):
        return answer.json()
    place = f"{answer.place.path}:{answer.place.line}"
    return orjson.dumps({"case": place, "issues": [issue_json(issue) for issue in answer.issues]})
