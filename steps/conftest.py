"""Binds the scenarios of a library to pytest."""

import pytest

from steps.run import Run
from steps.sentences import *
from steps.session import ScenarioSession

PLUGIN = "cdispec-scenarios"


def pytest_configure(config: pytest.Config) -> None:
    """Read the library once in each process."""
    config.pluginmanager.register(ScenarioSession(config), PLUGIN)


@pytest.fixture
def run(request: pytest.FixtureRequest) -> Run:
    """The run of the scenario at hand."""
    session = request.config.pluginmanager.get_plugin(PLUGIN)
    assert isinstance(session, ScenarioSession)
    return session.runs[request.node.nodeid]
