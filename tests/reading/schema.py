"""The schema of an issue, as `cdispec schema issue` prints it."""

from __future__ import annotations

import json
from importlib.resources import files

ISSUE = json.loads((files("cdispec") / "schemas" / "issue.json").read_text("utf-8"))
