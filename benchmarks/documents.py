"""Documents of 300 policies: cdispec beside mkdocs-material on the same words, in CPU seconds of whole processes.

Each policy is CDI 00036 under a number and title of its own, with all of its logic, and its background told once more,
so that it has some 3,000 printed words with tables. Its interpretations are left out: mkdocs has no such words. The
first line prints what mkdocs prints, an HTML page for each policy, and search. Then cdispec prints every document of
the recipe; then one policy is changed and printed again, by each.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.scenarios import ROOT, SLUG, cpu_seconds

COUNT = 300
PAGES_ONLY = """\
library: {index.html: templates/library.html}
policy: {index.html: templates/policy.html}
"""
MKDOCS = """\
site_name: Clinical coverage policies
theme: {name: material}
plugins: [search]
markdown_extensions: [tables, attr_list]
"""
_INTERPRETATION = re.compile(r"^~~~interpretation\n.*?^~~~\n\n?", re.MULTILINE | re.DOTALL)
CDISPEC = [sys.executable, "-m", "cdispec"]


def library(folder: Path, count: int, recipe: str = "") -> list[str]:
    """A library of so many policies; `recipe` prints less than the whole."""
    source = ROOT / "policy" / SLUG
    text = policy_text()
    for number in range(1, count + 1):
        own = folder / "policy" / f"{number:05}-therapy"
        own.mkdir(parents=True)
        (own / "policy.md").write_text(_named(text, number), "utf-8")
        shutil.copy(source / "facts.yaml", own)
    shutil.copytree(ROOT / "build", folder / "build")
    if recipe:
        (folder / "build" / "recipe.yaml").write_text(recipe, "utf-8")
    return [*CDISPEC, "build"]


def policy_text() -> str:
    """The policy that is printed so many times."""
    text = _INTERPRETATION.sub("", (ROOT / "policy" / SLUG / "policy.md").read_text("utf-8"))
    background = re.search(
        r"^### Background Information .*?\n\n(.*?)\n\n### Research.*?\n\n(.*?)\n\n### ", text, re.M | re.S
    )
    assert background is not None
    return text.replace("### Medicare", f"{background[1]}\n\n{background[2]}\n\n### Medicare", 1)


def _named(text: str, number: int) -> str:
    text = text.replace('number: "00036"', f'number: "{number:05}"', 1)
    return text.replace("title: Medical Massage Therapy", f"title: Medical Massage Therapy {number}", 1)


def mkdocs(folder: Path, count: int) -> list[str]:
    """The words that cdispec prints, as Markdown for mkdocs."""
    made = folder / "made"
    (made / "policy").mkdir(parents=True)
    shutil.copytree(ROOT / "policy" / SLUG, made / "policy" / SLUG, ignore=shutil.ignore_patterns("revisions"))
    (made / "policy" / SLUG / "policy.md").write_text(policy_text(), "utf-8")
    shutil.copytree(ROOT / "build", made / "build")
    (made / "build" / "recipe.yaml").write_text("revision: {policy.md: templates/revision.md}\n", "utf-8")
    cpu_seconds([*CDISPEC, "build"], made)
    words = (made / "docs" / "cdi" / SLUG / "working" / "policy.md").read_text("utf-8")
    (folder / "docs").mkdir()
    for number in range(1, count + 1):
        page = re.sub(r"^# .*$", f"# Medical Massage Therapy {number}", words, count=1, flags=re.MULTILINE)
        (folder / "docs" / f"{number:05}-therapy.md").write_text(page, "utf-8")
    (folder / "docs" / "index.md").write_text("# Clinical coverage policies\n", "utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    return [sys.executable, "-m", "mkdocs", "build", "--quiet"]


def change(file: Path) -> None:
    """Change a word of a policy."""
    file.write_text(file.read_text("utf-8").replace("systematic review", "structured review", 1), "utf-8")


def main(count: int = COUNT) -> None:
    """Print CPU seconds and the ratio to cdispec's pages."""
    print(f"\n{count:,} policies{'':<36} CPU s    wall s   x cdispec")
    base = 0.0

    def told(name: str, command: list[str], folder: Path) -> None:
        nonlocal base
        started = time.perf_counter()
        spent = cpu_seconds(command, folder)
        wall = time.perf_counter() - started
        base = base or spent
        print(f"  {name:<44}{spent:8.2f}{wall:10.2f}{spent / base:11.2f}")

    for name, recipe in (("cdispec: pages and search", PAGES_ONLY), ("cdispec: every document, PDF among them", "")):
        with tempfile.TemporaryDirectory() as made:
            command = library(Path(made), count, recipe)
            told(name, command, Path(made))
            change(Path(made) / "policy" / "00007-therapy" / "policy.md")
            told("  the same, one policy changed", command, Path(made))
    with tempfile.TemporaryDirectory() as made:
        command = mkdocs(Path(made), count)
        told("mkdocs-material with search", command, Path(made))
        change(Path(made) / "docs" / "00007-therapy.md")
        told("  the same, one policy changed", command, Path(made))


if __name__ == "__main__":
    main()
