Feature: Continuation: the next series
  New goals with self-management, clinical appropriateness and a plan for follow-up must all be there.

  Background:
    Given the established diagnoses are plantar fasciitis
    And there is a reasonable expectation of benefit from medical massage therapy
    And the diagnosed condition to be treated is confirmed
    And an assessment of the initial referred condition is documented
    And the initial therapeutic goals are partially met
    And improvement in activities of daily living is documented
    And there is an expectation of further progress toward goals
    And the Veteran is not able to maintain achieved progress toward goals without additional therapy
    And continuation is not the Veteran's request alone

  @continuation-next-series-grid
  @interprets:goals-named-three-ways @interprets:self-management-is-part-of-the-goals
  @interprets:thorough-assessment-adds-no-criterion @interprets:lists-split-by-page-breaks
  Scenario: Goals, self-management, appropriateness and follow-up are each required
    When continuation of medical massage therapy is requested on 2025-09-01
    Then each of these cases is determined as stated
      | attainable goals specified | individualized goals set | goals include self management | clinical appropriateness documented | follow up plan documented | outcome             | clause  |
      | yes                        | yes                      | yes                           | yes                                 | yes                       | medically necessary | II.a.iv |
      | no                         | yes                      | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | yes                        | no                       | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | yes                        | yes                      | no                            | yes                                 | yes                       | not indicated       | II.b.1  |
      | yes                        | yes                      | yes                           | no                                  | yes                       | not indicated       | II.b.1  |
      | yes                        | yes                      | yes                           | yes                                 | no                        | not indicated       | II.b.1  |

  @continuation-next-series-not-known
  @interprets:goals-named-three-ways
  Scenario: Nothing is recorded about the next series
    When continuation of medical massage therapy is requested on 2025-09-01
    Then more information is needed on
      | whether attainable goals are specified for continuation of care                                      |
      | whether individualized therapeutic goals are set for an additional series of medical massage therapy |
      | whether the therapeutic goals for the additional series include appropriate self-management          |
      | whether clinical appropriateness to continue care to meet the next set of goals is documented        |
      | whether a plan for follow-up assessment of treatment outcomes is documented                          |

  @continuation-follow-up-not-known
  Scenario: Only the plan for follow-up is not recorded
    Given attainable goals are specified for continuation of care
    And individualized therapeutic goals are set for an additional series of medical massage therapy
    And the therapeutic goals for the additional series include appropriate self-management
    And clinical appropriateness to continue care to meet the next set of goals is documented
    When continuation of medical massage therapy is requested on 2025-09-01
    Then more information is needed on whether a plan for follow-up assessment of treatment outcomes is documented
    And nothing else is needed
    And it is settled by knowing whether a plan for follow-up assessment of treatment outcomes is documented
    And it does not depend on whether durable improvement in the condition being treated is documented
