Feature: Continuation: the response to therapy so far
  The first goals must be met at least in part, and a clinically significant response must be documented.

  Background:
    Given the established diagnoses are joint pain
    And there is a reasonable expectation of benefit from medical massage therapy
    And the diagnosed condition to be treated is confirmed
    And an assessment of the initial referred condition is documented
    And attainable goals are specified for continuation of care
    And individualized therapeutic goals are set for an additional series of medical massage therapy
    And the therapeutic goals for the additional series include appropriate self-management
    And clinical appropriateness to continue care to meet the next set of goals is documented
    And a plan for follow-up assessment of treatment outcomes is documented
    And there is an expectation of further progress toward goals
    And the Veteran is not able to maintain achieved progress toward goals without additional therapy
    And continuation is not the Veteran's request alone

  Rule: The initial goals

    @continuation-initial-goals
    @interprets:partly-met-goals @interprets:initial-goals-never-set
    @interprets:goals-and-response-are-both-required
    Scenario: Durable improvement, with initial goals not, partially or fully met
      Given durable improvement in the condition being treated is documented
      When continuation of medical massage therapy is requested on 2025-09-01
      Then each of these cases is determined as stated
        | initial goals | outcome                 | clause  | needed                                        |
        | not met       | not indicated           | II.b.1  |                                               |
        | partially met | medically necessary     | II.a.iv |                                               |
        | fully met     | medically necessary     | II.a.iv |                                               |
        |               | more information needed |         | how far the initial therapeutic goals are met |

    @continuation-goals-without-direct-assessment
    @interprets:goals-met-on-direct-assessment
    Scenario: Goals are called met, but no direct assessment shows it
      Given durable improvement in the condition being treated is documented
      And it is not known how far the initial therapeutic goals are met
      When continuation of medical massage therapy is requested on 2025-09-01
      Then more information is needed on how far the initial therapeutic goals are met
      And nothing else is needed
      And it is settled by knowing how far the initial therapeutic goals are met

  Rule: The response, with initial goals partially met

    Background:
      Given the initial therapeutic goals are partially met

    @continuation-each-response-alone
    @interprets:one-listed-response-is-enough @interprets:demonstrated-by-any-one
    @interprets:durable-without-a-measure @interprets:clinically-meaningful-improvement
    @interprets:medications-and-or-interventions @interprets:response-list-is-open
    Scenario Outline: Each response is enough by itself, while the others are not known
      Given <response>
      When continuation of medical massage therapy is requested on 2025-09-01
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

    @continuation-response-not-known
    Scenario: Nothing is recorded about the response
      When continuation of medical massage therapy is requested on 2025-09-01
      Then more information is needed on
        | whether durable improvement in the condition being treated is documented                                    |
        | whether clinically meaningful improvement on a validated disease-specific outcomes instrument is documented |
        | whether the Veteran has returned to work                                                                    |
        | whether improvement in activities of daily living is documented                                             |
        | whether decreased utilization of medications for the condition being treated is documented                  |
        | whether decreased need for other interventions for the condition being treated is documented                |
        | whether another clinically significant response is documented                                               |

    @continuation-response-complete-record-silent
    @interprets:response-list-is-open @interprets:documented-printed-for-some-responses
    Scenario: A complete record mentions no response
      Given the record is complete
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is not indicated under II.b.1

    @continuation-no-listed-response
    @interprets:response-list-is-open @interprets:goals-and-response-are-both-required
    Scenario: All six listed responses are denied, and only one that is not listed can still count
      Given no durable improvement in the condition being treated is documented
      And no clinically meaningful improvement on a validated disease-specific outcomes instrument is documented
      And the Veteran has not returned to work
      And no improvement in activities of daily living is documented
      And no decreased utilization of medications for the condition being treated is documented
      And no decreased need for other interventions for the condition being treated is documented
      When continuation of medical massage therapy is requested on 2025-09-01
      Then each of these cases is determined as stated
        | other clinically significant response | outcome                 | clause  | needed                                                        |
        | yes                                   | medically necessary     | II.a.iv |                                                               |
        | no                                    | not indicated           | II.b.1  |                                                               |
        |                                       | more information needed |         | whether another clinically significant response is documented |

    @continuation-never-away-from-work
    @interprets:return-to-work-full-or-partial @interprets:durability-shown-by-the-demonstration
    Scenario: A Veteran who was never away from work improves in daily living
      Given the Veteran has not returned to work
      And no durable improvement in the condition being treated is documented
      And improvement in activities of daily living is documented
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is medically necessary under II.a.iv
      And it does not depend on whether clinically meaningful improvement on a validated disease-specific outcomes instrument is documented

    @continuation-medications-or-interventions
    @interprets:medications-and-or-interventions
    Scenario: Fewer medications or fewer other interventions, and no other response is documented
      Given the record is complete
      When continuation of medical massage therapy is requested on 2025-09-01
      Then each of these cases is determined as stated
        | medication use decreased | intervention need decreased | outcome             | clause  |
        | yes                      | yes                         | medically necessary | II.a.iv |
        | yes                      | no                          | medically necessary | II.a.iv |
        | no                       | yes                         | medically necessary | II.a.iv |
        | no                       | no                          | not indicated       | II.b.1  |

  Rule: The goals and the response are both required

    @continuation-goals-fully-met-without-response
    @interprets:goals-and-response-are-both-required
    Scenario: Goals are fully met, but a complete record mentions no response
      Given the record is complete
      And the initial therapeutic goals are fully met
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is not indicated under II.b.1

    @continuation-response-with-goals-not-met
    @interprets:goals-and-response-are-both-required
    Scenario: The Veteran is back at work with fewer medications, but no initial goal is met
      Given the initial therapeutic goals are not met
      And the Veteran has returned to work
      And decreased utilization of medications for the condition being treated is documented
      When continuation of medical massage therapy is requested on 2025-09-01
      Then it is not indicated under II.b.1
