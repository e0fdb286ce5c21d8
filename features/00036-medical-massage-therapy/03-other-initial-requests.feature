Feature: First requests that name no listed condition, or tell too little
  What is not listed is not medically necessary; what is not recorded has to be asked, but nothing more than that.

  @initial-unlisted-condition
  @interprets:condition-lists-are-closed @interprets:all-other-initial-requests
  @interprets:insufficient-evidence-is-not-asked @interprets:medical-necessity-definition-does-not-decide
  @interprets:promote-preserve-restore-is-a-purpose @interprets:studied-effects-are-not-indications
  Scenario: Benefit is expected, for example better sleep, but no listed condition is established
    Given no listed condition is established
    And there is a reasonable expectation of benefit from medical massage therapy
    When medical massage therapy is requested on 2025-07-01
    Then it is not medically necessary under II.b

  @initial-palliative-care-without-listed-condition
  @interprets:evidence-neither-widens-nor-narrows
  Scenario: Palliative care without a listed condition
    Given no listed condition is established
    And there is a reasonable expectation of benefit from medical massage therapy
    And the Veteran is enrolled in palliative care
    When medical massage therapy is requested on 2025-07-01
    Then it is not medically necessary under II.b

  @initial-diagnoses-not-known
  @interprets:established-diagnosis-for-both-lists
  Scenario: Benefit is expected, but no diagnosis is recorded
    Given there is a reasonable expectation of benefit from medical massage therapy
    When medical massage therapy is requested on 2025-07-01
    Then more information is needed on the established diagnoses
    And nothing else is needed
    And it is settled by knowing the established diagnoses

  @initial-nothing-known
  @interprets:no-number-of-visits @interprets:who-may-provide-does-not-decide
  @interprets:description-does-not-decide @interprets:background-is-reference
  @interprets:regulation-does-not-decide-here @interprets:techniques-in-the-evidence
  @interprets:qualified-professional-in-the-evidence @interprets:medicare-does-not-decide
  @interprets:defined-and-unused-terms
  Scenario: Nothing is recorded: two things are asked, and no visits, provider, technique or Medicare rule
    When medical massage therapy is requested on 2025-07-01
    Then more information is needed on
      | whether there is a reasonable expectation of benefit from medical massage therapy |
      | the established diagnoses                                                         |
    And it does not depend on the Veteran's age on the date of the request
    And it does not depend on the number of anatomic areas to be treated
    And it does not depend on whether individualized therapeutic goals are set for an additional series of medical massage therapy

  @initial-complete-record
  Scenario: What a complete record does not mention is not documented
    Given the record is complete
    When medical massage therapy is requested on 2025-07-01
    Then each of these cases is determined as stated
      | diagnosis  | expectation of benefit | outcome                 | clause  |
      | back pain  | yes                    | medically necessary     | II.a.i  |
      | lymphedema | yes                    | medically necessary     | II.a.ii |
      | back pain  |                        | not medically necessary | II.b    |
      | lymphedema |                        | not medically necessary | II.b    |
      |            | yes                    | not medically necessary | II.b    |
      |            |                        | not medically necessary | II.b    |

  @initial-open-and-complete-record
  Scenario: The same silence about benefit, in an open and in a complete record
    Given the established diagnoses are fibromyalgia
    When medical massage therapy is requested on 2025-07-01
    Then each of these cases is determined as stated
      | record   | outcome                 | clause | needed                                                                            |
      | open     | more information needed |        | whether there is a reasonable expectation of benefit from medical massage therapy |
      | complete | not medically necessary | II.b   |                                                                                   |

  @initial-and-continuation-wording
  @interprets:not-indicated-and-not-medically-necessary @interprets:continuation-for-an-unlisted-condition
  Scenario: The same unlisted condition: not medically necessary at first, not indicated to continue
    Given no listed condition is established
    And there is a reasonable expectation of benefit from medical massage therapy
    Then each of these cases is determined as stated
      | request      | date       | outcome                 | clause |
      | initial      | 2025-07-01 | not medically necessary | II.b   |
      | continuation | 2025-09-01 | not indicated           | II.b.1 |
