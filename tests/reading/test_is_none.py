"""`is: none`: that there is no such date, number or option, which a fact must be able to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issues.examples import POLICY
from tests.reading.libraries import FACTS, changed, checked

ASKED = "within: 30 days before request"
NONE = "  latest: request\n  none: it was not measured\n"


@pytest.mark.parametrize(("declared", "codes"), [(NONE, []), ("  latest: request\n", ["impossible-value"])])
def test_it_is_asked_only_of_a_fact_that_may_have_no_value(declared: str, codes: list[str], tmp_path: Path) -> None:
    facts, policy = changed(FACTS, "  latest: request\n", declared), changed(POLICY, ASKED, "is: none")
    found = checked(tmp_path, {FACTS: facts, POLICY: policy})
    assert [issue.code for issue in found if issue.code == "impossible-value"] == codes
    assert all("always has a value" in issue.message for issue in found if issue.code == "impossible-value")
