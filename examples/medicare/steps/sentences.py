"""The step definitions: what a sentence means is looked up in the policy's own vocabulary, which its facts declare.

pytest-bdd walks through every step definition for each sentence, so that few of them are the fast form.
"""

from pytest_bdd import given, parsers, then, when

from cdispec.runner.run import Run

SENTENCE = parsers.re(r".*\S.*")


@given(SENTENCE)
def a_fact_is_given(run: Run) -> None:
    run.give()


@when(SENTENCE)
def a_request_is_made(run: Run) -> None:
    run.determine()


@then(SENTENCE)
def it_is_as_expected(run: Run) -> None:
    run.expect()
