Feature: Continuation: the condition to be treated
  Continuing therapy must still be for a listed condition with expected benefit, assessed and confirmed anew.

  Rule: All else that continuation asks for is there

    Background:
      Given attainable goals are specified for continuation of care
      And the initial therapeutic goals are partially met
      And durable improvement in the condition being treated is documented
      And individualized therapeutic goals are set for an additional series of medical massage therapy
      And the therapeutic goals for the additional series include appropriate self-management
      And clinical appropriateness to continue care to meet the next set of goals is documented
      And a plan for follow-up assessment of treatment outcomes is documented
      And there is an expectation of further progress toward goals
      And the Veteran is not able to maintain achieved progress toward goals without additional therapy
      And continuation is not the Veteran's request alone

    @continuation-condition-grid
    @interprets:confirmation-beside-diagnosis @interprets:criteria-in-section-indications
    @interprets:continuation-for-an-unlisted-condition @interprets:lists-split-by-page-breaks
    Scenario: Diagnosis, expected benefit, confirmation and assessment are each required
      When continuation of medical massage therapy is requested on 2025-09-01
      Then each of these cases is determined as stated
        | diagnosis               | expectation of benefit | diagnosis confirmed | initial condition assessed | outcome             | clause  |
        | joint pain              | yes                    | yes                 | yes                        | medically necessary | II.a.iv |
        | lymphedema              | yes                    | yes                 | yes                        | medically necessary | II.a.iv |
        | joint pain, scar tissue | yes                    | yes                 | yes                        | medically necessary | II.a.iv |
        | none                    | yes                    | yes                 | yes                        | not indicated       | II.b.1  |
        | joint pain              | no                     | yes                 | yes                        | not indicated       | II.b.1  |
        | lymphedema              | no                     | yes                 | yes                        | not indicated       | II.b.1  |
        | joint pain              | yes                    | no                  | yes                        | not indicated       | II.b.1  |
        | joint pain              | yes                    | yes                 | no                         | not indicated       | II.b.1  |

    @continuation-condition-not-known
    Scenario: Nothing is recorded about the condition
      When continuation of medical massage therapy is requested on 2025-09-01
      Then more information is needed on
        | whether the diagnosed condition to be treated is confirmed                        |
        | whether an assessment of the initial referred condition is documented             |
        | whether there is a reasonable expectation of benefit from medical massage therapy |
        | the established diagnoses                                                         |

    @continuation-benefit-not-known
    @interprets:criteria-in-section-indications
    Scenario Outline: Nothing says whether benefit is still expected for the one condition
      Given the established diagnoses are <condition>
      And the diagnosed condition to be treated is confirmed
      And an assessment of the initial referred condition is documented
      When continuation of medical massage therapy is requested on 2025-09-01
      Then more information is needed on whether there is a reasonable expectation of benefit from medical massage therapy
      And nothing else is needed

      Examples:
        | condition  |
        | joint pain |
        | lymphedema |

    @continuation-confirmation-not-known
    @interprets:confirmation-beside-diagnosis
    Scenario: Lymphedema is established and assessed, but nothing says that it was confirmed anew
      Given the established diagnoses include lymphedema
      And there is a reasonable expectation of benefit from medical massage therapy
      And an assessment of the initial referred condition is documented
      When continuation of medical massage therapy is requested on 2025-09-01
      Then more information is needed on whether the diagnosed condition to be treated is confirmed
      And nothing else is needed
      And it does not depend on the established diagnoses

    @continuation-complex-unlisted-condition
    @interprets:criteria-in-section-indications @interprets:complex-condition-is-a-classification
    Scenario: A complex condition does not stand in for a listed one
      Given no listed condition is established
      And there is a reasonable expectation of benefit from medical massage therapy
      And the diagnosed condition to be treated is confirmed
      And an assessment of the initial referred condition is documented
      And a qualified health care professional has determined that the condition is complex
      And the number of anatomic areas to be treated is 2
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is not indicated under II.b.1
      And it is classified as complex condition

    @continuation-complex-listed-condition
    @interprets:classification-on-every-request
    Scenario Outline: A continuation is classified like a first request, with the same outcome either way
      Given the established diagnoses are joint pain
      And there is a reasonable expectation of benefit from medical massage therapy
      And the diagnosed condition to be treated is confirmed
      And an assessment of the initial referred condition is documented
      And the record is complete
      And a qualified health care professional has determined that the condition is complex
      And the Veteran is <age> years old on the date of the request
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is medically necessary under II.a.iv
      And it <is> classified as complex condition

      Examples:
        | age | is     |
        | 64  | is not |
        | 65  | is     |

  Rule: Little is recorded

    @continuation-nothing-known
    @interprets:practitioner-and-or-clinician @interprets:thorough-assessment-adds-no-criterion
    @interprets:no-number-of-visits
    Scenario: Nothing is recorded: all that continuation asks for, and no more
      When continuation of medical massage therapy is requested on 2025-09-01
      Then more information is needed on
        | whether the diagnosed condition to be treated is confirmed                                                  |
        | whether an assessment of the initial referred condition is documented                                       |
        | whether there is a reasonable expectation of benefit from medical massage therapy                           |
        | the established diagnoses                                                                                   |
        | whether attainable goals are specified for continuation of care                                             |
        | how far the initial therapeutic goals are met                                                               |
        | whether durable improvement in the condition being treated is documented                                    |
        | whether clinically meaningful improvement on a validated disease-specific outcomes instrument is documented |
        | whether the Veteran has returned to work                                                                    |
        | whether improvement in activities of daily living is documented                                             |
        | whether decreased utilization of medications for the condition being treated is documented                  |
        | whether decreased need for other interventions for the condition being treated is documented                |
        | whether another clinically significant response is documented                                               |
        | whether individualized therapeutic goals are set for an additional series of medical massage therapy        |
        | whether the therapeutic goals for the additional series include appropriate self-management                 |
        | whether clinical appropriateness to continue care to meet the next set of goals is documented               |
        | whether a plan for follow-up assessment of treatment outcomes is documented                                 |
        | whether there is an expectation of further progress toward goals                                            |
        | whether the Veteran is able to maintain achieved progress toward goals without additional therapy           |
        | whether continuation is the Veteran's request alone, without the provider's expectation of medical benefit  |
      And it does not depend on whether a qualified health care professional has determined that the condition is complex

    @continuation-complete-record-silent
    @interprets:indications-and-criteria-not-met
    Scenario: A complete record that says nothing of the therapy so far
      Given the record is complete
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is not indicated under II.b.1

    @continuation-one-criterion-not-met
    @interprets:indications-and-criteria-not-met @interprets:lists-split-by-page-breaks
    Scenario Outline: One criterion that is not met settles the request, whatever else is not known
      Given <not met>
      When continuation of medical massage therapy is requested on 2025-09-01
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
