"""Lets a library that holds a copy of the runner, as all once did, run with the one that is installed."""

import sys
from importlib import import_module

import pytest

COPIES = ("record", "run", "session")


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Put the runner in the place of its copies in `steps/`, before the library's conftest.py imports them."""
    if all((early_config.rootpath / "steps" / f"{name}.py").is_file() for name in COPIES):
        sys.modules.update({f"steps.{name}": import_module(f"cdispec.runner.{name}") for name in COPIES})
