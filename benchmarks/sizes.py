"""The size of documents: a library of CDI 00036 with three released revisions and its working state, by kind of file.

The library is made by the commands that its author has, and its scenarios were run. The second revision adds a
condition to a list and rewords a sentence, the third changes a number.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.scenarios import ROOT, SLUG, cpu_seconds

CDISPEC = [sys.executable, "-m", "cdispec"]
STARTER = "00001-heel-pain-injection"
POLICY, FACTS = f"policy/{SLUG}/policy.md", f"policy/{SLUG}/facts.yaml"
COMPLEX, CONTINUED = (
    f"features/{SLUG}/{name}.feature" for name in ("04-complex-conditions", "05-continuation-condition")
)
ITEM = "      - {fact: diagnosis, includes: neck-pain, text: Neck pain}\n"
REVISIONS = {
    "2025-06-01": ("", ()),
    "2026-01-15": (
        "Whiplash was added to the pain conditions.",
        (
            (FACTS, "    neck-pain: neck pain\n", "    neck-pain: neck pain\n    whiplash: whiplash\n"),
            (POLICY, ITEM, f"{ITEM}{ITEM.replace('neck-pain', 'whiplash').replace('Neck pain', 'Whiplash')}"),
            (POLICY, "conducted a systematic review", "conducted a structured review"),
        ),
    ),
    "2026-09-01": (
        "The age of a complex condition was lowered.",
        (
            (POLICY, "        at least: 65\n", "        at least: 60\n"),
            (POLICY, "Advanced age of 65 or older", "Advanced age of 60 or older"),
            (COMPLEX, "the Veteran is 64 years old", "the Veteran is 59 years old"),
            (CONTINUED, "| 64  | is not |", "| 59  | is not |"),
        ),
    ),
}


def library(folder: Path) -> None:
    """The library with its documents."""
    cpu_seconds([*CDISPEC, "new", "."], folder)
    for kind in ("policy", "features"):
        shutil.rmtree(folder / kind / STARTER)
        shutil.copytree(ROOT / kind / SLUG, folder / kind / SLUG, ignore=shutil.ignore_patterns("revisions"))
    for day, (summary, edits) in REVISIONS.items():
        for path, old, new in edits:
            change(folder / path, old, new)
        told = ["--summary", summary] if summary else []
        cpu_seconds([*CDISPEC, "release", SLUG[:5], "--effective", day, *told], folder)
    cpu_seconds([*CDISPEC, "test", "-q"], folder)
    cpu_seconds([*CDISPEC, "build"], folder)


def change(file: Path, old: str, new: str) -> None:
    """Change a passage of a file wherever it stands."""
    text = file.read_text("utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new), "utf-8")


def kind_of(path: Path) -> str:
    """What a document is, of whatever revision."""
    match path.parts:
        case ("assets", _):
            return "styles, scripts, the engine and a font, shared"
        case ("cdi", _, _, _, "index.html"):
            return "checklist pages with their forms"
        case ("cdi", _, _, "index.html"):
            return "policy pages"
        case ("cdi", _, _, name):
            return name
        case ("cdi", _, _):
            return "pages and feeds of the policy"
        case _:
            return "index, search, codes, guide and feed"


def main() -> None:
    """Print the bytes of each kind of document, most first, and of all; then with a word edited."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        library(root)
        files = [path.relative_to(root / "docs") for path in (root / "docs").rglob("*") if path.is_file()]
        sizes: Counter[str] = Counter()
        for path in files:
            sizes[kind_of(path)] += (root / "docs" / path).stat().st_size
        change(root / POLICY, "conducted a structured review", "conducted a planned review")
        cpu_seconds([*CDISPEC, "test", "-q"], root)
        cpu_seconds([*CDISPEC, "build"], root)
        edited = sum(path.stat().st_size for path in (root / "docs").rglob("*") if path.is_file())
    numbers = Counter(map(kind_of, files))
    print(f"\nthree revisions of CDI 00036 and its working state{'':<7}files      bytes")
    for kind, size in sizes.most_common():
        print(f"  {kind:<52}{numbers[kind]:6}{size:11,}")
    print(f"  {'in all':<52}{len(files):6}{sum(sizes.values()):11,}")
    print(f"  {'in all, a word of the working state changed':<58}{edited:11,}")


if __name__ == "__main__":
    main()
