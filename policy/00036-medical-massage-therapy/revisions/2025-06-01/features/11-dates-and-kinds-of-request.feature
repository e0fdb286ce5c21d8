Feature: Dates and kinds of request
  The policy applies from 1 June 2025 on, and a first request and a continuation rest on different clauses.

  @dates-and-kinds-of-request
  @interprets:draft-with-an-effective-date @interprets:classification-on-every-request
  Scenario: One and the same record, on the first day and years later
    Given the established diagnoses are back pain and lymphedema
    And there is a reasonable expectation of benefit from medical massage therapy
    And a qualified health care professional has determined that the condition is complex
    And the number of anatomic areas to be treated is 2
    And the diagnosed condition to be treated is confirmed
    And an assessment of the initial referred condition is documented
    And attainable goals are specified for continuation of care
    And the initial therapeutic goals are partially met
    And durable improvement in the condition being treated is documented
    And individualized therapeutic goals are set for an additional series of medical massage therapy
    And the therapeutic goals for the additional series include appropriate self-management
    And clinical appropriateness to continue care to meet the next set of goals is documented
    And a plan for follow-up assessment of treatment outcomes is documented
    And the Veteran is not able to maintain achieved progress toward goals without additional therapy
    And continuation is not the Veteran's request alone
    Then each of these cases is determined as stated
      | request      | date       | further progress expected | outcome                 | clause             |
      | initial      | 2025-06-01 | yes                       | medically necessary     | II.a.i and II.a.ii |
      | initial      | 2031-12-31 | yes                       | medically necessary     | II.a.i and II.a.ii |
      | initial      | 2025-06-01 | no                        | medically necessary     | II.a.i and II.a.ii |
      | continuation | 2025-06-01 | yes                       | medically necessary     | II.a.iv            |
      | continuation | 2031-12-31 | yes                       | medically necessary     | II.a.iv            |
      | continuation | 2025-06-01 | no                        | not indicated           | II.b.2             |
      | continuation | 2031-12-31 | no                        | not indicated           | II.b.2             |
    And it is classified as complex condition
