"""`cdispec steps`: the vocabulary of scenarios."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import open_working, say
from cdispec.issues.catalogue import did_you_mean
from cdispec.model.facts import Fact, OneOf, SetOf, kind_name, subject
from cdispec.model.policy import Policy
from cdispec.report.terminal import Style, style_for
from cdispec.scenario.expectations import SENTENCES
from cdispec.scenario.vocabulary import COMPLETE, NAMES_CODE, NOT_KNOWN, phrases_of


def run(arguments: argparse.Namespace) -> int:
    """Print the sentences of one policy or of all."""
    library = open_working(arguments.library)
    if library is None:
        return USAGE
    chosen = [policy for policy in library.policies.values() if arguments.policy in (None, policy.number)]
    if not chosen:
        say(f"there is no policy `{arguments.policy}`", did_you_mean(str(arguments.policy), library.policies))
        return FAILED
    for policy in chosen:
        print("\n".join(_lines(policy, style_for(sys.stdout))))
    return DONE


def _lines(policy: Policy, style: Style) -> Iterator[str]:
    yield style.bold(f"CDI {policy.number} {policy.title}")
    yield "\nGiven (facts; what no sentence states is unknown)"
    for fact in policy.facts.values():
        yield from _fact(fact, style)
    yield f"\n  {NOT_KNOWN}<subject>"
    yield f"  {COMPLETE}"
    yield f"  {NAMES_CODE}97124"
    yield "\nWhen"
    for request in policy.requests.values():
        yield f"  {request.phrase} on 2025-06-01"
    yield "\nThen"
    for sentence in SENTENCES:
        yield f"  {sentence}"
    if policy.classifications:
        yield f"\nClassifications: {', '.join(named.name for named in policy.classifications)}"
    yield ""


def _fact(fact: Fact, style: Style) -> Iterator[str]:
    yield f"\n  {style.bold(fact.id)} ({kind_name(fact)})  {style.dim(fact.question)}"
    for phrase in phrases_of(fact):
        yield f"    {phrase}"
    if isinstance(fact, OneOf | SetOf):
        yield f"      {{value}}: {', '.join(option.name for option in fact.options)}"
    yield style.dim(f"    subject: {subject(fact)}")
