"""Node, to run JavaScript in tests: the one that comes with Playwright."""

from __future__ import annotations

from playwright._impl._driver import compute_driver_executable


def node() -> str:
    """The path of the Node executable."""
    return str(compute_driver_executable()[0])
