"""The commands of cdispec and their arguments.

Each command lives in a module of its own, imported when it runs, so that `--help` starts at once.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from cdispec.cli.status import FAILED, USAGE
from cdispec.source import Refused

if TYPE_CHECKING:
    from datetime import date

_EPILOG = """\
examples:
  cdispec check                        look for problems in every policy and scenario
  cdispec determine case.yaml          decide a case, and say why
  cdispec test                         run the scenarios
  cdispec build                        print the documents into docs/
  cdispec release 00036 --effective 2026-01-15 --summary "Scar tissue was added."
                                       publish the working state of a policy
  cdispec diff 00036                   show what has changed since, and what that does

Every command works on the policy library that the current folder stands in; --library names another.
Exit status: 0 done, 1 issues or failing scenarios, 2 wrong usage.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that has no sign for a character of a policy shows its number.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # What a command makes lives as long as the command; the collector would look at it again and again.
    gc.set_threshold(100_000)
    parser = _parser()
    parsed, rest = parser.parse_known_args(arguments)
    if parsed.command == "diff":
        # Between options, the names of two states are not seen to belong to it.
        while rest and not rest[0].startswith("-") and parsed.after is None:
            parsed.before, parsed.after = parsed.before or rest[0], rest[0] if parsed.before else None
            rest = rest[1:]
    if rest and parsed.command != "test":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    parsed.rest = rest
    try:
        run = import_module(f"cdispec.cli.{parsed.command}").run
        status: int = run(parsed)
        sys.stdout.flush()
    except Refused as refused:
        from cdispec.cli.common import report_refused

        report_refused(refused)
        return USAGE if refused.usage else FAILED
    except BrokenPipeError:
        # The reader of our output has gone; let Python's own shutdown write nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return FAILED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cdispec",
        description="Clinical coverage policies as one source: checked, tested, decided and published.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version of cdispec")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for one in _COMMANDS:
        command = commands.add_parser(
            one.name,
            help=one.summary,
            description=one.summary[0].upper() + one.summary[1:] + ".",
            epilog=f"example:\n{one.examples}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if one.library:
            command.add_argument("--library", metavar="FOLDER", help=_LIBRARY)
        way = command.add_mutually_exclusive_group() if one.ways else command
        for names, options in one.ways:
            way.add_argument(*names, **options)
        for names, options in one.arguments:
            command.add_argument(*names, **options)
    return parser


class _Version(argparse.Action):
    """Prints the version; finding it takes longer than all the rest of the start, so it is looked up when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(f"cdispec {version('cdispec')}")
        parser.exit()


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1_000_000:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of seconds between 0 and 1,000,000")
    return seconds


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"`{text}` is no port: choose a number from 1 to 65535")
    return int(text)


def _day(text: str) -> date:
    from cdispec.model.facts import as_day

    day = as_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"`{text}` is not a date such as 2026-01-15")
    return day


_Argument = tuple[tuple[str, ...], dict[str, Any]]


class _Command(NamedTuple):
    """A command with examples of it, its arguments, and those of which one alone can be given."""

    name: str
    summary: str
    examples: str
    arguments: tuple[_Argument, ...] = ()
    ways: tuple[_Argument, ...] = ()
    library: bool = True


def _argument(*names: str, **options: Any) -> _Argument:
    return names, options


_LIBRARY = "the policy library (default: found from here upward)"
_JSON = _argument("--json", action="store_true", help="as one JSON object")
_POLICY = _argument("policy", metavar="NUMBER", help="the number of the policy")
_ANY_POLICY = _argument("policy", metavar="NUMBER", nargs="?", help="the number of one policy (default: all)")
_LIMIT = _argument(
    "--limit",
    metavar="SECONDS",
    type=_seconds,
    default=10.0,
    help="the work that proving one thing may take, in seconds of an ordinary machine (default: 10); its steps are "
    "counted, so that the answer is the same on every machine; what takes more is reported as not decided",
)
_ADEQUACY = "text (the default), json, junit (a test for each thing and edit), github (annotations of a workflow)"
_SCHEMAS = ["case", "criteria", "determination", "diff", "facts", "issue", "policy"]
_CASES = "a YAML file of cases, a .jsonl file with one case a line, a folder of such files, or - for JSON lines"
_OF_SCENARIO = "decide the cases of this scenario by the working state; CASE is then the number of its policy, if any"
_BY_WORKING = "decide by the working state (default: by the revision in effect on the date of the request)"
_FOLLOW = "build again at each change, and show docs/ in a browser, which follows"
_PORT = "with --watch: where to show docs/ (default: 8036)"
_KNOWN_ON = "decide by what was published up to this day (default: by all that is published)"
_FAIL_ON = "library: status 1 only where a policy cannot decide, and not where a case was rejected (default: any)"
_PUBLISHED = "the day of its publication; of two revisions of one day the one published later decides"
_EFFECTIVE = "the day from which it is in effect: 2026-01-15"
_CORRECTS = "with --review: the date of the row that it corrects"
_REWORDED = "what was changed in words or in logic alone was read and means the same, which nothing can prove"
_AS_IS = "print the status and the date of the last review as the document has them, also a draft or an old review"
_BEFORE = "the day of a revision, or working (default: the newest revision)"
_OTHERWISE = "tell which of these cases are decided otherwise"
_SUMMARY = "what was changed, for the history; one for each update (the original publication has none)"
_REVIEW = "publish nothing: only note a review or a correction in the history; --effective is then its date"

_TO_FEATURE = "add them to this feature of the policy (default: one of their own, NN-suggested.feature)"
_COMMANDS = (
    _Command(
        "check",
        "look for problems in every policy and scenario",
        "  cdispec check\n  cdispec check 00036\n  cdispec check --format sarif > issues.sarif",
        (
            _ANY_POLICY,
            _argument("--format", choices=["text", "json", "sarif"], default="text", help="default: text"),
            _LIMIT,
        ),
    ),
    _Command(
        "fix",
        "show slips of which one thing alone can be meant as they should be, or write them so",
        "  cdispec fix\n  cdispec fix 00036 --write",
        (_ANY_POLICY, _argument("--write", action="store_true", help="write the lines (default: only show them)")),
    ),
    _Command(
        "explain",
        "say what an issue means, with an example, or print the reference of the policy language",
        "  cdispec explain unknown-fact\n  cdispec explain language | less",
        (_argument("code", nargs="?", help="the code of the issue, or `language` (default: list all codes)"),),
        library=False,
    ),
    _Command(
        "test",
        "run the scenarios of the library with pytest; other options are handed to it as they are",
        "  cdispec test\n  cdispec test 00036\n  cdispec test -n 2 -k continuation",
    ),
    _Command(
        "adequacy",
        "show how well the scenarios of a policy test it: what none shows, and which edits none notices",
        "  cdispec adequacy 00036\n  cdispec adequacy 00036 --format junit > adequacy.xml",
        (
            _POLICY,
            _argument("--format", choices=["text", "json", "junit", "github"], default="text", help=_ADEQUACY),
            _LIMIT,
        ),
    ),
    _Command(
        "suggest",
        "write scenarios for what no scenario of a policy shows, and for edits that none notices",
        "  cdispec suggest 00036\n  cdispec suggest 00036 --write",
        (_POLICY, _argument("--write", metavar="FILE", nargs="?", const="", help=_TO_FEATURE), _JSON, _LIMIT),
    ),
    _Command(
        "determine",
        "decide cases, and say why and what is still needed",
        "  cdispec determine case.yaml\n"
        "  cdispec determine --scenario continuation-never-away-from-work\n"
        "  cdispec determine cases/ --json\n"
        "  cat cases.jsonl | cdispec determine - --json",
        (
            _argument("cases", nargs="*", metavar="CASE", help=_CASES),
            _argument("--json", action="store_true", help="one JSON object a line for each case, in order"),
            _argument("--scenario", metavar="ID", help=_OF_SCENARIO),
            _argument("--working", action="store_true", help=_BY_WORKING),
            _argument("--as-known-on", metavar="DATE", type=_day, help=_KNOWN_ON),
            _argument("--fail-on", choices=["any", "library"], default="any", help=_FAIL_ON),
        ),
    ),
    _Command(
        "build",
        "print the documents of every policy into docs/",
        "  cdispec build\n  cdispec build --check\n  cdispec build --watch",
        (_argument("--port", type=_port, default=8036, metavar="NUMBER", help=_PORT),),
        (
            _argument("--check", action="store_true", help="change nothing; fail when docs/ is not current"),
            _argument("--watch", action="store_true", help=_FOLLOW),
        ),
    ),
    _Command(
        "release",
        "publish the working state of a policy as a revision that is never changed again",
        '  cdispec release 00036 --effective 2026-01-15 --summary "Scar tissue was added to the indications."\n'
        '  cdispec release 00036 --review --effective 2026-06-01 --summary "Reviewed; nothing was changed."',
        (
            _POLICY,
            _argument("--effective", metavar="DATE", required=True, type=_day, help=_EFFECTIVE),
            _argument("--summary", metavar="TEXT", action="append", default=[], help=_SUMMARY),
            _argument("--reason", metavar="TEXT", default="", help="why it was changed, for the history"),
            _argument("--review", action="store_true", help=_REVIEW),
            _argument("--corrects", metavar="DATE", default="", help=_CORRECTS),
            _argument("--number", metavar="TEXT", default="", help="the number that its agency gives it, such as R96"),
            _argument("--published", metavar="DATE", type=_day, help=_PUBLISHED),
            _argument("--reworded", action="store_true", help=_REWORDED),
            _argument("--as-is", action="store_true", help=_AS_IS),
            _argument("--dry-run", action="store_true", help="say what would be published, and write nothing"),
            _LIMIT,
        ),
    ),
    _Command(
        "diff",
        "show what one state of a policy says and does otherwise than another, proved for every case",
        "  cdispec diff 00036 2025-06-01 working\n"
        "  cdispec diff 00036 2025-06-01 2026-01-15 --cases cases.jsonl\n"
        "  cdispec diff 00036 --record",
        (
            _POLICY,
            _argument("before", metavar="FROM", nargs="?", help=_BEFORE),
            _argument("after", metavar="TO", nargs="?", help="the same (default: working)"),
            _argument("--cases", metavar="FILE", nargs="+", default=[], help=_OTHERWISE),
            _argument("--record", action="store_true", help="tell which cases of the scenarios are, as last run"),
            _JSON,
            _LIMIT,
        ),
    ),
    _Command(
        "history",
        "show the revisions of a policy: what was said of each, and what each is proved to do",
        "  cdispec history 00036\n  cdispec history --clause general-criteria",
        (
            _argument("policy", metavar="NUMBER", nargs="?", help="the number of the policy"),
            _argument(
                "--clause", metavar="ID", default="", help="that of a shared clause, in all policies that print it"
            ),
            _JSON,
            _LIMIT,
        ),
    ),
    _Command(
        "steps",
        "list the sentences that a policy's scenarios can say",
        "  cdispec steps 00036",
        (_ANY_POLICY,),
    ),
    _Command(
        "labels",
        "list the clauses of a policy with their labels and ids",
        "  cdispec labels 00036",
        (_POLICY,),
    ),
    _Command(
        "trace",
        "list which scenarios show what of each clause, for audit",
        "  cdispec trace 00036 > trace.csv\n  cdispec trace 00036 --format reqif > trace.reqif",
        (_POLICY, _argument("--format", choices=["csv", "reqif"], default="csv", help="default: csv")),
    ),
    _Command(
        "new",
        "make a new policy library or, in a library, a new policy to start from",
        '  cdispec new my-library\n  cdispec new 00042 "Home Blood Pressure Monitors"',
        (
            _argument("folder", metavar="FOLDER|NUMBER", help="a folder that does not exist yet, or a policy's number"),
            _argument("title", metavar="TITLE", nargs="?", help="the title of the policy, for one in this library"),
        ),
        library=False,
    ),
    _Command(
        "schema",
        "print the JSON Schema of what cdispec reads and prints",
        "  cdispec schema case\n  cdispec schema facts 00036",
        (
            _argument("name", choices=_SCHEMAS),
            _argument(
                "policy", metavar="NUMBER", nargs="?", help="with facts: those of this policy, with its questions"
            ),
        ),
    ),
)
