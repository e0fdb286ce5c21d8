Feature: Complex conditions
  A qualified professional names a condition complex on at least one listed criterion; this decides no outcome.

  Rule: What makes a condition complex

    Background:
      Given the established diagnoses are back pain
      And there is a reasonable expectation of benefit from medical massage therapy

    @complex-each-criterion-alone
    @interprets:one-printed-item-three-conditions @interprets:severe-disability-belongs-to-the-medical-condition
    @interprets:comorbidity-or-other-factors @interprets:counting-anatomic-areas
    @interprets:age-on-the-date-of-the-request @interprets:hospice-or-palliative-care-alike
    Scenario Outline: Each criterion is enough while the others are not known
      Given a qualified health care professional has determined that the condition is complex
      And <criterion>
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it is classified as complex condition

      Examples:
        | criterion                                                                                 |
        | the number of anatomic areas to be treated is 2                                           |
        | the number of anatomic areas to be treated is 3                                           |
        | the Veteran has a complicated injury                                                      |
        | the Veteran has multiple injuries                                                         |
        | the Veteran has a medical condition with severe physical disability                       |
        | the Veteran has a co-morbidity that may complicate treatment with medical massage therapy |
        | there are other factors that may complicate treatment with medical massage therapy        |
        | the Veteran is 65 years old on the date of the request                                    |
        | the Veteran is 66 years old on the date of the request                                    |
        | the Veteran is 90 years old on the date of the request                                    |
        | the Veteran is enrolled in hospice                                                        |
        | the Veteran is enrolled in palliative care                                                |

    @complex-caution-known-only
    Scenario Outline: Caution with more time or accommodation is enough while the others are not known
      Given a qualified health care professional has determined that the condition is complex
      And a treatment area requires more caution
      And <also required>
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it is classified as complex condition

      Examples:
        | also required                                                                              |
        | additional time is required to position the patient                                        |
        | accommodation is required for a potential relative contraindication or physical conditions |

    @complex-just-below-the-line
    @interprets:counting-anatomic-areas @interprets:age-on-the-date-of-the-request
    Scenario Outline: One area is not more than one, and 64 is not yet 65
      Given the record is complete
      And a qualified health care professional has determined that the condition is complex
      And <just below>
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it is not classified as complex condition

      Examples:
        | just below                                             |
        | the number of anatomic areas to be treated is 1        |
        | the Veteran is 64 years old on the date of the request |

    @complex-caution
    @interprets:caution-and-time-or-accommodation @interprets:additional-time-is-for-positioning
    @interprets:amputations-are-examples
    Scenario Outline: One treatment area, with and without caution, time to position and accommodation
      Given the record is complete
      And a qualified health care professional has determined that the condition is complex
      And the number of anatomic areas to be treated is 1
      And <caution> treatment area requires more caution
      And <time> time is required to position the patient
      And <accommodation> is required for a potential relative contraindication or physical conditions
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it <is> classified as complex condition

      Examples:
        | caution | time          | accommodation    | is     |
        | a       | additional    | accommodation    | is     |
        | a       | additional    | no accommodation | is     |
        | a       | no additional | accommodation    | is     |
        | a       | no additional | no accommodation | is not |
        | no      | additional    | accommodation    | is not |
        | no      | additional    | no accommodation | is not |
        | no      | no additional | accommodation    | is not |
        | no      | no additional | no accommodation | is not |

    @complex-caution-complete-record-silent
    @interprets:caution-and-time-or-accommodation
    Scenario Outline: A complete record does not mention caution, or neither time to position nor accommodation
      Given the record is complete
      And a qualified health care professional has determined that the condition is complex
      And <mentioned>
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it is not classified as complex condition

      Examples:
        | mentioned                                                                                  |
        | additional time is required to position the patient                                        |
        | accommodation is required for a potential relative contraindication or physical conditions |
        | a treatment area requires more caution                                                     |

    @complex-professional-complete-record-silent
    @interprets:professional-determination-is-required
    Scenario: A Veteran of 80, and a complete record mentions no professional's determination
      Given the record is complete
      And the Veteran is 80 years old on the date of the request
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it is not classified as complex condition

    @complex-without-a-professional
    @interprets:professional-determination-is-required
    Scenario: Several criteria are present, but no qualified professional has called the condition complex
      Given no qualified health care professional has determined that the condition is complex
      And the number of anatomic areas to be treated is 2
      And the Veteran is 80 years old on the date of the request
      And the Veteran is enrolled in hospice
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it is not classified as complex condition

    @complex-professional-not-known
    @interprets:professional-determination-is-required
    Scenario: A Veteran of 80, and nothing is recorded of a professional's determination
      Given the Veteran is 80 years old on the date of the request
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it is not known whether it is classified as complex condition
      And it does not depend on whether a qualified health care professional has determined that the condition is complex

    @complex-no-criterion-known
    @interprets:complexity-criteria-are-closed
    Scenario: A professional has called the condition complex, and no criterion is recorded
      Given a qualified health care professional has determined that the condition is complex
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it is not known whether it is classified as complex condition

    @complex-no-criterion-present
    @interprets:complexity-criteria-are-closed
    Scenario Outline: Every other criterion is denied, so that palliative care decides
      Given a qualified health care professional has determined that the condition is complex
      And the number of anatomic areas to be treated is 1
      And the Veteran has no complicated injury
      And the Veteran does not have multiple injuries
      And the Veteran has no medical condition with severe physical disability
      And the Veteran has no co-morbidity that may complicate treatment with medical massage therapy
      And there are no other factors that may complicate treatment with medical massage therapy
      And no treatment area requires more caution
      And the Veteran is 64 years old on the date of the request
      And the Veteran is not enrolled in hospice
      And <palliative care>
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And <classification>

      Examples:
        | palliative care                                                    | classification                                                |
        | the Veteran is enrolled in palliative care                         | it is classified as complex condition                         |
        | the Veteran is not enrolled in palliative care                     | it is not classified as complex condition                     |
        | it is not known whether the Veteran is enrolled in palliative care | it is not known whether it is classified as complex condition |

    @complex-one-criterion-not-known
    @interprets:complexity-criteria-are-closed @interprets:caution-and-time-or-accommodation
    Scenario: One thing is not known, and nothing else makes the condition complex
      Given a qualified health care professional has determined that the condition is complex
      When medical massage therapy is requested on 2025-07-01
      Then each of these cases is determined as stated
        | anatomic areas | complicated injury | multiple injuries | condition with severe disability | complicating comorbidity | other complicating factors | more caution required | additional positioning time | accommodation required | age | enrolled in hospice | enrolled in palliative care | outcome             | clause |
        |                | no                 | no                | no                               | no                       | no                         | no                    | no                          | no                     | 40  | no                  | no                          | medically necessary | II.a.i |
        | 1              |                    | no                | no                               | no                       | no                         | no                    | no                          | no                     | 40  | no                  | no                          | medically necessary | II.a.i |
        | 1              | no                 |                   | no                               | no                       | no                         | no                    | no                          | no                     | 40  | no                  | no                          | medically necessary | II.a.i |
        | 1              | no                 | no                |                                  | no                       | no                         | no                    | no                          | no                     | 40  | no                  | no                          | medically necessary | II.a.i |
        | 1              | no                 | no                | no                               |                          | no                         | no                    | no                          | no                     | 40  | no                  | no                          | medically necessary | II.a.i |
        | 1              | no                 | no                | no                               | no                       |                            | no                    | no                          | no                     | 40  | no                  | no                          | medically necessary | II.a.i |
        | 1              | no                 | no                | no                               | no                       | no                         |                       | yes                         | no                     | 40  | no                  | no                          | medically necessary | II.a.i |
        | 1              | no                 | no                | no                               | no                       | no                         | yes                   |                             | no                     | 40  | no                  | no                          | medically necessary | II.a.i |
        | 1              | no                 | no                | no                               | no                       | no                         | yes                   | no                          |                        | 40  | no                  | no                          | medically necessary | II.a.i |
        | 1              | no                 | no                | no                               | no                       | no                         | no                    | no                          | no                     |     | no                  | no                          | medically necessary | II.a.i |
        | 1              | no                 | no                | no                               | no                       | no                         | no                    | no                          | no                     | 40  |                     | no                          | medically necessary | II.a.i |
        | 1              | no                 | no                | no                               | no                       | no                         | no                    | no                          | no                     | 40  | no                  |                             | medically necessary | II.a.i |
      And it is not known whether it is classified as complex condition

  Rule: A complex condition opens no path of its own

    Background:
      Given a qualified health care professional has determined that the condition is complex
      And the number of anatomic areas to be treated is 2
      And the Veteran is 65 years old on the date of the request

    @complex-without-a-listed-condition
    @interprets:complex-condition-is-a-classification
    Scenario: A complex condition that is not listed
      Given no listed condition is established
      And there is a reasonable expectation of benefit from medical massage therapy
      When medical massage therapy is requested on 2025-07-01
      Then it is not medically necessary under II.b
      And it is classified as complex condition

    @complex-without-expected-benefit
    @interprets:complex-condition-is-a-classification
    Scenario: A complex condition without expected benefit
      Given the established diagnoses are neck pain
      And there is no reasonable expectation of benefit from medical massage therapy
      When medical massage therapy is requested on 2025-07-01
      Then it is not medically necessary under II.b
      And it is classified as complex condition

    @complex-with-conditions-of-both-lists
    Scenario: A complex condition with neck pain and scar tissue
      Given the established diagnoses are neck pain and scar tissue
      And there is a reasonable expectation of benefit from medical massage therapy
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i and II.a.ii
      And it is classified as complex condition

    @complex-with-benefit-not-known
    Scenario: A complex condition still needs an answer about benefit
      Given the established diagnoses are neck pain
      When medical massage therapy is requested on 2025-07-01
      Then more information is needed on whether there is a reasonable expectation of benefit from medical massage therapy
      And nothing else is needed
      And it is classified as complex condition
