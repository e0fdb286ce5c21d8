Feature: Continuation: when it is not indicated
  Each limitation is reason enough, even when all criteria for continuation are met.

  Rule: All criteria for continuation are met

    Background:
      Given the established diagnoses are back pain
      And there is a reasonable expectation of benefit from medical massage therapy
      And the diagnosed condition to be treated is confirmed
      And an assessment of the initial referred condition is documented
      And attainable goals are specified for continuation of care
      And the initial therapeutic goals are fully met
      And the Veteran has returned to work
      And individualized therapeutic goals are set for an additional series of medical massage therapy
      And the therapeutic goals for the additional series include appropriate self-management
      And clinical appropriateness to continue care to meet the next set of goals is documented
      And a plan for follow-up assessment of treatment outcomes is documented

    @exclusions-grid
    @interprets:exclusions-come-before-indications @interprets:no-exclusion-comes-before-another
    @interprets:progress-kept-without-therapy @interprets:veteran-request-with-provider-expectation
    @interprets:lists-split-by-page-breaks
    Scenario: Each limitation is reason enough, alone or with others
      When continuation of medical massage therapy is requested on 2025-09-01
      Then each of these cases is determined as stated
        | further progress expected | able to maintain progress | veteran request alone | outcome             | clause                       |
        | yes                       | no                        | no                    | medically necessary | II.a.iv                      |
        | no                        | no                        | no                    | not indicated       | II.b.2                       |
        | yes                       | yes                       | no                    | not indicated       | II.b.3                       |
        | yes                       | no                        | yes                   | not indicated       | II.b.4                       |
        | no                        | yes                       | no                    | not indicated       | II.b.2 and II.b.3            |
        | no                        | no                        | yes                   | not indicated       | II.b.2 and II.b.4            |
        | yes                       | yes                       | yes                   | not indicated       | II.b.3 and II.b.4            |
        | no                        | yes                       | yes                   | not indicated       | II.b.2 and II.b.3 and II.b.4 |

    @exclusions-one-not-known
    @interprets:no-expectation-must-be-shown
    Scenario: One limitation is not known while the others do not apply
      When continuation of medical massage therapy is requested on 2025-09-01
      Then each of these cases is determined as stated
        | further progress expected | able to maintain progress | veteran request alone | outcome                 | needed                                                                                                     |
        |                           | no                        | no                    | more information needed | whether there is an expectation of further progress toward goals                                           |
        | yes                       |                           | no                    | more information needed | whether the Veteran is able to maintain achieved progress toward goals without additional therapy          |
        | yes                       | no                        |                       | more information needed | whether continuation is the Veteran's request alone, without the provider's expectation of medical benefit |

    @exclusions-not-known
    Scenario: Nothing is recorded about the limitations
      When continuation of medical massage therapy is requested on 2025-09-01
      Then more information is needed on
        | whether there is an expectation of further progress toward goals                                           |
        | whether the Veteran is able to maintain achieved progress toward goals without additional therapy          |
        | whether continuation is the Veteran's request alone, without the provider's expectation of medical benefit |

    @exclusions-complete-record-silent
    @interprets:no-expectation-must-be-shown
    Scenario: A complete record mentions no limitation
      Given the record is complete
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is medically necessary under II.a.iv

  Rule: Little else is known

    @exclusions-each-settles
    @interprets:exclusions-come-before-indications
    Scenario Outline: A limitation that applies settles the request, whatever else is not known
      Given <limitation>
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is not indicated under <clause>
      And it does not depend on the established diagnoses

      Examples:
        | limitation                                                                                         | clause |
        | there is no expectation of further progress toward goals                                           | II.b.2 |
        | the Veteran is able to maintain achieved progress toward goals without additional therapy          | II.b.3 |
        | continuation is the Veteran's request alone, without the provider's expectation of medical benefit | II.b.4 |

    @exclusions-with-a-criterion-not-met
    @interprets:no-exclusion-comes-before-another @interprets:indications-and-criteria-not-met
    Scenario: A criterion is not met, and all other limitations apply too
      Given no plan for follow-up assessment of treatment outcomes is documented
      And there is no expectation of further progress toward goals
      And the Veteran is able to maintain achieved progress toward goals without additional therapy
      And continuation is the Veteran's request alone, without the provider's expectation of medical benefit
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is not indicated under II.b.1 and II.b.2 and II.b.3 and II.b.4

    @exclusions-with-a-criterion-not-known
    Scenario: Progress can be kept without therapy, and the plan for follow-up is not known
      Given the Veteran is able to maintain achieved progress toward goals without additional therapy
      And it is not known whether a plan for follow-up assessment of treatment outcomes is documented
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is not indicated under II.b.3
      And it does not depend on whether a plan for follow-up assessment of treatment outcomes is documented
