"""The three step definitions: what a sentence means is looked up in the policy's own vocabulary.

pytest-bdd walks through every step definition for each sentence, so few definitions that look sentences up are the
fast form, and an author adds sentences by declaring facts. The run reads a scenario whole before its first sentence.
"""

from pytest_bdd import given, parsers, then, when

from steps.run import Run

SENTENCE = parsers.re(r".*\S.*")


@given(SENTENCE)
def a_fact_is_given(run: Run) -> None:
    """A fact, or what the record or the request is: part of the case."""
    run.give()


@when(SENTENCE)
def a_request_is_made(run: Run) -> None:
    """The request: the case is complete and is determined."""
    run.determine()


@then(SENTENCE)
def it_is_as_expected(run: Run) -> None:
    """What the scenario expects of the determination."""
    run.expect()
