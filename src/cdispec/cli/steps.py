"""`cdispec steps`: the vocabulary of scenarios."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from cdispec.check.states import no_policy
from cdispec.cli.common import library_folder
from cdispec.cli.status import DONE
from cdispec.library import read_working_states
from cdispec.model.facts import Fact, YesNo, answerable, has_options, kind_name, subject
from cdispec.model.policy import Policy
from cdispec.report.terminal import Style, style_for
from cdispec.scenario.samples import answers_of, asked_of, expected_of
from cdispec.scenario.vocabulary import COMPLETE, NAMES_CODE, NOT_KNOWN, phrases_of, phrases_of_list, request_sentences

_FOLLOWS = "  (follows from the phrase)"
"""Marks what an author did not write and should approve."""


def run(arguments: argparse.Namespace) -> int:
    """Print the sentences of one policy or of all."""
    root = library_folder(arguments.library)
    policies = read_working_states(root, arguments.policy).policies.values()
    if arguments.policy and not policies:
        raise no_policy(root, arguments.policy)
    for policy in policies:
        print("\n".join(_lines(policy, style_for(sys.stdout))))
    return DONE


def _lines(policy: Policy, style: Style) -> Iterator[str]:
    yield style.bold(f"{policy.named} {policy.title}")
    yield "\nGiven (facts; what no sentence states is unknown)"
    for fact in answerable(policy.facts).values():
        yield from _fact(fact, policy, style)
    for of in policy.lists.values():
        yield f"\n  {style.bold(of.id)} (list of)  {style.dim(of.question)}"
        yield from (f"    {phrase}" for phrase in phrases_of_list(of))
        yield f"      the table below: a column a field: {', '.join(name.replace('-', ' ') for name in of.fields)}"
        yield style.dim(f"    subject: {of.name}")
    yield f"\n  {NOT_KNOWN}<subject>"
    yield f"  {COMPLETE}"
    yield from (f"  {NAMES_CODE}{code.code}" for code in policy.codes[:1])
    yield "\nWhen"
    yield from (f"  {sentence}" for sentence in request_sentences(policy))
    yield f"\nThen (clauses: `cdispec labels {policy.number}`)"
    for sentence in expected_of(policy):
        yield f"  {sentence}"
    yield ""


def _fact(fact: Fact, policy: Policy, style: Style) -> Iterator[str]:
    derived = fact.derived if isinstance(fact, YesNo) else ()
    asked = f"{fact.question}{_FOLLOWS if 'question' in derived else ''}"
    yield f"\n  {style.bold(fact.id)} ({kind_name(fact)})  {style.dim(asked)}"
    for phrase in phrases_of(fact):
        follows = "negative" in derived and isinstance(fact, YesNo) and phrase == fact.negative
        yield f"    {phrase}{style.dim(_FOLLOWS) if follows else ''}"
    for sample in answers_of(fact):
        yield style.dim(f"      such as: {sample}")
    for asked in asked_of(fact, policy):
        yield style.dim(f"      asked: {asked}")
    if has_options(fact):
        yield f"      {{value}}: {', '.join(option.name for option in fact.options)}"
    yield style.dim(f"    subject: {subject(fact)}")
    if fact.decided_by is not None:
        yield style.dim(f"    decided elsewhere: {fact.decided_by.name}")
