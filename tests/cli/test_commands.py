"""The commands as an author meets them: help, a wrong place, a new library, documents."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from cdispec.cli import main
from tests.scenario.libraries import command

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "check",
    "fix",
    "explain",
    "test",
    "adequacy",
    "determine",
    "build",
    "release",
    "diff",
    "history",
    "steps",
    "labels",
    "trace",
    "new",
    "schema",
)


@pytest.fixture
def library(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    """A library made by `cdispec new`."""
    assert main(["new", str(tmp_path / "library")]) == 0
    capfd.readouterr()
    return tmp_path / "library"


def in_library(library: Path, name: str, *arguments: str) -> int:
    """Run a command on a library."""
    return main([name, *arguments, "--library", str(library)])


def test_help_names_every_command_and_shows_examples() -> None:
    arguments = [sys.executable, "-m", "cdispec", "--help"]
    told = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    for name in COMMANDS:
        assert f"\n    {name}" in told
    assert "examples:" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_shows_an_example(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert f"example:\n  cdispec {command}" in capfd.readouterr().out


def test_wrong_usage_has_exit_status_two() -> None:
    for arguments in ([], ["determne"], ["check", "--formt", "json"], ["schema", "nothing"]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2


def test_outside_a_library_a_command_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert in_library(tmp_path, "check") == 2
    assert "no policy library here" in capfd.readouterr().err


def test_a_new_library_has_no_issues(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert in_library(library, "check") == 0
    assert capfd.readouterr().out == "no issues\n"


def test_a_new_library_passes_its_own_scenarios(library: Path) -> None:
    ran = command(library)
    assert ran.status == 0, ran.output
    assert "census of scenarios balances" in ran.output


def test_a_feature_that_cannot_be_read_fails_the_run_and_stops_no_other(library: Path) -> None:
    feature = library / "features/00001-heel-pain-injection/injection.feature"
    other = feature.with_name("other.feature")
    other.write_text(feature.read_text("utf-8").replace("  @", "  @other-"), "utf-8")
    feature.write_text(feature.read_text("utf-8").replace("Scenario: An inf", "Scenaro: An inf"), "utf-8")
    ran = command(library)
    assert ran.status == 1
    assert "misspelt-keyword" in ran.output
    assert ran.census == "census of scenarios balances: source 6, collected 6, executed 6, reported 6"
    assert "Traceback" not in ran.output


def test_a_library_is_not_made_over_what_is_there(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = sorted(library.rglob("*"))
    assert main(["new", str(library)]) == 1
    assert "is not an empty folder" in capfd.readouterr().err
    assert sorted(library.rglob("*")) == before


def test_the_steps_of_a_policy_name_its_phrases(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert in_library(library, "steps", "00001") == 0
    told = capfd.readouterr().out
    assert "    stretching has been tried for {value} weeks\n" in told
    assert "  an injection for heel pain is requested on 2025-06-01\n" in told


def test_the_steps_of_a_policy_read_back_what_is_answered_and_asked(
    library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert in_library(library, "steps", "00001") == 0
    told = capfd.readouterr().out
    assert "      such as: stretching has been tried for 2 weeks\n" in told
    assert "      asked: stretching has been tried for at least 6 weeks\n" in told
    assert "  it is not medically necessary under III\n" in told
    assert "  it depends on whether heel pain is documented\n" in told
    assert not re.search("97124|classified|granted|II.a", told)


def test_the_labels_of_a_policy_are_those_that_scenarios_cite(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert in_library(library, "labels", "00001") == 0
    told = capfd.readouterr().out
    assert "II.2    treatment-tried       At least **ONE** of the following has been tried:\n" in told
    assert "III     infection             An injection for heel pain is **not indicated** in the pres…\n" in told
    assert in_library(library, "labels", "0001") == 1
    assert "did you mean `00001`?" in capfd.readouterr().err


def test_the_steps_of_a_policy_that_is_not_there_are_refused(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert in_library(library, "steps", "0001") == 1
    assert "did you mean `00001`?" in capfd.readouterr().err


def test_documents_are_current_after_a_build_and_stale_after_an_edit(
    library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert in_library(library, "build", "--check") == 1
    assert in_library(library, "build") == 0
    assert in_library(library, "build", "--check") == 0
    policy = library / "policy/00001-heel-pain-injection/policy.md"
    policy.write_text(policy.read_text("utf-8").replace("Heel pain is documented", "Pain is documented"), "utf-8")
    capfd.readouterr()
    assert in_library(library, "build", "--check") == 1
    assert "Pain is documented" in capfd.readouterr().err


def test_a_policy_with_errors_is_not_printed(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert in_library(library, "build") == 0
    before = {path: path.read_bytes() for path in (library / "docs").rglob("*") if path.is_file()}
    policy = library / "policy/00001-heel-pain-injection/policy.md"
    policy.write_text(policy.read_text("utf-8").replace("fact: heel-cup-tried", "fact: heel-cup"), "utf-8")
    assert in_library(library, "build") == 1
    assert "unknown-fact" in capfd.readouterr().err
    assert {path: path.read_bytes() for path in (library / "docs").rglob("*") if path.is_file()} == before


def test_a_policy_with_errors_decides_nothing(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    policy = library / "policy/00001-heel-pain-injection/policy.md"
    policy.write_text(policy.read_text("utf-8").replace("fact: heel-cup-tried", "fact: heel-cup"), "utf-8")
    case = library / "case.yaml"
    case.write_text('policy: "00001"\nrequest: initial\ndate: 2026-02-01\nfacts: {}\n', "utf-8")
    assert in_library(library, "determine", str(case)) == 1
    assert "unusable-policy" in capfd.readouterr().err


@pytest.mark.parametrize("name", ["case", "criteria", "determination", "facts", "issue", "policy"])
def test_every_schema_is_a_schema(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(capfd.readouterr().out))


def test_the_shipped_library_is_clean_and_its_documents_are_current(capfd: pytest.CaptureFixture[str]) -> None:
    assert in_library(ROOT, "check") == 0
    assert capfd.readouterr().out == "no issues\n"
    assert in_library(ROOT, "build", "--check") == 0


def test_the_shipped_documents_are_those_that_were_built_and_no_others() -> None:
    built = (ROOT / "docs/documents.txt").read_text("utf-8").splitlines()[1:]
    kept = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*") if path.is_file()}
    assert {path for path in kept if not path.startswith("issues/")} - {"documents.txt"} == {*built}


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    command = f"{sys.executable} -m cdispec steps --library {ROOT} | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_starting_up_imports_no_heavy_library() -> None:
    heavy = ("yaml", "markdown_it", "jinja2", "gherkin", "orjson")
    program = f"import sys; from cdispec.cli import main; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_scenarios_need_pytest_and_the_command_says_so(
    library: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cdispec.cli.test.find_spec", lambda name: None)
    assert in_library(library, "test") == 1
    assert "pip install 'cdispec[test]'" in capfd.readouterr().err


def test_a_new_library_holds_what_an_author_edits_and_no_copy_of_the_tool(library: Path) -> None:
    made = {path.relative_to(library).as_posix() for path in library.rglob("*") if path.is_file()}
    steps = {f"steps/{step.name}" for step in (ROOT / "steps").glob("*.py")}
    of_a_project = {".gitattributes", ".gitignore", "README.md", "pyproject.toml"}
    assert {path for path in made if not path.startswith(("policy/", "features/"))} == steps | of_a_project
    assert all((library / step).read_bytes() == (ROOT / step).read_bytes() for step in steps)


def test_the_steps_of_a_library_are_short() -> None:
    lines = [line for step in (ROOT / "steps").glob("*.py") for line in step.read_text("utf-8").splitlines()]
    assert sum(bool(line.strip()) for line in lines) <= 40


def test_steps_name_the_outcomes_of_the_policys_own(capfd: pytest.CaptureFixture[str]) -> None:
    assert in_library(ROOT / "tests" / "determine" / "policies", "steps", "90041") == 0
    told = capfd.readouterr().out.splitlines()
    assert "  it is covered in a study under II" in told
    assert "  the request is left to the regional office under III" in told
