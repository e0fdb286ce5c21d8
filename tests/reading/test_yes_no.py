"""The denial and the question that follow from a sentence, and the sentences that must be denied by their author."""

from __future__ import annotations

import pytest

from cdispec.model.facts import YesNo
from cdispec.parse.facts import read_facts
from cdispec.parse.yes_no import NOT_CERTAIN, YesNoSentences, sentences_of

CERTAIN = {
    "the Veteran has returned to work": "the Veteran has not returned to work | Has the Veteran returned to work?",
    "the Veteran has had a stroke": "the Veteran has not had a stroke | Has the Veteran had a stroke?",
    "the device has been replaced": "the device has not been replaced | Has the device been replaced?",
    "the wounds have healed": "the wounds have not healed | Have the wounds healed?",
    "the Veteran has a wound": "the Veteran has no wound | Does the Veteran have a wound?",
    "the Veteran has the strength to walk": (
        "the Veteran does not have the strength to walk | Does the Veteran have the strength to walk?"
    ),
    "the Veterans have a caregiver": "the Veterans have no caregiver | Do the Veterans have a caregiver?",
    "the Veteran had a fall": "the Veteran had no fall | Did the Veteran have a fall?",
    "the Veteran is in hospice": "the Veteran is not in hospice | Is the Veteran in hospice?",
    "the goals are met": "the goals are not met | Are the goals met?",
    "the test was done within 30 days": "the test was not done within 30 days | Was the test done within 30 days?",
    "the tests were repeated": "the tests were not repeated | Were the tests repeated?",
    "it is an emergency": "it is not an emergency | Is it an emergency?",
    "the Veteran can walk": "the Veteran cannot walk | Can the Veteran walk?",
    "the Veteran could use a cane": "the Veteran could not use a cane | Could the Veteran use a cane?",
    "the device will be used at home": "the device will not be used at home | Will the device be used at home?",
    "the Veteran smokes": "the Veteran does not smoke | Does the Veteran smoke?",
    "the goals include self-care": "the goals do not include self-care | Do the goals include self-care?",
    "the condition to be treated is confirmed": (
        "the condition to be treated is not confirmed | Is the condition to be treated confirmed?"
    ),
    "a plan is documented": "no plan is documented | Is a plan documented?",
    "a treatment area requires caution": "no treatment area requires caution | Does a treatment area require caution?",
    "another response is documented": "no other response is documented | Is another response documented?",
    "a pulmonologist has determined that the condition will last": (
        "no pulmonologist has determined that the condition will last | "
        "Has a pulmonologist determined that the condition will last?"
    ),
    "there is a reasonable expectation of benefit": (
        "there is no reasonable expectation of benefit | Is there a reasonable expectation of benefit?"
    ),
    "there is swelling": "there is no swelling | Is there swelling?",
    "there are other factors that may complicate treatment": (
        "there are no other factors that may complicate treatment | "
        "Are there other factors that may complicate treatment?"
    ),
    "there is another painful condition": ("there is no other painful condition | Is there another painful condition?"),
    "there has been a fall": "there has been no fall | Has there been a fall?",
    "there was an ulcer": "there was no ulcer | Was there an ulcer?",
    "clinically meaningful improvement is documented": (
        "clinically meaningful improvement is not documented | Is clinically meaningful improvement documented?"
    ),
    "the Veteran is able to stand without help": (
        "the Veteran is not able to stand without help | Is the Veteran able to stand without help?"
    ),
    "the Veteran has agreed to return": "the Veteran has not agreed to return | Has the Veteran agreed to return?",
    "a plan of care is documented": "no plan of care is documented | Is a plan of care documented?",
    "there are other wounds": "there are no other wounds | Are there other wounds?",
}

NOT_ONE = [
    "the Veteran has pain",  # "has not pain"
    "the Veteran has advanced cancer",  # not "has not advanced cancer"
    "the Veteran has multiple injuries",
    "the Veteran has to be restrained",
    "the Veteran has pain and swelling",  # not both, or neither
    "pain and swelling are documented",
    "pain or swelling is documented",
    "the Veteran has no caregiver",  # denied already
    "the Veteran is not able to walk",
    "the Veteran is never alone",
    "there is no infection",
    "both knees are affected",
    "all wounds have healed",
    "some therapy is documented",
    "one of the drugs has failed",
    "two drugs were tried",
    "at least one drug was tried",
    "3 drugs were tried",
    "the Veteran is on all listed drugs",
    "the Veteran is treated because of pain",
    "the Veteran is already treated",
    "the Veteran is treated by the provider alone",
    "the treatment may help",  # "may not" is another thing than "it is not so that it may"
    "the Veteran should rest",
    "the Veteran who has diabetes is pregnant",
    "a person who lives with the Veteran is trained",
    "the Veteran's wear is documented",
    "the Veteran's will is documented",
    "the tests that were done are recent",
    "the therapy failed",
    "the Veteran improved, in full or in part",
    "the Veteran isn't pregnant",
    "that device is broken",
    "there is the wish to continue",
    "there are at least two wounds",
    "there are two wounds",
    "there is pain and swelling",
    "there is a wound, and it is clean",
    "is it so",
    "the Veteran has a fever or a cough",  # "has no fever or a cough"
    "there is an infection or a wound",
    "the Veteran had an operation or an injury",
    "a fall is documented or a fracture",
    "there is a history of falls or a history of seizures",
    "the Veteran has a wound that is infected or a fever",
    "the Veteran wears a brace or uses a cane",
    "the Veteran has a wound plus a fever",
    "the Veteran has an ulcer instead of a wound",
    "the Veteran has a device that fails because of wear",
    "the Veteran receives therapy whenever there is pain",
    "the Veteran has a device due to pain",
    "the Veteran is treated in order to improve",
    "the Veteran is stable provided that the dose is unchanged",
    "the Veteran was seen without a caregiver",
    "there is pain without swelling",
    "there is little evidence",
    "there is enough evidence",
    "there is sufficient evidence",
    "there is such a wound",
    "there is something in the wound",
    "there is nothing in the wound",
    "there is everything",
    "something is wrong",
    "everyone is trained",
    "there are certain signs",
    "certain signs are documented",
    "there are multiple wounds",
    "there are several wounds",
    "there are many wounds",
    "there are few wounds",
    "there are a few wounds",
    "there is currently a wound",
    "there is now a wound",
    "there is a lack of evidence",
    "twelve drugs were tried",
    "fifteen sessions were held",
    "twenty-five sessions were held",
    "a dozen drugs were tried",
    "multiple drugs were tried",
    "any of the drugs is taken",
    "any wound is clean",
    "another of the drugs is taken",
    "a number of drugs were tried",
    "a couple of drugs were tried",
    "a lot of pain is reported",
    "a total of drugs is documented",
    "a majority of the goals are met",
    "the majority of the goals are met",
    "plenty of drugs were tried",
    "there are a number of wounds",
    "the Veteran wears at least two braces",
    "the Veteran wears at most one brace",
    "the test was done twice",
    "the Veteran is hardly able to walk",
    "not only pain is documented",
    "neither knee is affected",
    "each knee is affected",
    "most goals are met",
    "the Veteran will probably walk",
    "it is likely that the Veteran will improve",
    "the Veteran has need of a wheelchair",
    "the Veteran has speed of gait",
    "the Veteran has bed at home",
    "after surgery a wound is open",
    "currently a drug is taken",
    "today the Veteran is treated",
    "the Veteran can at times walk",
    "the Veteran was treated for up to 3 weeks",
    "the Veteran is treated by whichever provider is present",
    "the Veteran has a very bad wound",
    "a is clean",
    "there is a",
    "words",
    "is",
    "there is",
]


@pytest.mark.parametrize("phrase", CERTAIN)
def test_what_is_certain_follows_from_the_phrase(phrase: str) -> None:
    found = sentences_of(phrase)
    assert f"{found.negative} | {found.question}" == CERTAIN[phrase]


@pytest.mark.parametrize("phrase", NOT_ONE)
def test_what_could_be_denied_in_two_ways_is_left_to_its_author(phrase: str) -> None:
    assert sentences_of(phrase) == NOT_CERTAIN == YesNoSentences("", "")


def test_who_prescribes_is_denied_for_certain_and_the_verb_is_not_certain() -> None:
    found = sentences_of("a pulmonologist has prescribed home oxygen")
    assert found == YesNoSentences("no pulmonologist has prescribed home oxygen", "")


def test_a_fact_needs_no_more_than_its_phrase() -> None:
    facts, issues = read_facts("working: {kind: yes-no, phrase: the Veteran has returned to work}\n", "facts.yaml")
    assert issues == []
    working = facts["working"]
    assert isinstance(working, YesNo)
    assert (working.question, working.negative) == (
        "Has the Veteran returned to work?",
        "the Veteran has not returned to work",
    )
    assert working.derived == ("question", "negative")


def test_what_is_written_is_kept() -> None:
    text = "working:\n  kind: yes-no\n  phrase: the Veteran has returned to work\n  question: Back at work?\n"
    facts, issues = read_facts(text, "facts.yaml")
    assert issues == []
    working = facts["working"]
    assert isinstance(working, YesNo)
    assert (working.question, [*working.derived]) == ("Back at work?", ["negative"])


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ("", ["question", "negative"]),
        ("  question: Is there pain?\n", ["negative"]),
        ("  negative: the Veteran has no pain\n", ["question"]),
        ("  question: Is there pain?\n  negative: the Veteran has no pain\n", []),
    ],
)
def test_what_does_not_follow_is_asked_for_with_its_spelling(written: str, missing: list[str]) -> None:
    _, issues = read_facts(f"pain:\n  kind: yes-no\n  phrase: the Veteran has pain\n{written}", "facts.yaml")
    hints = {
        "question": "add `question: Is it so that the Veteran has pain?`, in your own words",
        "negative": "add `negative: it is not so that the Veteran has pain`, in your own words",
    }
    assert [(issue.code, issue.place.line, issue.hint) for issue in issues] == [
        ("sentence-needed", 3, hints[key]) for key in missing
    ]
