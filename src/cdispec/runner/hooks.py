"""What the conftest.py of a library takes over: the session of pytest over its scenarios, and the run of each."""

import pytest

from cdispec.runner.run import Run
from cdispec.runner.session import ScenarioSession

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
