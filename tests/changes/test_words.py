"""The redline of a text reads well and loses nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.analysis.changes.words import SpanKind, matched, redline

TEXTS = st.lists(
    st.sampled_from(
        ["of", "the", "pain", "Pain", "65", "1,000", ".", ",", " ", "  ", "\n", "-", "co-morbidity", "é", "("]
    )
    | st.text(max_size=3),
    max_size=14,
).map("".join)


def marked(before: str, after: str) -> str:
    """A redline in one line of text."""
    marks = {SpanKind.KEPT: "{}", SpanKind.REMOVED: "[-{}-]", SpanKind.ADDED: "{{+{}+}}"}
    return "".join(marks[span.kind].format(span.text) for span in redline(before, after))


@given(TEXTS, TEXTS)
def test_kept_and_removed_words_are_the_first_text_and_kept_and_added_ones_the_second(before: str, after: str) -> None:
    spans = redline(before, after)
    assert "".join(span.text for span in spans if span.kind is not SpanKind.ADDED) == before
    assert "".join(span.text for span in spans if span.kind is not SpanKind.REMOVED) == after


@given(TEXTS, TEXTS)
def test_neighbouring_spans_differ_in_kind_and_none_is_empty(before: str, after: str) -> None:
    spans = redline(before, after)
    assert all(span.text for span in spans)
    assert all(one.kind is not two.kind for one, two in pairwise(spans))


@given(TEXTS)
def test_equal_texts_are_kept_whole(text: str) -> None:
    assert [span.kind for span in redline(text, text)] == [SpanKind.KEPT] * bool(text)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("at least 65 years", "more than 65 years", "[-at least-]{+more than+} 65 years"),
        ("Back pain", "Chronic back pain", "[-Back-]{+Chronic back+} pain"),
        ("Neck pain", "Neck pain or stiffness", "Neck pain{+ or stiffness+}"),
        ("One here. Two.", "One here. New here. Two.", "One here. {+New here. +}Two."),
        ("One here. Two.", "One here. Two. Three.", "One here. Two.{+ Three.+}"),
        ("Pain, of any cause", "Pain of any cause", "Pain[-,-] of any cause"),
        ("a b c d", "a c d", "a [-b -]c d"),
        ("limits of treatment", "amount of therapy", "[-limits of treatment-]{+amount of therapy+}"),
        ("ALL of the criteria", "ANY of the criteria", "[-ALL-]{+ANY+} of the criteria"),
        ("the co-morbidity", "the co-morbidities", "the [-co-morbidity-]{+co-morbidities+}"),
        ("within 6 months", "within 1.5 months", "within [-6-]{+1.5+} months"),
    ],
)
def test_a_redline_reads_as_an_editor_would_mark_it(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_tokens_that_are_no_texts_are_matched_as_well() -> None:
    before = [("bold", "ALL"), ("", " "), ("", "of")]
    after = [("", "ALL"), ("", " "), ("", "of")]
    assert list(matched(before, after, text=lambda token: token[1])) == [
        (SpanKind.REMOVED, [("bold", "ALL")]),
        (SpanKind.ADDED, [("", "ALL")]),
        (SpanKind.KEPT, [("", " "), ("", "of")]),
    ]
