"""What the tool ships of every library: `build/`, which a library need not have, and the `steps/` of a new one."""

from __future__ import annotations

from pathlib import Path

import cdispec

SHIPPED = "_library"
"""The folder of the installed package that holds it."""


def shipped(part: str) -> Path:
    """The folder of a part: beside the tool's own source, or inside the wheel.

    The source is asked first: an editable install leaves a stale copy inside the installed package.
    """
    package = Path(cdispec.__file__).parent
    project = package.parents[1]
    return project / part if (project / "src" / "cdispec").is_dir() else package / SHIPPED / part
