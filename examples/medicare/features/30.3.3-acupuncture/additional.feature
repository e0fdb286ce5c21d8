Feature: Additional sessions of acupuncture
  Eight more for who improves, and no more than 20 a year; furnished by auxiliary personnel.

  Background:
    Given the low back pain started on 2019-01-01
    And the pain is associated with none of these
    And since acupuncture started the patient is improving
    And no visit for acupuncture was made
    And the number of visits that are requested is 8
    And acupuncture is furnished by auxiliary personnel
    And the practitioner meets all applicable state requirements
    And the practitioner has a masters level degree from a school accredited by the ACAOM
    And the license to practice acupuncture is current until 2022-12-31
    And the license is full, active and unrestricted
    And the auxiliary personnel is under the appropriate level of supervision

  @additional-asked
  Scenario Outline: Eight sessions are covered
    Given the number of visits that are requested is <asked>
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then it is covered under B
    And <granted> are granted

    Examples:
      | asked | granted |
      | 7     | 7 of 7  |
      | 8     | 8 of 8  |
      | 9     | 8 of 9  |

  @additional-used @interprets:additional-sessions-are-marked
  Scenario: Additional sessions that were given are counted, and others are not
    Given these visits for acupuncture were made
        | day        | additional |
        | 2020-03-02 | no         |
        | 2020-03-03 | no         |
        | 2020-05-04 | yes        |
        | 2019-06-24 | yes        |
        | 2019-06-25 | yes        |
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then it is covered under B
    And 6 of 8 are granted

  @first-year
  Scenario Outline: No more than 20 in a year, of which 12 more than 90 days ago
    Given these visits for acupuncture were made
        | day        | additional |
        | 2020-01-06 | no         |
        | 2020-01-07 | no         |
        | 2020-01-08 | no         |
        | 2020-01-09 | no         |
        | 2020-01-10 | no         |
        | 2020-01-11 | no         |
        | 2020-01-12 | no         |
        | 2020-01-13 | no         |
        | 2020-01-14 | no         |
        | 2020-01-15 | no         |
        | 2020-01-16 | no         |
        | 2020-01-17 | no         |
    And the number of visits that are requested is <asked>
    When acupuncture for low back pain is requested on 2020-06-24
    Then it is covered under B
    And <granted> are granted

    Examples:
      | asked | granted |
      | 7     | 7 of 7  |
      | 8     | 8 of 8  |
      | 9     | 8 of 9  |

  @additional-second-limit @interprets:ninety-days-and-a-year
  Scenario Outline: Fifteen visits in the year leave five
    Given these visits for acupuncture were made
        | day        | additional |
        | 2020-01-06 | no         |
        | 2020-01-07 | no         |
        | 2020-01-08 | no         |
        | 2020-01-09 | no         |
        | 2020-01-10 | no         |
        | 2020-01-11 | no         |
        | 2020-01-12 | no         |
        | 2020-01-13 | no         |
        | 2020-01-14 | no         |
        | 2020-01-15 | no         |
        | 2020-01-16 | no         |
        | 2020-01-17 | no         |
        | 2020-01-18 | no         |
        | 2020-01-19 | no         |
        | 2020-01-20 | no         |
    And the number of visits that are requested is <asked>
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then it is covered under B
    And <granted> are granted

    Examples:
      | asked | granted |
      | 4     | 4 of 4  |
      | 5     | 5 of 5  |
      | 6     | 5 of 6  |

  @additional-denied
  Scenario Outline: Each condition is required
    Given <answer>
    When additional sessions of acupuncture for low back pain are requested on 2021-06-24
    Then it is not covered under B

    Examples:
      | answer |
      | the low back pain started on 2021-06-01 |
      | since acupuncture started the patient is unchanged |
      | since acupuncture started the patient is regressing |
      | no session was given yet |
      | the practitioner does not meet all applicable state requirements |
      | the practitioner has a lower degree from a school accredited by the ACAOM |
      | the practitioner has no degree from an accredited school |
      | the license to practice acupuncture is current until 2021-06-23 |
      | the practitioner has no license |
      | the license is active and unrestricted |
      | the license is full and unrestricted |
      | the license is full and active |
      | the auxiliary personnel is not under the appropriate level of supervision |

  @additional-met
  Scenario Outline: Others who may furnish it
    Given <answer>
    When additional sessions of acupuncture for low back pain are requested on 2021-06-24
    Then it is covered under B

    Examples:
      | answer |
      | acupuncture is furnished by a physician assistant |
      | acupuncture is furnished by a nurse practitioner or clinical nurse specialist |
      | acupuncture is furnished by a physician as defined in 1861(r)(1) |
      | the practitioner has a doctoral level degree from a school accredited by the ACAOM |
      | the license to practice acupuncture is current until 2021-06-24 |
      | the license to practice acupuncture is current until 2021-06-25 |

  @assistant-unsupervised
  Scenario Outline: Assistants and nurses need no supervision, and a license and degree
    Given acupuncture is furnished by <whom>
    And the auxiliary personnel is not under the appropriate level of supervision
    And <answer>
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then it is <outcome> under B

    Examples:
      | whom | answer | outcome |
      | a physician assistant | the license is full, active and unrestricted | covered |
      | a nurse practitioner or clinical nurse specialist | the license is full, active and unrestricted | covered |
      | a physician assistant | the practitioner has no degree from an accredited school | not covered |
      | a physician as defined in 1861(r)(1) | the practitioner has no degree from an accredited school | covered |
      | a physician as defined in 1861(r)(1) | the practitioner does not meet all applicable state requirements | not covered |

  @additional-not-known
  Scenario Outline: One thing is not known about additional sessions
    Given it is not known <subject>
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then more information is needed on <subject>
    And nothing else is needed

    Examples:
      | subject |
      | the day since which the pain lasts |
      | what the pain is associated with |
      | the response to acupuncture |
      | whether the practitioner meets all applicable state requirements |
      | the degree from a school accredited by the ACAOM |
      | the last day of the license |
      | what the license is |
      | whether the auxiliary personnel is under the appropriate level of supervision |

  @additional-not-mentioned
  Scenario Outline: A complete record does not mention one thing about additional sessions
    Given it is not known <subject>
    And the record is complete
    When additional sessions of acupuncture for low back pain are requested on 2021-06-24
    Then it is not covered under B

    Examples:
      | subject |
      | the day since which the pain lasts |
      | what the pain is associated with |
      | the response to acupuncture |
      | whether the practitioner meets all applicable state requirements |
      | the degree from a school accredited by the ACAOM |
      | the last day of the license |
      | what the license is |
      | whether the auxiliary personnel is under the appropriate level of supervision |

  @license-may-be-more
  Scenario Outline: Of the license more may be known
    Given the license is among others <parts>
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then more information is needed on what the license is
    And nothing else is needed

    Examples:
      | parts |
      | full and active |
      | full and unrestricted |
      | active and unrestricted |

  @license-shows-no-more
  Scenario Outline: In a complete record the license shows no more
    Given the license is among others <parts>
    And the record is complete
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then it is not covered under B

    Examples:
      | parts |
      | full and active |
      | full and unrestricted |
      | active and unrestricted |

  @practitioner-of-any-kind
  Scenario: Who furnishes it is not known, and anybody may
    Given it is not known the practitioner
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then it is covered under B

  @practitioner-of-any-kind-complete
  Scenario: A complete record does not mention who furnishes it, and anybody may
    Given it is not known the practitioner
    And the record is complete
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then it is covered under B

  @practitioner-matters
  Scenario Outline: Who furnishes it is not known, and not everybody may
    Given it is not known the practitioner
    And <answer>
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then more information is needed on the practitioner
    And nothing else is needed

    Examples:
      | answer |
      | the practitioner has no degree from an accredited school |
      | the auxiliary personnel is not under the appropriate level of supervision |

  @practitioner-not-shown
  Scenario Outline: A complete record does not mention who furnishes it, and not everybody may
    Given it is not known the practitioner
    And <answer>
    And the record is complete
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then it is not covered under B

    Examples:
      | answer |
      | the practitioner has no degree from an accredited school |
      | the auxiliary personnel is not under the appropriate level of supervision |

  @additional-denied-in-2020
  Scenario Outline: What excludes from the definition, in the first year
    Given <answer>
    When additional sessions of acupuncture for low back pain are requested on 2020-06-24
    Then it is not covered under B

    Examples:
      | answer |
      | the pain is associated with infectious disease |
      | the pain is associated with surgery |
      | the pain is associated with pregnancy |
      | no session was given yet |

  @additional-another-condition
  Scenario: All else is met, and the condition is another one
    When acupuncture for another condition is requested on 2020-06-24
    Then it is not covered under C

  @practitioner-and-response-not-mentioned
  Scenario Outline: A complete record mentions neither who furnishes it nor how the patient responds
    Given it is not known the practitioner
    And it is not known the response to acupuncture
    And the record is complete
    When acupuncture for low back pain is requested on <requested>
    Then it is not covered under B

    Examples:
      | requested  |
      | 2020-06-24 |
      | 2021-06-24 |
