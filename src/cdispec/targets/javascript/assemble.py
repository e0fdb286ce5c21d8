"""The script of a policy: its data and the engine that determines cases of it, as one file for a web page."""

from __future__ import annotations

import json
from pathlib import Path

from cdispec.model.policy import Policy
from cdispec.targets.javascript.data import policy_data

ENGINE = (
    "days",
    "logic",
    "program",
    "case",
    "known",
    "evaluate",
    "diagram",
    "linked",
    "unknown",
    "exact",
    "determine",
)
"""The parts of the engine, each after those it uses."""

_FOLDER = Path(__file__).parent

_FRAME = """\
(() => {{
"use strict";

const policy = {policy};

{engine}
globalThis.cdispec = {{ policy, determine }};
}})();
"""


def script(policy: Policy) -> str:
    """A classic script that defines one global, `cdispec`, with `policy` (its data) and `determine` (of a case).

    It is plain ASCII and stands safely inside a `<script>` element; it needs no `eval`, network or clock.
    """
    engine = "\n".join((_FOLDER / f"{part}.js").read_text("utf-8") for part in ENGINE)
    return _FRAME.format(policy=_literal(policy_data(policy)), engine=engine)


def _literal(data: object) -> str:
    """Data as a JavaScript literal in which no text can end the element it stands in, nor a line of it."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
