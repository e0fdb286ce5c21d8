Feature: Later years
  Until the policy is revised it says the same in every year: no criterion ends, and none begins.

  Rule: First requests

    @later-each-listed-condition
    Scenario: Each listed condition is enough by itself, years later
      Given there is a reasonable expectation of benefit from medical massage therapy
      When medical massage therapy is requested on 2031-12-31
      Then each of these cases is determined as stated
        | diagnosis                  | outcome                 | clause  |
        | back pain                  | medically necessary     | II.a.i  |
        | cancer pain                | medically necessary     | II.a.i  |
        | fibromyalgia               | medically necessary     | II.a.i  |
        | headaches                  | medically necessary     | II.a.i  |
        | joint pain                 | medically necessary     | II.a.i  |
        | plantar fasciitis          | medically necessary     | II.a.i  |
        | post-operative pain        | medically necessary     | II.a.i  |
        | pregnancy-related pain     | medically necessary     | II.a.i  |
        | myofascial pain            | medically necessary     | II.a.i  |
        | neck pain                  | medically necessary     | II.a.i  |
        | temporomandibular disorder | medically necessary     | II.a.i  |
        | lymphedema                 | medically necessary     | II.a.ii |
        | scar tissue                | medically necessary     | II.a.ii |
        | none                       | not medically necessary | II.b    |

    @later-without-expected-benefit
    @interprets:expectation-is-part-of-the-indication
    Scenario: Without expected benefit no listed condition is enough, years later
      Given there is no reasonable expectation of benefit from medical massage therapy
      When medical massage therapy is requested on 2031-12-31
      Then each of these cases is determined as stated
        | diagnosis   | outcome                 | clause |
        | neck pain   | not medically necessary | II.b   |
        | scar tissue | not medically necessary | II.b   |

  Rule: Complex conditions

    Background:
      Given the established diagnoses are back pain
      And there is a reasonable expectation of benefit from medical massage therapy

    @later-complex-each-criterion
    Scenario Outline: Each criterion is enough, years later
      Given a qualified health care professional has determined that the condition is complex
      And <criterion>
      When medical massage therapy is requested on 2031-12-31
      Then it is medically necessary under II.a.i
      And it is classified as complex condition

      Examples:
        | criterion                                                                                 |
        | the number of anatomic areas to be treated is 2                                           |
        | the Veteran has a complicated injury                                                      |
        | the Veteran has multiple injuries                                                         |
        | the Veteran has a medical condition with severe physical disability                       |
        | the Veteran has a co-morbidity that may complicate treatment with medical massage therapy |
        | there are other factors that may complicate treatment with medical massage therapy        |
        | the Veteran is 65 years old on the date of the request                                    |
        | the Veteran is enrolled in hospice                                                        |
        | the Veteran is enrolled in palliative care                                                |

    @later-complex-caution
    @interprets:caution-and-time-or-accommodation
    Scenario Outline: Caution with time to position or accommodation, years later
      Given the record is complete
      And a qualified health care professional has determined that the condition is complex
      And <caution> treatment area requires more caution
      And <time> time is required to position the patient
      And <accommodation> is required for a potential relative contraindication or physical conditions
      When medical massage therapy is requested on 2031-12-31
      Then it is medically necessary under II.a.i
      And it <is> classified as complex condition

      Examples:
        | caution | time          | accommodation    | is     |
        | a       | additional    | no accommodation | is     |
        | a       | no additional | accommodation    | is     |
        | a       | no additional | no accommodation | is not |
        | no      | additional    | accommodation    | is not |

    @later-complex-without-criterion-or-professional
    @interprets:complexity-criteria-are-closed @interprets:professional-determination-is-required
    Scenario Outline: Without a criterion, or without the professional, nothing is complex, years later
      Given the record is complete
      And <known>
      When medical massage therapy is requested on 2031-12-31
      Then it is medically necessary under II.a.i
      And it is not classified as complex condition

      Examples:
        | known                                                                             |
        | a qualified health care professional has determined that the condition is complex |
        | the Veteran is 80 years old on the date of the request                            |

  Rule: Continuation, with all else documented

    Background:
      Given the established diagnoses are joint pain
      And there is a reasonable expectation of benefit from medical massage therapy
      And the diagnosed condition to be treated is confirmed
      And an assessment of the initial referred condition is documented
      And attainable goals are specified for continuation of care
      And the initial therapeutic goals are partially met
      And individualized therapeutic goals are set for an additional series of medical massage therapy
      And the therapeutic goals for the additional series include appropriate self-management
      And clinical appropriateness to continue care to meet the next set of goals is documented
      And a plan for follow-up assessment of treatment outcomes is documented
      And the record is complete

    @later-each-response
    Scenario Outline: Each response is enough by itself, years later
      Given <response>
      When continuation of medical massage therapy is requested on 2031-12-31
      Then it is medically necessary under II.a.iv

      Examples:
        | response                                                                                            |
        | durable improvement in the condition being treated is documented                                    |
        | clinically meaningful improvement on a validated disease-specific outcomes instrument is documented |
        | the Veteran has returned to work                                                                    |
        | improvement in activities of daily living is documented                                             |
        | decreased utilization of medications for the condition being treated is documented                  |
        | decreased need for other interventions for the condition being treated is documented                |
        | another clinically significant response is documented                                               |

    @later-no-response
    @interprets:goals-and-response-are-both-required
    Scenario: A complete record mentions no response, years later
      When continuation of medical massage therapy is requested on 2031-12-31
      Then it is not indicated under II.b.1

  Rule: Continuation, whatever else is known

    @later-non-pain-condition
    @interprets:criteria-in-section-indications
    Scenario: Continuation for lymphedema, years later
      Given the established diagnoses are lymphedema
      And there is a reasonable expectation of benefit from medical massage therapy
      And the diagnosed condition to be treated is confirmed
      And an assessment of the initial referred condition is documented
      And attainable goals are specified for continuation of care
      And the initial therapeutic goals are fully met
      And durable improvement in the condition being treated is documented
      And individualized therapeutic goals are set for an additional series of medical massage therapy
      And the therapeutic goals for the additional series include appropriate self-management
      And clinical appropriateness to continue care to meet the next set of goals is documented
      And a plan for follow-up assessment of treatment outcomes is documented
      And the record is complete
      When continuation of medical massage therapy is requested on 2031-12-31
      Then it is medically necessary under II.a.iv

    @later-one-criterion-not-met
    @interprets:indications-and-criteria-not-met
    Scenario Outline: One criterion that is not met settles the request, years later
      Given <not met>
      When continuation of medical massage therapy is requested on 2031-12-31
      Then it is not indicated under II.b.1

      Examples:
        | not met                                                                                         |
        | the diagnosed condition to be treated is not confirmed                                          |
        | no assessment of the initial referred condition is documented                                   |
        | no listed condition is established                                                              |
        | there is no reasonable expectation of benefit from medical massage therapy                      |
        | no attainable goals are specified for continuation of care                                      |
        | the initial therapeutic goals are not met                                                       |
        | no individualized therapeutic goals are set for an additional series of medical massage therapy |
        | the therapeutic goals for the additional series do not include appropriate self-management      |
        | clinical appropriateness to continue care to meet the next set of goals is not documented       |
        | no plan for follow-up assessment of treatment outcomes is documented                            |

    @later-each-limitation
    Scenario Outline: Each limitation settles the request, years later
      Given <limitation>
      When continuation of medical massage therapy is requested on 2031-12-31
      Then it is not indicated under <clause>

      Examples:
        | limitation                                                                                         | clause |
        | there is no expectation of further progress toward goals                                           | II.b.2 |
        | the Veteran is able to maintain achieved progress toward goals without additional therapy          | II.b.3 |
        | continuation is the Veteran's request alone, without the provider's expectation of medical benefit | II.b.4 |
