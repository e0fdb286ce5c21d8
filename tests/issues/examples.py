"""The examples of issue codes, each a small library that triggers one code.

`<code>/` holds the files in which the example differs from `base/`, and `expected.txt`: what cdispec prints of it.
An example with a case is decided by `cdispec determine`, any other is checked by `cdispec check`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from cdispec.check import judge_policies
from cdispec.check.release import hindrances
from cdispec.issues.catalogue import codes_by_subject
from cdispec.library import LARGEST_FILE, read_library
from cdispec.library.release import Wish, write_release
from cdispec.library.release import prepared as release_of

FOLDER = Path(__file__).parent
BASE = FOLDER / "base"
EXPECTED = "expected.txt"
CASES = ("case.yaml", "cases.jsonl")
POLICY = "policy/00042-home-oxygen-therapy/policy.md"
FACTS = "policy/00042-home-oxygen-therapy/facts.yaml"
REVISIONS = "policy/00042-home-oxygen-therapy/revisions"
OPTIONS = {"undecided-question": ("--limit", "0.000001")}
FEATURE = "features/00042-home-oxygen-therapy/home-oxygen.feature"


def _code(name: str) -> str:
    return name.replace("_", "-")


def every_code() -> list[str]:
    """The name of every code, by subject."""
    return [code.name for _, codes in codes_by_subject() for code in codes]


def lay_out(code: str, library: Path) -> None:
    """Make the library of an example."""
    shutil.copytree(BASE, library, dirs_exist_ok=True)
    shutil.copytree(FOLDER / code, library, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))
    if code in MADE:
        MADE[code](library)


def command(code: str) -> list[str]:
    """The arguments of cdispec that show an example."""
    cases = [name for name in CASES if (FOLDER / code / name).exists()]
    return ["determine", *cases] if cases else ["check", *OPTIONS.get(code, ())]


def files(code: str) -> list[str]:
    """The files in which an example differs from the base."""
    paths = (path for path in (FOLDER / code).rglob("*") if path.is_file() and path.name != EXPECTED)
    return sorted(path.relative_to(FOLDER / code).as_posix() for path in paths if path.suffix != ".pyc")


def outside_library(library: Path) -> None:
    """`features/00042-home-oxygen-therapy/travel.feature` is a symbolic link to a file of another library."""
    link = library / Path(FEATURE).with_name("travel.feature")
    link.symlink_to("../../../another-library/features/travel.feature")


def unfit_folder(library: Path) -> None:
    """The folders of the policy and of its scenarios are named `00042-home-oxygen,therapy`."""
    for folder in (POLICY, FEATURE):
        (library / folder).parent.rename((library / folder).parent.with_name("00042-home-oxygen,therapy"))


def not_utf8(library: Path) -> None:
    """The feature was saved as Windows-1252 and names the Pickwickian syndrome of a patient called Müller."""
    feature = library / FEATURE
    feature.write_bytes(feature.read_bytes().replace(b"COPD with low", "Müller: COPD with low".encode("cp1252")))


def invisible_character(library: Path) -> None:
    """A paragraph was pasted from a word processor: with its bullet U+F0B7, a soft hyphen U+00AD and a mark U+202E."""
    pasted = "\uf0b7 Portable oxygen is an option.\n\nIt needs a new pre\u00adscription.\n\nAt most \u202e88 percent.\n"
    _replace(library / POLICY, "## Limitations {#limitations}\n", f"## Limitations {{#limitations}}\n\n{pasted}")


def file_too_large(library: Path) -> None:
    """The feature has grown to more than 20 million bytes."""
    with (library / FEATURE).open("r+b") as feature:
        feature.truncate(LARGEST_FILE + 1)


def line_too_long(library: Path) -> None:
    """A line of the feature has ten million characters."""
    feature = library / FEATURE
    feature.write_text(feature.read_text("utf-8").replace("low saturation", "low " * 2_500_000), "utf-8")


def nested_too_deep(library: Path) -> None:
    """The criterion of a prescription stands inside 50 others, each the opposite of the next."""
    inner = "{fact: prescribed}"
    for depth in range(50, 0, -1):
        inner = f"{{id: not-{depth}, not: {inner}}}"
    _replace(
        library / POLICY,
        "  - fact: prescribed\n    text: Home",
        f"  - id: prescription\n    not: {inner}\n    text: Home",
    )


def too_many_repetitions(library: Path) -> None:
    """Each of 18 criteria refers twice to the one before it, so that the last repeats the first 2^18 times."""
    blocks = "## Step 0 {#step-0}\n\n~~~criteria\nfact: prescribed\n~~~\n"
    for step in range(1, 19):
        again = f"  - {{id: again-{step}, not: {{id: no-{step}, meets: step-{step - 1}}}}}\n"
        logic = f"any:\n  - {{id: once-{step}, meets: step-{step - 1}}}\n{again}"
        blocks += f"\n## Step {step} {{#step-{step}}}\n\n~~~criteria\n{logic}~~~\n"
    _replace(library / POLICY, "## Indications", f"{blocks}\n## Indications")
    _replace(library / POLICY, "  - fact: prescribed\n", "  - id: prescription\n    meets: step-18\n")


def altered_revision(library: Path) -> None:
    """The policy was released on 2025-06-01, and a threshold in the document of that revision was edited afterwards."""
    release(library, "2025-06-01")
    _replace(library / REVISIONS / "2025-06-01" / "policy.md", "at most: 88", "at most: 89")


def misnamed_revision(library: Path) -> None:
    """The policy was released on 2025-06-01, and the folder of that revision was renamed afterwards."""
    release(library, "2025-06-01")
    (library / REVISIONS / "2025-06-01").rename(library / REVISIONS / "2025-07-01")


def retired_policy(library: Path) -> None:
    """The policy was released on 2025-06-01, and with `status: retired` on 2026-01-15."""
    release(library, "2025-06-01")
    _replace(library / POLICY, "status: draft", "status: retired")
    release(library, "2026-01-15", "The policy was retired.")


def lost_row(library: Path) -> None:
    """The policy was released on 2025-06-01 and on 2026-01-15, and the row of the second was removed afterwards."""
    release(library, "2025-06-01")
    release(library, "2026-01-15", "The saturation is now measured at rest.")
    (library / REVISIONS).with_name("history.yaml").write_text("rows: []\n", "utf-8")


def inserted_row(library: Path) -> None:
    """The policy was released on 2025-06-01 and on 2026-01-15, and a row of 2025-09-01 was written in between."""
    release(library, "2025-06-01")
    release(library, "2026-01-15", "The saturation is now measured at rest.")
    row = "rows:\n  - date: 2025-09-01\n    updates: [Reviewed; nothing was changed.]\n"
    _replace((library / REVISIONS).with_name("history.yaml"), "rows:\n", row)


def nothing_published(library: Path) -> None:
    """The policy was released on 2025-06-01, and a case is to be decided by what was published before."""
    release(library, "2025-06-01")


def late_former_row(library: Path) -> None:
    """The policy was released on 2025-06-01, and a row was written among those from before the tool that is later."""
    release(library, "2025-06-01")
    former = 'former:\n  - {number: "2", date: 2025-09-01, updates: [Reviewed.]}\n\nrows: []\n'
    (library / REVISIONS).with_name("history.yaml").write_text(former, "utf-8")


def unpublished_days(library: Path) -> None:
    """The policy took effect on 2025-06-01, and was released for the first time on 2026-01-15."""
    release(library, "2026-01-15", "The policy was written down as it was in use.")


def late_effective_date(library: Path) -> None:
    """The policy was released on 2025-06-01, and its original effective date was made a later one afterwards."""
    release(library, "2025-06-01")
    _replace(library / POLICY, "original_effective_date: 2025-06-01", "original_effective_date: 2025-07-01")


def changed_effective_date(library: Path) -> None:
    """The policy was released on 2025-06-01, and its original effective date was made an earlier one afterwards."""
    release(library, "2025-06-01")
    _replace(library / POLICY, "original_effective_date: 2025-06-01", "original_effective_date: 2025-05-01")


def turned_outcome(library: Path) -> None:
    """The policy was released on 2025-06-01, and an outcome that refers was made one that denies afterwards."""
    outcomes = "outcomes:\n  left to the local office: {effect: refers}\n"
    _replace(library / POLICY, "requests:\n", f"{outcomes}requests:\n")
    _replace(library / POLICY, "otherwise: not medically necessary", "otherwise: left to the local office")
    _replace(library / POLICY, "All other requests are **not medically necessary**", "All others are left to it")
    release(library, "2025-06-01")
    _replace(library / POLICY, "effect: refers", "effect: denies")


def changed_family(library: Path) -> None:
    """The policy was released on 2025-06-01, and its document was given another short name afterwards."""
    release(library, "2025-06-01")
    _replace(library / POLICY, "status: draft", "short: LCD\nstatus: draft")


def summary_denies_change(library: Path) -> None:
    """A threshold was changed, and that was released with the summary "No change in criteria."."""
    release(library, "2025-06-01")
    _replace(library / POLICY, "at most: 88", "at most: 89")
    _replace(library / POLICY, "88% or less", "89% or less")
    release(library, "2026-01-15", "No change in criteria.")


def summary_claims_change(library: Path) -> None:
    """Only the words of a criterion were changed, and that was released as a change of the criteria."""
    release(library, "2025-06-01")
    _replace(library / POLICY, "text: Home oxygen is", "text: Oxygen at home is")
    release(library, "2026-01-15", "The criteria were changed.")


def reworded_criterion(library: Path) -> None:
    """The policy was released on 2025-06-01, and an item of its list was reworded afterwards."""
    release(library, "2025-06-01")
    _replace(library / POLICY, "text: Home oxygen is prescribed", "text: Oxygen at home is prescribed")


def reworded_fact(library: Path) -> None:
    """The policy was released on 2025-06-01, and a question was reworded afterwards."""
    release(library, "2025-06-01")
    _replace(library / FACTS, "question: Has a pulmonologist prescribed", "question: Did a pulmonologist prescribe")


def reworded_entry(library: Path) -> None:
    """The policy was released on 2025-06-01, and a definition of it was reworded afterwards."""
    table = "| Term | Definition |\n|---|---|\n| At rest | After five minutes of sitting |\n"
    _replace(library / POLICY, "## Limitations", f"## Definitions {{#definitions}}\n\n{table}\n## Limitations")
    release(library, "2025-06-01")
    _replace(library / POLICY, "After five minutes of sitting", "While lying down")


def reworded_prose(library: Path) -> None:
    """The policy was released on 2025-06-01, and its title was changed afterwards."""
    release(library, "2025-06-01")
    _replace(library / POLICY, "title: Home Oxygen Therapy", "title: Oxygen Therapy at Home")


def unworded_logic(library: Path) -> None:
    """The policy was released on 2025-06-01, and an answer was limited afterwards that no word of the policy limits."""
    release(library, "2025-06-01")
    _replace(library / FACTS, "minimum: 0", "minimum: 50")


def changed_shared_clause(library: Path) -> None:
    """The policy was released on 2025-06-01, and the clause that it shares was edited afterwards."""
    release(library, "2025-06-01")
    clause = library / "policy" / "shared" / "prescription.md"
    _replace(clause, "fact: prescribed\ntext:", "fact: prescribed\nfrom: 2026-01-01\ntext: From 2026 on,")


def undecided_question(library: Path) -> None:
    """Nothing is wrong with the policy, but the solver is given no more than a millionth of a second."""


def release(library: Path, day: str, *summaries: str) -> None:
    """Release the one policy of a library, as `cdispec release` does when nothing hinders it."""
    read = read_library(library)
    [(number, policy)] = read.policies.items()
    revisions = read.revisions.get(number, ())
    wish = Wish(date.fromisoformat(day), summaries)
    prepared = release_of(library, policy, revisions, wish)
    assert prepared is not None
    assert not [*hindrances(library, policy, revisions, wish), *judge_policies(read).issues]
    write_release(library, prepared)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


MADE: dict[str, Callable[[Path], None]] = {
    _code(make.__name__): make
    for make in (
        outside_library,
        unfit_folder,
        not_utf8,
        invisible_character,
        file_too_large,
        line_too_long,
        nested_too_deep,
        too_many_repetitions,
        altered_revision,
        misnamed_revision,
        retired_policy,
        lost_row,
        inserted_row,
        nothing_published,
        late_former_row,
        unpublished_days,
        late_effective_date,
        changed_effective_date,
        turned_outcome,
        changed_family,
        summary_denies_change,
        summary_claims_change,
        reworded_criterion,
        reworded_fact,
        reworded_entry,
        reworded_prose,
        unworded_logic,
        changed_shared_clause,
        undecided_question,
    )
}
"""Examples that cannot be stored, or not well: each function makes its own, and says what it is."""
