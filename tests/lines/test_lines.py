"""Requests with several lines, as LANGUAGE.md shows them and as every output tells them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import cdispec
from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.analysis.effects.compare import effect_of
from cdispec.analysis.effects.effect import Relation
from cdispec.analysis.effects.wording import effect_lines
from cdispec.analysis.scenarios import failures
from cdispec.check import judge_policies
from cdispec.cli import main
from cdispec.determine.contract import case_json, determination_json
from cdispec.determine.determination import Decided, Prepared
from cdispec.determine.reading import as_read_by
from cdispec.library import ScenarioReading, read_library, read_suite
from cdispec.library.state import policy_of
from cdispec.model.case import Case, StatedCase
from cdispec.model.outcomes import Outcome
from cdispec.model.periods import StatePeriod
from cdispec.model.policy import Policy
from cdispec.parse.case import read_cases
from cdispec.publish.data import compiled
from cdispec.scenario.feature import read_feature
from cdispec.scenario.story import read_story
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.targets.python import compile_policy

ROOT = Path(__file__).parent / "library"
FOLDER = "policy/90085-infusion-items"
TEXTS = {name: (ROOT / FOLDER / name).read_text("utf-8") for name in ("policy.md", "facts.yaml")}
LANGUAGE = (Path(__file__).parents[2] / "LANGUAGE.md").read_text("utf-8")
SECTION = LANGUAGE.partition("### Requests with several lines")[2].partition("\n### ")[0]
[STATED] = re.findall(r"```yaml\n(policy: .*?lines:.*?)```", LANGUAGE, re.DOTALL)
[SCENARIO] = re.findall(r"```gherkin\n(Given the item.*?)```", LANGUAGE, re.DOTALL)
CASE = {
    "policy": "90085",
    "id": "claim-1",
    "date": "2025-07-01",
    "facts": {"prescribed": True},
    "lines": [{"id": "main", "request": "pump"}, {"id": "holder", "request": "stand"}],
}


def policy(*edits: tuple[str, str]) -> Policy:
    """The policy of the library, edited."""
    text = TEXTS["policy.md"]
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    found, issues = policy_of({**TEXTS, "policy.md": text}, FOLDER, "90085-infusion-items")
    assert found is not None
    assert not issues
    return found


def cases(stated: str, of: Policy) -> list[Case]:
    """The cases that a text states."""
    found = read_cases(stated, "case.yaml", periods(of))
    assert not any(read.issues for read in found)
    return [read.case for read in found if read.case is not None]


def periods(of: Policy) -> dict[str, list[StatePeriod]]:
    """The policy as the one state that decides."""
    return {of.number: [StatePeriod.of(of)]}


class Counting(Prepared):
    """A policy that counts what it determines."""

    decisions = 0

    def decide_alone(self, case: StatedCase) -> Decided:
        """A case of which all that it asks of other lines is answered, decided."""
        self.decisions += 1
        return super().decide_alone(case)


def outcomes(stated: str, of: Policy) -> list[Outcome]:
    """What each line of a case comes to."""
    return [Prepared(of).decide(case).outcome for case in cases(stated, of)]


def test_the_scenarios_of_the_library_hold_and_nothing_is_wrong_with_it() -> None:
    library = read_library(ROOT)
    assert not judge_policies(library).issues
    readings = read_suite(library).readings
    assert [len(reading.story.tellings) for reading in readings] == [3, 1, 2, 1, 1]
    assert not [one for reading in readings for one in failures(reading, compile_policy(reading.policy))]


def test_the_blocks_of_the_language_page_decide_its_case_and_its_scenario() -> None:
    blocks = re.findall(r"~~~criteria\n.*?~~~\n", SECTION, re.DOTALL)
    parts = TEXTS["policy.md"].split("~~~criteria")
    stated = [block.split("\n")[1] for block in blocks]
    assert stated == ["request: tubing", "request: stand"]
    head = parts[0] + "~~~criteria" + parts[1].partition("## Tubing")[0]
    text = head + "".join(f"## Item {{#item-{number}}}\n\n{block}\n" for number, block in enumerate(blocks))
    found, issues = policy_of({**TEXTS, "policy.md": text}, FOLDER, "90085-infusion-items")
    assert found is not None
    assert not issues
    assert outcomes(STATED, found) == ["medically necessary", "medically necessary", "more information needed"]
    feature, _ = read_feature(f"Feature: x\n  @x\n  Scenario: x\n{SCENARIO}", "features/90085-infusion-items/x.feature")
    story, issues = read_story(feature.scenarios[0], Vocabulary(found))
    assert not issues
    assert [len(telling.expected) for telling in story.tellings] == [1, 1]


def test_the_language_page_says_what_can_be_asked_of_lines() -> None:
    criteria = Draft202012Validator(json.loads((files("cdispec") / "schemas" / "criteria.json").read_text("utf-8")))
    for block in re.findall(r"~~~criteria\n(.*?)~~~\n", SECTION, re.DOTALL):
        criteria.validate(yaml.safe_load(block))


def test_a_case_is_written_as_it_is_read_and_its_determinations_are_as_their_schema_says() -> None:
    known = policy()
    schemas = {
        name: Draft202012Validator(json.loads((files("cdispec") / "schemas" / f"{name}.json").read_text("utf-8")))
        for name in ("case", "determination", "policy")
    }
    schemas["case"].validate(CASE)
    schemas["policy"].validate(compiled(known))
    for case in cases(json.dumps(CASE), known):
        stated = case_json(case)
        schemas["case"].validate(stated)
        assert cases(json.dumps(stated), known) == [case]
        schemas["determination"].validate(determination_json(Prepared(known).decide(case).determination()))


def test_sixty_lines_of_which_nothing_is_known_are_determined_with_little_work() -> None:
    small = read_library(ROOT.parents[1] / "determine" / "policies").policies["90083"]
    lines = [{"request": kind} for kind in ("bed", "mattress", "cover") for _ in range(20)]
    stated = json.dumps({"policy": "90083", "date": "2025-07-01", "facts": {}, "lines": lines})
    counted = Counting(small)
    found = [counted.decide(one.case).outcome for one in read_cases(stated, "c", periods(small)) if one.case]
    assert found == [Outcome.MORE_INFORMATION] * 60
    assert counted.decisions < 500


def test_each_line_is_named_and_what_it_waits_for_is_told(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(yaml.safe_dump(CASE), "utf-8")
    assert main(["determine", str(file), "--library", str(ROOT)]) == 0
    said = capfd.readouterr().out
    assert "Case claim-1\nLine main\n" in said
    assert "as decided under the other lines of the request: line main needs more information first" in said
    main(["determine", "--json", str(file), "--library", str(ROOT)])
    found = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(one["id"], one["line"]) for one in found] == [("claim-1", "main"), ("claim-1", "holder")]
    assert found[1]["open_lines"] == {"pump-medically-necessary": ["main"]}


STAND = "Then for line 1, it is not medically necessary under IV"


@pytest.mark.parametrize(
    ("given", "table", "then", "codes"),
    [
        ("the item is prescribed", "", STAND, ["missing-table-of-cases"]),
        ("the item is prescribed", "| requests |\n| stand |", STAND, ["unknown-column", "scenario-without-request"]),
        ("the item is prescribed", "| request |\n| stant |", STAND, ["unknown-request"]),
        (
            "the item is prescribed",
            "| line | request |\n| a | stand |\n| A | pump |",
            STAND,
            ["duplicate-id", "unnamed-line"],
        ),
        ("there is no other line in which a pump is requested", "| request |\n| stand |", STAND, ["answered-by-lines"]),
        ("the item is prescribed", "| request | infusions |\n| stand | many |", STAND, ["unknown-value"]),
        ("the item is prescribed", "| request |\n| stand |", "Then for line 1, it is so", ["unknown-sentence"]),
        ("the item is prescribed", "| request |\n| stand |", "Then it is so", ["unnamed-line"]),
    ],
)
def test_what_a_scenario_says_of_lines_that_makes_no_sense_is_told(
    given: str, table: str, then: str, codes: list[str]
) -> None:
    text = f"""Feature: x
  @x
  Scenario: x
    Given {given}
    When these lines are requested on 2025-07-01
    {table}
    {then}
"""
    feature, damages = read_feature(text, "features/90085-infusion-items/x.feature")
    assert not damages
    _, issues = read_story(feature.scenarios[0], Vocabulary(policy()))
    assert [issue.code for issue in issues] == codes


@pytest.mark.parametrize(
    ("sentences", "code", "hint"),
    [
        (
            """When these lines are requested, on 2025-07-01
      | request |
      | pump    |
    Then for line 1, it is medically necessary under I
    And for line 1, it is so""",
            "unknown-sentence",
            "did you mean `these lines are requested on 2025-06-01` or `these lines are requested, and perhaps others, "
            "on 2025-06-01` or `tubing is requested on 2025-06-01`?",
        ),
        (
            """When a pump is requested on 2025-07-01
    Then for line 1, it is medically necessary under I""",
            "unnamed-line",
            "leave out `for line ...`, or begin with `When these lines are requested on ...` and a table of lines",
        ),
        (
            """When these lines are requested on 2025-07-01
      | request | pumps requested |
      | stand   | yes             |
    Then for line 1, it is not medically necessary under IV""",
            "unknown-column",
            "did you mean `request` or `requested tubes`?",
        ),
        (
            """When these lines are requested on 2025-07-01
      | line | request |
      | a    | stand   |
      | a    | stand   |
    Then for line a, it is not medically necessary under IV""",
            "duplicate-id",
            "give each line a name of its own in the column `line`",
        ),
    ],
)
def test_a_slip_in_the_sentences_of_lines_is_one_issue_with_what_to_write(sentences: str, code: str, hint: str) -> None:
    text = f"Feature: x\n  @x\n  Scenario: x\n    Given the item is prescribed\n    {sentences}\n"
    feature, _ = read_feature(text, "features/90085-infusion-items/x.feature")
    _, issues = read_story(feature.scenarios[0], Vocabulary(policy()))
    assert [(issue.code, issue.hint) for issue in issues] == [(code, hint)]


def test_a_line_answers_otherwise_what_is_given_for_all() -> None:
    text = """Feature: x
  @x
  Scenario: x
    Given the item is prescribed
    When these lines are requested on 2025-07-01
      | request | prescribed |
      | pump    |            |
      | stand   | no         |
    Then for line 2, it is not medically necessary under IV
"""
    feature, _ = read_feature(text, "features/90085-infusion-items/x.feature")
    story, issues = read_story(feature.scenarios[0], Vocabulary(policy()))
    assert not issues
    assert [telling.case.facts["prescribed"] for telling in story.tellings] == [True, False]


def determined(case: Mapping[str, object], folder: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """What the command says of a case, on one line."""
    (folder / "case.json").write_text(json.dumps(case), "utf-8")
    main(["determine", str(folder / "case.json"), "--library", str(ROOT)])
    return " ".join(capfd.readouterr().out.split())


def test_a_reason_names_the_lines_by_which_something_is_so(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pump = {"request": "pump", "facts": {"infusions": 3}}
    lines = [{"id": "main", **pump}, {"id": "spare", **pump}, {"request": "stand"}]
    told = determined({**CASE, "lines": lines, "line": "3"}, tmp_path, capfd)
    assert "is determined to be medically necessary (lines main and spare)" in told


def test_a_reason_names_the_lines_that_there_are_where_none_of_them_is_so(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = [{"id": "main", "request": "pump", "facts": {"infusions": 1}}, {"request": "stand"}]
    told = determined({**CASE, "lines": lines, "line": "2"}, tmp_path, capfd)
    assert "is determined to be medically necessary (line main is not)" in told


def test_a_request_without_lines_says_that_other_lines_can_be_given(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = {"policy": "90085", "request": "stand", "date": "2025-07-01", "facts": {"prescribed": True}}
    told = determined(case, tmp_path, capfd)
    assert "[pump-medically-necessary]: state the request as `lines:`, or answer it" in told


def test_a_scenario_that_holds_by_what_other_lines_come_to_together_does_not_fail() -> None:
    small = read_library(ROOT.parents[1] / "determine" / "policies").policies["90083"]
    text = """Feature: x
  @x
  Scenario: x
    Given the case is unusual
    When these lines are requested on 2025-07-01
      | request  |
      | mattress |
      | bed      |
    Then for line 1, it is medically necessary under III.1 or III.2
"""
    feature, _ = read_feature(text, "features/90083-lines-in-a-row/x.feature")
    story, issues = read_story(feature.scenarios[0], Vocabulary(small))
    assert not issues
    assert not adequacy_of(small, [ScenarioReading(small, story, ())]).failing


def test_a_program_asks_for_all_lines_or_for_one() -> None:
    library = cdispec.open_library(ROOT)
    assert [one.line for one in library.determine_many([CASE]) if isinstance(one, cdispec.Determination)] == [
        "main",
        "holder",
    ]
    assert library.determine({**CASE, "line": "holder"}).line == "holder"
    with pytest.raises(cdispec.Refused, match="several lines"):
        library.determine(CASE)


def test_what_a_revision_does_to_lines_that_follow_others_is_not_decided() -> None:
    before, after = policy(), policy(("at least: 3", "at least: 2"))
    effect = effect_of(before, after)
    pump, tubing, stand = effect.requests
    assert pump.outcomes[Outcome.NECESSARY] is Relation.WIDER
    assert tubing.equivalent
    assert set(stand.outcomes.values()) == {None}
    assert not effect.proved
    told = "not decided, for it follows other lines in which a pump is requested, and these are decided otherwise"
    assert f"{told}: where a stand is requested" in effect_lines(effect)


def test_a_revision_that_leaves_the_outcomes_of_other_lines_leaves_those_that_ask_for_them() -> None:
    before, after = policy(), policy(("amount: 10", "amount: 12"))
    assert all(request.equivalent for request in effect_of(before, after).requests)


def test_a_later_revision_determines_all_lines_anew() -> None:
    before, after = policy(), policy(("at least: 3", "at least: 2"))
    lines = [{"request": "stand"}, {"request": "pump", "facts": {"infusions": 2}}]
    case = cases(json.dumps({**CASE, "lines": lines}), before)[0]
    read = as_read_by(case, before, after)
    assert read is not None
    assert [Prepared(of).decide(read).outcome for of in (before, after)] == [Outcome.NOT_NECESSARY, Outcome.NECESSARY]


def test_a_line_of_a_kind_that_another_state_lacks_is_none_there() -> None:
    known = policy()
    case = cases(json.dumps(CASE), known)[1]
    edits = [("  pump: a pump is requested\n", ""), ("request: pump\n", "request: stand\n")]
    edits += [("requested: pump", "requested: stand"), ("meets: pump/medically necessary", "fact: prescribed")]
    lacking = policy(*edits)
    read = as_read_by(case, known, lacking)
    assert read is not None
    assert read.lines is not None
    assert [line.name for line in read.lines.all] == ["holder"]


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        ({"line": "third"}, ["misplaced-line"]),
        ({"request": "pump"}, ["misplaced-line"]),
        ({"lines": []}, ["empty-list"]),
        ({"lines": [{"request": "pumq"}]}, ["unknown-request"]),
        ({"lines": [{"id": "a", "request": "pump"}, {"id": "a", "request": "stand"}]}, ["duplicate-id"]),
        ({"lines": [{"request": "pump", "facts": {"pump-requested": True}}]}, ["answered-by-lines"]),
        (
            {"lines": [{"request": "pump", "facts": {"infusions": 1.5, "x": 1}}]},
            ["impossible-value", "unknown-fact"],
        ),
        ({"lines": [{"request": "pump"}] * 65}, ["too-many-rows"]),
        ({"lines": "pump"}, ["wrong-kind"]),
    ],
)
def test_what_is_wrong_with_lines_is_told(edit: dict[str, object], codes: list[str]) -> None:
    found = read_cases(json.dumps({**CASE, **edit}), "case.json", periods(policy()))
    assert sorted(issue.code for read in found for issue in read.issues) == codes
    assert all(read.case is None for read in found)


@pytest.mark.parametrize(
    ("edit", "hint"),
    [
        ({"lines": []}, "add a line, or write `request:` in its place"),
        ({"lines": {"including": []}}, "add a line, or write `request:` in its place"),
        ({"lines": {"request": "pump"}}, "begin each line with `- `, as in `- request: ...`"),
        ({"lines": {"none": True}}, "begin each line with `- `, as in `- request: ...`"),
        ({"lines": ["pump"]}, "write `- request: pump`"),
        ({"lines": [{"kind": "pump"}]}, "use one of `request`"),
        ({"line": "mane"}, "did you mean `main`?"),
        ({"line": "third"}, "use one of `main`, `holder`"),
        ({"line": ["main"]}, "name one line, or leave `line:` out to determine all of them"),
        ({"lines": None, "line": [{"request": "pump"}]}, "did you mean `lines`?"),
        ({"lines": None, "request": ["pump", "stand"]}, "write `lines:`, with `- request: ...` for each"),
        ({"facts": {"pumps-requested": True}}, "did you mean `requested-tubes`?"),
        ({"facts": {"tubes-requested": 2}}, "did you mean `requested-tubes`?"),
        (
            {"lines": [{"request": "pump"}] * 65},
            "split the request: lines that ask for each other in one case, the others in another one",
        ),
    ],
)
def test_what_is_wrong_with_lines_is_told_with_what_to_write(edit: dict[str, object], hint: str) -> None:
    found = read_cases(json.dumps({**CASE, **edit}), "case.json", periods(policy()))
    assert {issue.hint for read in found for issue in read.issues} == {hint}


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("requested: pumb", "did you mean `pump`?"), ("meets: pumb/medically necessary", "did you mean `pump`?")],
)
def test_a_kind_that_there_is_not_is_told_with_the_nearest_one(asked: str, hint: str) -> None:
    text = TEXTS["policy.md"].replace("requested: pump", asked)
    _, issues = policy_of({**TEXTS, "policy.md": text}, FOLDER, "90085-infusion-items")
    assert [(issue.code, issue.hint) for issue in issues] == [("unknown-request", hint)]


WANTED = "pump-requested: {kind: yes-no, phrase: a pump is wanted}"
PUMPS = """pump-requested:
  kind: list of
  name: the pumps
  question: Which pumps were used?
  phrase: these pumps were used
  including: these pumps were used, and perhaps others
  none: no pump was used
  row: the pump of {day}
  fields: {day: {kind: date, name: the day}}"""


@pytest.mark.parametrize("declared", [WANTED, PUMPS], ids=["a fact", "a list"])
def test_what_has_the_id_by_which_a_line_is_asked_is_refused(declared: str) -> None:
    facts = f"{TEXTS['facts.yaml']}\n{declared}\n"
    _, issues = policy_of({**TEXTS, "facts.yaml": facts}, FOLDER, "90085-infusion-items")
    assert [(issue.code, issue.place.path) for issue in issues] == [("duplicate-id", f"{FOLDER}/facts.yaml")]
    assert issues[0].hint == "rename the fact: its id is what `requested: pump` is asked as"


def test_a_fact_of_another_policy_is_not_taken_for_what_lines_answer(tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "library")
    folder = tmp_path / "library" / "policy" / "90086-wanted"
    folder.mkdir()
    head = TEXTS["policy.md"].partition("## Pump")[0].replace("90085", "90086").replace("Infusion Items", "Wanted")
    block = "## Bag {#bag}\n\n~~~criteria\nrequest: pump\noutcome: medically necessary\nfact: pump-requested\n~~~\n"
    (folder / "policy.md").write_text(head + block, "utf-8")
    (folder / "facts.yaml").write_text(WANTED + "\n", "utf-8")
    asking = tmp_path / "library" / FOLDER / "policy.md"
    text = TEXTS["policy.md"].replace(
        "  - {requested: pump", "  - {meets: 90086/bag, text: Wanted}\n  - {requested: pump"
    )
    asking.write_text(text, "utf-8")
    issues = judge_policies(read_library(tmp_path / "library")).issues
    [refused] = [issue for issue in issues if issue.code == "fact-declared-otherwise"]
    assert refused.message.endswith("what other lines of a request answer here")


def test_a_case_cannot_say_what_a_line_comes_to_that_there_is_not() -> None:
    both = policy(("  - {meets: pump/medically", "  - {requested: pump, text: A pump}\n  - {meets: pump/medically"))
    facts = {"prescribed": True, "pump-requested": False, "pump-medically-necessary": True}
    stated = {"policy": "90085", "request": "stand", "date": "2025-07-01", "facts": facts}
    assert compile_policy(both).check(stated) is None
    [read] = read_cases(json.dumps(stated), "case.json", periods(both))
    assert [issue.code for issue in read.issues] == ["impossible-value"]
    assert "`pump-requested` says that there is no such line" in read.issues[0].message
    assert compile_policy(both).check({**stated, "facts": {**facts, "pump-requested": True}}) is not None


def test_what_a_request_comes_to_on_its_own_cannot_be_asked_by_another_policy_where_it_depends_on_lines(
    tmp_path: Path,
) -> None:
    shutil.copytree(ROOT, tmp_path / "library")
    folder = tmp_path / "library" / "policy" / "90086-asking"
    folder.mkdir()
    text = TEXTS["policy.md"].partition("## Pump")[0].replace("90085", "90086").replace("Infusion Items", "Asking")
    text += "## Bag {#bag}\n\n~~~criteria\nrequest: pump\noutcome: medically necessary\nmeets: 90085/stand\n~~~\n"
    (folder / "policy.md").write_text(text, "utf-8")
    issues = judge_policies(read_library(tmp_path / "library")).issues
    [refused] = [issue for issue in issues if issue.code == "rows-or-codes-of-another"]
    assert refused.message == "what is asked of policy `90085` depends on the other lines of a request"
