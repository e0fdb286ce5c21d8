"""Pieces of two states side by side."""

from __future__ import annotations

from cdispec.analysis.changes.alignment import aligned, alike_ends, most_alike


def _side_by_side(before: str, after: str) -> list[tuple[str | None, str | None]]:
    """Single letters, which are their own keys."""
    return [*aligned(before.split(), after.split(), key=str)]


def test_what_was_removed_follows_what_it_followed() -> None:
    assert _side_by_side("a b c", "a c") == [("a", "a"), ("b", None), ("c", "c")]


def test_what_was_removed_at_the_beginning_comes_first() -> None:
    assert _side_by_side("a b", "c b") == [("a", None), (None, "c"), ("b", "b")]


def test_what_has_a_key_is_matched_wherever_it_stands() -> None:
    assert _side_by_side("a b", "b a") == [("b", "b"), ("a", "a")]


def test_what_has_no_key_is_matched_by_its_words() -> None:
    before, after = ["pain at rest", "a cough"], ["fever", "pain while at rest"]
    found = [*aligned(before, after, lambda _: "", str.split)]
    assert found == [(None, "fever"), ("pain at rest", "pain while at rest"), ("a cough", None)]


def test_what_shares_too_few_words_is_not_matched() -> None:
    before, after = [["pain", "at", "rest"]], [["pain", "in", "motion"]]
    assert [*most_alike(before, after, 0.3)] == [(0, 0)]
    assert [*most_alike(before, after, 0.4)] == []


def test_the_same_piece_is_never_counted_at_both_ends() -> None:
    assert alike_ends("aa", "a") == (1, 0)
    assert alike_ends("abcd", "abxcd") == (2, 2)
