Feature: Acupuncture for chronic lower back pain
  Up to 12 visits in 90 days, 8 more for who improves, and no more than 20 a year.

  Background:
    Given the low back pain started on 2020-01-01
    And the pain is associated with none of these
    And no session was given yet
    And no visit for acupuncture was made
    And the number of visits that are requested is 12
    And acupuncture is furnished by a physician as defined in 1861(r)(1)
    And the practitioner meets all applicable state requirements

  Rule: The definition

    @onset-edges
    Scenario Outline: The pain must have lasted 12 weeks
      Given the low back pain started on <day>
      When acupuncture for low back pain is requested on 2020-06-24
      Then it is <outcome> under B

      Examples:
        | day        | outcome     |
        | 2020-04-02 | not covered |
        | 2020-04-01 | covered     |
        | 2020-03-31 | covered     |

    @associated @interprets:the-definition-must-be-shown
    Scenario Outline: Each association excludes from the definition
      Given the pain is associated with <cause>
      When acupuncture for low back pain is requested on 2021-06-24
      Then it is not covered under B

      Examples:
        | cause                               |
        | metastatic disease                  |
        | inflammatory disease                |
        | infectious disease                  |
        | another identifiable systemic cause |
        | surgery                             |
        | pregnancy                           |

    @definition-not-known
    Scenario Outline: One part of the definition is not known
      Given it is not known <subject>
      When acupuncture for low back pain is requested on 2020-06-24
      Then more information is needed on <subject>
      And nothing else is needed

      Examples:
        | subject                                |
        | the day since which the pain lasts     |
        | what the pain is associated with       |
        | whether the practitioner meets all applicable state requirements |

    @definition-not-mentioned @interprets:the-definition-must-be-shown
    Scenario Outline: A complete record does not mention one thing
      Given it is not known <subject>
      And the record is complete
      When acupuncture for low back pain is requested on 2021-06-24
      Then it is not covered under B

      Examples:
        | subject                                |
        | the day since which the pain lasts     |
        | what the pain is associated with       |
        | whether the practitioner meets all applicable state requirements |

    @another-condition
    Scenario: Another condition
      When acupuncture for another condition is requested on 2021-06-24
      Then it is not covered under C

  Rule: The number of visits

    @visits-asked
    Scenario Outline: Up to 12 visits are covered
      Given the number of visits that are requested is <asked>
      When acupuncture for low back pain is requested on 2020-06-24
      Then it is covered under B
      And <granted> are granted

      Examples:
        | asked | granted  |
        | 11    | 11 of 11 |
        | 12    | 12 of 12 |
        | 13    | 12 of 13 |

    @visits-before @interprets:ninety-days-and-a-year
    Scenario Outline: A visit counts for 90 days
      Given these visits for acupuncture were made
        | day   | additional |
        | <day> | no                                  |
      When acupuncture for low back pain is requested on 2020-06-24
      Then it is covered under B
      And <granted> are granted

      Examples:
        | day        | granted  |
        | 2020-03-26 | 12 of 12 |
        | 2020-03-27 | 11 of 12 |

  Rule: Response

    @discontinued @interprets:not-improving-at-the-first-visits
    Scenario Outline: Treatment is discontinued
      Given since acupuncture started the patient is <response>
      When acupuncture for low back pain is requested on 2020-06-24
      Then it is <outcome> under <clause>

      Examples:
        | response      | outcome     | clause |
        | regressing    | not covered | B      |
        | unchanged     | not covered | B      |
        | improving     | covered     | B      |

    @discontinued-not-known
    Scenario: It is not known how the patient responds
      Given it is not known the response to acupuncture
      When acupuncture for low back pain is requested on 2020-06-24
      Then more information is needed on the response to acupuncture
      And nothing else is needed

    @discontinued-not-mentioned
    Scenario: A complete record that does not mention the response shows no reason to discontinue
      Given it is not known the response to acupuncture
      And the record is complete
      When acupuncture for low back pain is requested on 2021-06-24
      Then it is covered under B

    @discontinued-another-condition
    Scenario: Another condition that does not improve
      Given since acupuncture started the patient is regressing
      When acupuncture for another condition is requested on 2021-06-24
      Then it is not covered under B
