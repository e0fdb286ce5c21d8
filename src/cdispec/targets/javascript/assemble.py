"""The scripts of a web page that determines cases: the engine, the same for every policy, and the data of a policy."""

from __future__ import annotations

import json
import re
from pathlib import Path

from cdispec.model.policy import Policy
from cdispec.targets.javascript.data import policy_data

ENGINE = (
    "days",
    "logic",
    "program",
    "measures",
    "case",
    "known",
    "evaluate",
    "diagram",
    "linked",
    "unknown",
    "ways",
    "exact",
    "rows",
    "determine",
)
"""The parts of the engine, each after those it uses."""

_REMARK = re.compile(r"^ *//.*\n", re.MULTILINE)
_FOLDER = Path(__file__).parent

_FRAME = """\
(() => {{
"use strict";

function load(policy) {{

{engine}
return {{ policy, determine }};
}}

globalThis.cdispec = {{ load }};
}})();
"""


def engine() -> str:
    """A classic script that defines one global, `cdispec`. It needs no `eval`, network or clock.

    `cdispec.load` makes of the data of a policy `{ policy, determine }`: that data, and a function of a case. What its
    parts say of themselves stays in them.
    """
    parts = ((_FOLDER / f"{part}.js").read_text("utf-8") for part in ENGINE)
    return _FRAME.format(engine="\n".join(_REMARK.sub("", part) for part in parts))


def data_script(policy: Policy) -> str:
    """A classic script that leaves the data of a policy in one global, `cdispecPolicy`: a page from disk can load it.

    It is plain ASCII and stands safely inside a `<script>` element.
    """
    data = json.dumps(policy_data(policy), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    escaped = data.replace("<", "\\u003c")
    return f"globalThis.cdispecPolicy = {escaped};\n"
