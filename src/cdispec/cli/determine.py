"""`cdispec determine`: what a policy says of cases, for people or, with --json, for programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import orjson

from cdispec.analysis.decider import Decider
from cdispec.check.deciding import DecidingStates
from cdispec.check.scenario_cases import cases_of_scenario
from cdispec.cli.common import library_folder, report_unread, tell
from cdispec.cli.status import DONE, FAILED
from cdispec.determine.contract import id_json
from cdispec.determine.determination import Decided
from cdispec.library.cases import STDIN, Read, sources
from cdispec.report.determination import determination_text
from cdispec.report.issues import issue_json
from cdispec.report.terminal import style_for
from cdispec.source import Issue, Refused
from cdispec.targets.python import compile_policy


def run(arguments: argparse.Namespace) -> int:
    """Decide every case of every source, or of a scenario; 1 when any could not be decided for an issue.

    Where only the library counts, a case that was rejected for what it says itself is no failure.
    """
    if arguments.working and arguments.as_known_on:
        raise Refused("a working state is not published", "leave out --working or --as-known-on", usage=True)
    root = library_folder(arguments.library)
    broken: set[str] = set()
    decider = Decider(DecidingStates(root, partial(_tell, root, broken), arguments.working), arguments.as_known_on)
    answers: Iterator[Decided | Read]
    if arguments.scenario:
        answers = _of_scenario(root, arguments)
    elif arguments.cases:
        answers = _of_sources(decider, arguments.cases)
    else:
        raise Refused("no case is named", "name a file of cases, or a scenario with --scenario", usage=True)
    good, separator = True, ""
    for number, answer in enumerate(answers, 1):
        good = good and not isinstance(answer, Read)
        if arguments.json:
            sys.stdout.buffer.write(_json(answer) + b"\n")
        elif isinstance(answer, Read):
            report_unread(answer)
        else:
            state = answer.prepared.policy
            unnamed = f"Case {number}\n" if number > 1 and not answer.case.id and not answer.beside.line else ""
            found = determination_text(answer.determination(), answer.case, state, style_for(sys.stdout))
            print(separator + unnamed + found)
            separator = "\n" + "-" * 60 + "\n\n"
    rejected = not good and arguments.fail_on == "any"
    return FAILED if rejected or broken or decider.unread else DONE


def _tell(root: Path, broken: set[str], number: str, issues: list[Issue]) -> None:
    broken.add(number)
    tell(issues, root)


def _of_sources(decider: Decider, names: list[str]) -> Iterator[Decided | Read]:
    for name in names:
        for source in sources(name):
            if isinstance(source, Issue):
                yield Read(source.place, None, [source], [])
                continue
            yield from decider.decide_source(source)
            if source.name == STDIN:
                sys.stdout.flush()


def _of_scenario(root: Path, arguments: argparse.Namespace) -> Iterator[Decided]:
    """Every case of a scenario, decided by the state that it tests."""
    if arguments.as_known_on:
        raise Refused("a scenario tests one state, whatever was published when", "leave out --as-known-on", usage=True)
    number, *more = arguments.cases or [None]
    if more:
        raise Refused("with --scenario, one policy is named", "give its number alone", usage=True)
    policy, tellings = cases_of_scenario(root, arguments.scenario, number)
    compiled = compile_policy(policy)
    return (compiled.decide(telling.case) for telling in tellings)


def _json(answer: Decided | Read) -> bytes:
    """The determination by the contract, or the place of the case and its issues."""
    if isinstance(answer, Decided):
        return answer.json()
    place = f"{answer.place.path}:{answer.place.line}"
    return orjson.dumps({**id_json(answer.id), "case": place, "issues": [issue_json(issue) for issue in answer.issues]})
