"""Each kind of Then sentence holds where the policy agrees, and says why where it does not."""

from __future__ import annotations

import pytest

from tests.scenario.sample import CASE, REQUEST, differences

OPEN = CASE + REQUEST
"""There is pain, but whether it lasts is not known."""

LASTING = CASE.replace("\n", "\n  And the pain is lasting\n", 1) + REQUEST
"""Medically necessary under I.a."""

SHORT = CASE.replace("\n", "\n  And the pain is not lasting\n", 1) + REQUEST
"""Not medically necessary under IV."""

UNKNOWN = REQUEST
"""Nothing is known."""

CODED = "  Given the request names code 97124\n  And the request names code 97999\n" + LASTING.replace(
    "Given", "And", 1
)
SEVERE = "  Given the heart failure is of NYHA class II\n" + LASTING.replace("Given", "And", 1)
MILD = "  Given the heart failure is of NYHA class I\n  And no area is painful\n" + LASTING.replace("Given", "And", 1)
FURTHER = "  Given the pain is not lasting\n  When more therapy is requested on 2025-06-01\n"
EITHER = LASTING.replace("is 40 years", "is 70 years")
RECENT = LASTING.replace("2024-06-01", "2025-05-01")

IS_LASTING = "  Then it is medically necessary under I.a\n"
OPEN_NEEDS = "  Then more information is needed on whether the pain is lasting\n"
ALL_NEEDED = """\
  Then more information is needed on
    | the end of the trial |
    | whether there is pain |
    | whether the pain is lasting |
    | the Veteran's age |
"""

HOLDING = {
    "an outcome under a clause": LASTING + IS_LASTING,
    "an outcome under two clauses in any order": EITHER + "  Then it is medically necessary under I.b and I.a\n",
    "not medically necessary": SHORT + "  Then it is not medically necessary under IV\n",
    "not indicated": RECENT + "  Then it is not indicated under II\n",
    "not addressed": FURTHER + "  Then it is not addressed\n",
    "case and spacing": LASTING + "  Then It  is MEDICALLY necessary under i.A.\n",
    "more information": OPEN + OPEN_NEEDS,
    "more information and nothing else": OPEN + OPEN_NEEDS + "  And nothing else is needed\n",
    "more information on a table of subjects": UNKNOWN + ALL_NEEDED,
    "some of what is needed": UNKNOWN + "  Then more information is needed on the Veteran's age\n",
    "settled by": UNKNOWN + ALL_NEEDED + "  And it is settled by knowing the end of the trial\n",
    "settled by a table": UNKNOWN + ALL_NEEDED + "  And it is settled by knowing\n    | the end of the trial |\n",
    "depends": OPEN + OPEN_NEEDS + "  And it depends on whether the pain is lasting\n",
    "does not depend": OPEN + OPEN_NEEDS + "  And it does not depend on whether there is pain\n",
    "classified": SEVERE + IS_LASTING + "  And it is classified as complex condition\n",
    "not classified": MILD + IS_LASTING + "  And it is not classified as Complex Condition\n",
    "not known whether classified": LASTING
    + IS_LASTING
    + "  And it is not known whether it is classified as complex condition\n",
    "a code that is listed": CODED + IS_LASTING + "  And code 97124 is listed in III\n",
    "a code that is not listed": CODED + IS_LASTING + "  And code 97999 is not listed\n",
}

FAILING = {
    "another outcome": (
        SHORT + IS_LASTING,
        "expected medically necessary under I.a, but it is not medically necessary under IV",
    ),
    "another clause": (
        LASTING + "  Then it is medically necessary under I.b\n",
        "expected medically necessary under I.b, but it is medically necessary under I.a",
    ),
    "a clause too many": (
        LASTING + "  Then it is medically necessary under I.a and I.b\n",
        "expected medically necessary under I.a and I.b, but it is medically necessary under I.a",
    ),
    "a clause too few": (
        EITHER + IS_LASTING,
        "expected medically necessary under I.a, but it is medically necessary under I.a and I.b",
    ),
    "an outcome where more is needed": (
        OPEN + IS_LASTING,
        "expected medically necessary under I.a, but more information is needed on whether the pain is lasting",
    ),
    "not addressed where it is": (
        LASTING + "  Then it is not addressed\n",
        "expected not addressed, but it is medically necessary under I.a",
    ),
    "not indicated where it is necessary": (
        LASTING + "  Then it is not indicated under II\n",
        "expected not indicated under II, but it is medically necessary under I.a",
    ),
    "more information where it is settled": (
        LASTING + OPEN_NEEDS,
        "expected more information to be needed, but it is medically necessary under I.a",
    ),
    "more information on what does not matter": (
        OPEN + "  Then more information is needed on the NYHA class\n",
        "expected more information to be needed on the NYHA class, but it does not depend on that",
    ),
    "something else is needed": (
        UNKNOWN + "  Then more information is needed on the Veteran's age\n  And nothing else is needed\n",
        "more information is also needed on the end of the trial; whether there is pain; whether the pain is lasting",
    ),
    "a table without all that is needed": (
        UNKNOWN + ALL_NEEDED.replace("    | the Veteran's age |\n", ""),
        "more information is also needed on the Veteran's age",
    ),
    "a table with more than is needed": (
        OPEN + "  Then more information is needed on\n    | whether the pain is lasting |\n    | the NYHA class |\n",
        "expected more information to be needed on the NYHA class, but it does not depend on that",
    ),
    "settled by something else": (
        OPEN + OPEN_NEEDS + "  And it is settled by knowing whether there is pain\n",
        "expected it to be settled by knowing whether there is pain, but it is by whether the pain is lasting",
    ),
    "settled by nothing": (
        LASTING + IS_LASTING + "  And it is settled by knowing whether there is pain\n",
        "expected it to be settled by knowing whether there is pain, but it is by nothing",
    ),
    "settled by fewer than a table": (
        OPEN
        + OPEN_NEEDS
        + "  And it is settled by knowing\n    | whether the pain is lasting |\n    | whether there is pain |\n",
        "expected it to be settled by knowing whether the pain is lasting; whether there is pain, "
        "but it is by whether the pain is lasting",
    ),
    "does not depend though stated": (
        OPEN + OPEN_NEEDS + "  And it depends on whether there is pain\n",
        "it does not depend on whether there is pain",
    ),
    "depends though denied": (
        OPEN + OPEN_NEEDS + "  And it does not depend on whether the pain is lasting\n",
        "it depends on whether the pain is lasting",
    ),
    "not classified though stated": (
        MILD + IS_LASTING + "  And it is classified as complex condition\n",
        "expected the classification as complex condition to be true, but it is false",
    ),
    "classified though denied": (
        SEVERE + IS_LASTING + "  And it is not classified as complex condition\n",
        "expected the classification as complex condition to be false, but it is true",
    ),
    "classified though not known": (
        SEVERE + IS_LASTING + "  And it is not known whether it is classified as complex condition\n",
        "expected the classification as complex condition to be unknown, but it is true",
    ),
    "unknown though classified": (
        LASTING + IS_LASTING + "  And it is classified as complex condition\n",
        "expected the classification as complex condition to be true, but it is unknown",
    ),
    "a code that is listed elsewhere": (
        CODED + IS_LASTING + "  And code 97124 is listed in I.a\n",
        "code 97124 is listed in III",
    ),
    "a code that is not listed though stated": (
        CODED + IS_LASTING + "  And code 97999 is listed in III\n",
        "code 97999 is not listed",
    ),
    "a code that is listed though denied": (
        CODED + IS_LASTING + "  And code 97124 is not listed\n",
        "code 97124 is listed in III",
    ),
}


@pytest.mark.parametrize("sentences", HOLDING.values(), ids=HOLDING)
def test_an_expectation_holds_where_the_policy_agrees(sentences: str) -> None:
    assert differences(sentences) == []


@pytest.mark.parametrize(("sentences", "why"), FAILING.values(), ids=FAILING)
def test_an_expectation_fails_where_the_policy_disagrees_and_says_why(sentences: str, why: str) -> None:
    assert differences(sentences) == [why]


@pytest.mark.parametrize("sentence", ["code 97124 is listed in III", "code 97124 is not listed"])
def test_nothing_can_be_expected_of_a_code_that_the_request_does_not_name(sentence: str) -> None:
    assert differences(f"{LASTING}{IS_LASTING}  And {sentence}\n") == ["the request does not name code 97124"]
