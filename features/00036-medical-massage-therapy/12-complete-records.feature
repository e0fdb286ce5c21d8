Feature: Continuation: what a complete record does not mention
  In a complete record nothing else is to be found, so that a criterion that it does not mention is not met.

  @continuation-complete-record-one-criterion-silent
  @interprets:indications-and-criteria-not-met @interprets:goals-named-three-ways
  @interprets:self-management-is-part-of-the-goals @interprets:criteria-in-section-indications
  Scenario: Each criterion must be mentioned, whatever else is documented
    Given the record is complete
    And improvement in activities of daily living is documented
    When continuation of medical massage therapy is requested on 2025-09-01
    Then each of these cases is determined as stated
      | diagnosis  | expectation of benefit | diagnosis confirmed | initial condition assessed | attainable goals specified | initial goals | individualized goals set | goals include self management | clinical appropriateness documented | follow up plan documented | outcome             | clause  |
      | neck pain  | yes                    | yes                 | yes                        | yes                        | partially met | yes                      | yes                           | yes                                 | yes                       | medically necessary | II.a.iv |
      |            | yes                    | yes                 | yes                        | yes                        | partially met | yes                      | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | neck pain  |                        | yes                 | yes                        | yes                        | partially met | yes                      | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | lymphedema |                        | yes                 | yes                        | yes                        | partially met | yes                      | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | neck pain  | yes                    |                     | yes                        | yes                        | partially met | yes                      | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | neck pain  | yes                    | yes                 |                            | yes                        | partially met | yes                      | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | neck pain  | yes                    | yes                 | yes                        |                            | partially met | yes                      | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | neck pain  | yes                    | yes                 | yes                        | yes                        |               | yes                      | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | neck pain  | yes                    | yes                 | yes                        | yes                        | partially met |                          | yes                           | yes                                 | yes                       | not indicated       | II.b.1  |
      | neck pain  | yes                    | yes                 | yes                        | yes                        | partially met | yes                      |                               | yes                                 | yes                       | not indicated       | II.b.1  |
      | neck pain  | yes                    | yes                 | yes                        | yes                        | partially met | yes                      | yes                           |                                     | yes                       | not indicated       | II.b.1  |
      | neck pain  | yes                    | yes                 | yes                        | yes                        | partially met | yes                      | yes                           | yes                                 |                           | not indicated       | II.b.1  |
