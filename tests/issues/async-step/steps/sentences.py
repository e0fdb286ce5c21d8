"""The sentences of scenarios."""

from pytest_bdd import given, parsers


@given(parsers.re("(?P<words>.+)"))
async def state(words: str) -> None:
    """Take a sentence of what is given."""
