"""What the README shows is what a reader gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cdispec.cli import main

README = Path(__file__).parents[2] / "README.md"
SHOWN = re.compile(r"```yaml\n# case\.yaml\n(?P<case>.*?)```.*?```\n(?P<output>CDI .*?)```", re.DOTALL)


def test_the_determination_in_the_readme_is_that_of_its_case(
    rewrite: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = README.read_text("utf-8")
    shown = SHOWN.search(text)
    assert shown is not None
    (tmp_path / "case.yaml").write_text(shown["case"], "utf-8")
    main(["determine", str(tmp_path / "case.yaml"), "--library", str(README.parent)])
    told = capfd.readouterr().out
    if rewrite:
        README.write_text(text[: shown.start("output")] + told + text[shown.end("output") :], "utf-8")
    else:
        assert shown["output"] == told
