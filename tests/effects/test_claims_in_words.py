"""What summaries claim of the criteria, in the words in which authors write it."""

from __future__ import annotations

import pytest

from cdispec.analysis.effects.claims import claim_in, denial_in


@pytest.mark.parametrize(
    "summary",
    [
        "No change in criteria.",
        "No change to coverage criteria",
        "no change to the medical necessity criteria",
        "No changes were made to the indications",
        "No substantive changes",
        "Criteria remain the same",
        "Criteria are not affected.",
        "The criteria are unchanged.",
        "Indications were not changed.",
        "Wording changes only.",
        "Only the wording was mended.",
        "No criteria were changed.",
        "No new indications were added.",
        "Reviewed without changes to the criteria.",
        "Criteria have not changed.",
        "Criteria did not change.",
        "No changes.",
        "There were no criteria changes.",
        "This revision does not change any criteria.",
        "Nothing was changed in the criteria; only typing errors.",
        "The criteria stay as they were.",
        "Criteria are as before.",
        "No effect on determinations.",
        "Editorial changes.",
        "Mended without changing the criteria.",
    ],
)
def test_a_summary_can_deny_any_change_of_criteria(summary: str) -> None:
    assert denial_in([summary])
    assert not claim_in([summary])


@pytest.mark.parametrize(
    "summary",
    [
        "The criteria were changed.",
        "The indications were expanded.",
        "New exclusion: severe skin reactions.",
        "Changes to the criteria for continuation.",
        "An additional indication: scar tissue.",
    ],
)
def test_a_summary_can_claim_a_change_of_criteria(summary: str) -> None:
    assert claim_in([summary])
    assert not denial_in([summary])


@pytest.mark.parametrize(
    "summary",
    [
        "Scar tissue was added.",
        "The age was raised from 65 to 70.",
        "The wording of the criteria was changed.",
        "The numbering of the exclusions was updated.",
        "The order of the indications was changed.",
        "A change to the criteria was rejected.",
        "References were updated.",
        "Description of the criteria was updated.",
        "Evidence for the indications was updated.",
        "Spelling was mended; the criteria were updated for readability.",
        "A new indications note explains the list.",
        "A reference on exclusions was added.",
        "New criteria section heading.",
        "New exclusion criteria were considered but not added.",
    ],
)
def test_most_summaries_claim_nothing_that_could_be_proved(summary: str) -> None:
    assert not claim_in([summary])
    assert not denial_in([summary])
