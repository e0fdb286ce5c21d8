"""The built document says what the published one says.

The published text is `seed/cdi-00036-medical-massage-therapy.md`, as it was extracted. What differs is written down in
`seed/differences.yaml`, each with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

import pytest
import yaml

from cdispec.model.policy import Policy
from tests.publish.paragraphs import of_extraction, of_html

SEED = Path(__file__).parent / "seed"
MENDED = "mended extraction"

Difference = tuple[tuple[str, ...], tuple[str, ...]]


def found_differences(seed: list[str], ours: list[str]) -> list[Difference]:
    """The runs of paragraphs that differ."""
    matcher = SequenceMatcher(None, seed, ours, autojunk=False)
    return [(tuple(seed[a:b]), tuple(ours[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def told(differences: Iterable[Difference]) -> str:
    lines = []
    for seed, ours in differences:
        lines += [*(f"  published: {line}" for line in seed), *(f"  ours:      {line}" for line in ours), ""]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def differences(page: str) -> list[Difference]:
    seed = (SEED / "cdi-00036-medical-massage-therapy.md").read_text("utf-8")
    return found_differences(of_extraction(seed), of_html(page))


@pytest.fixture(scope="module")
def explained() -> list[tuple[Difference, str]]:
    entries = yaml.safe_load((SEED / "differences.yaml").read_text("utf-8"))
    return [((tuple(entry["published"]), tuple(entry["ours"])), entry["because"]) for entry in entries]


def test_every_difference_from_the_published_words_is_explained(
    differences: list[Difference], explained: list[tuple[Difference, str]]
) -> None:
    unexplained = Counter(differences) - Counter(difference for difference, _ in explained)
    assert not unexplained, "not explained in seed/differences.yaml:\n" + told(unexplained.elements())


def test_every_explanation_still_applies(
    differences: list[Difference], explained: list[tuple[Difference, str]]
) -> None:
    idle = Counter(difference for difference, _ in explained) - Counter(differences)
    assert not idle, "explained in seed/differences.yaml, but no longer so:\n" + told(idle.elements())


def test_every_explanation_is_a_mended_extraction_or_an_interpretation(
    explained: list[tuple[Difference, str]], policy: Policy
) -> None:
    known = {MENDED, *(decision.id for decision in policy.interpretations)}
    assert {because for _, because in explained} <= known


def test_a_mended_extraction_changes_no_word(explained: list[tuple[Difference, str]], page: str) -> None:
    printed = of_html(page)
    for (published, ours), because in explained:
        if because == MENDED:
            repeated_heads = not ours and all("\t" in row and row in printed for row in published)
            assert repeated_heads or " ".join(published) == " ".join(ours)


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("Plantar fasciitis", "Plantar fascitis"),
        ("<strong>ALL</strong>", "ALL"),
        ('<span class="number">b.</span> Limitations', "<span>c.</span> Limitations"),
        ('section <a class="clause" href="#continuation">II.a.iv</a>', "section II.a.iii"),
        ("97140", "97141"),
        ("<li>For example, neurologic conditions, vascular disease</li>", ""),
    ],
)
def test_a_changed_word_is_a_difference(page: str, words: str, changed: str) -> None:
    assert words in page
    assert len(found_differences(of_html(page), of_html(page.replace(words, changed)))) == 1
