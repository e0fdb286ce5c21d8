"""`cdispec diff --cases` and `--record`: which of real cases are decided otherwise by another state of a policy."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cdispec.analysis.transitions import ComparedCases
from cdispec.cli.common import report_unread
from cdispec.cli.status import DONE, FAILED
from cdispec.library.cases import Read, sources
from cdispec.library.record import read_record
from cdispec.model.policy import Policy
from cdispec.report.changes import comparison_title
from cdispec.report.terminal import style_for
from cdispec.report.transitions import transitions_json, transitions_text
from cdispec.source import Issue, Refused


def report_transitions(root: Path, before: Policy, after: Policy, arguments: argparse.Namespace) -> int:
    """Decide every case by both states; 1 when any could not be read. Cases of other policies are only counted."""
    cases = ComparedCases(before, after, report_unread)
    for name in arguments.cases:
        for source in sources(name):
            if isinstance(source, Issue):
                cases.add_unread(Read(source.place, None, [source], []))
            else:
                cases.add_source(source)
    if arguments.record:
        record = read_record(root)
        if record.missing:
            raise Refused(record.missing, "run `cdispec test`")
        cases.add_record(record)
    if arguments.json:
        print(json.dumps(transitions_json(cases.transitions, cases.others, cases.unread), ensure_ascii=False, indent=2))
    else:
        style = style_for(sys.stdout)
        print(comparison_title(before, after, style) + "\n")
        print(transitions_text(cases.transitions, cases.others, style))
    return FAILED if cases.unread else DONE
