"""`cdispec explain`: the page of an issue, as it stands in `docs/issues/`, or the reference of the language."""

from __future__ import annotations

import argparse
import sys

from cdispec.cli.status import DONE
from cdispec.issues.catalogue import codes_by_subject, did_you_mean
from cdispec.library.shipped import shipped
from cdispec.report.explanation import codes_text, page_text
from cdispec.report.terminal import style_for
from cdispec.source import Refused

LANGUAGE = "language"
"""Asks for the reference of the language."""


def run(arguments: argparse.Namespace) -> int:
    """Print the page of a code, or all codes."""
    code, style = arguments.code, style_for(sys.stdout)
    if code is None:
        print(codes_text(codes_by_subject(), style))
        return DONE
    if code == LANGUAGE:
        print(page_text(shipped("LANGUAGE.md").read_text("utf-8"), style))
        return DONE
    codes = [known.name for _, codes in codes_by_subject() for known in codes]
    if code not in codes:
        hint = did_you_mean(code, [*codes, LANGUAGE], "list them with `cdispec explain`")
        raise Refused(f"there is no issue `{code}`", hint)
    print(page_text((shipped("docs/issues") / f"{code}.md").read_text("utf-8"), style))
    return DONE
