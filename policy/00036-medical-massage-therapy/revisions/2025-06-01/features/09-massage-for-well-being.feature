Feature: General massage for well-being
  It is not medical massage therapy, and so it is not medically necessary, whatever the diagnosis.

  @well-being-nothing-known
  @interprets:well-being-massage-is-excluded
  Scenario: Nothing is recorded, and nothing needs to be
    When general massage for well-being is requested on 2025-07-01
    Then it is not medically necessary under II.a.iii
    And it does not depend on the established diagnoses

  @well-being-beside-medical-massage
  @interprets:well-being-massage-is-excluded @interprets:not-indicated-and-not-medically-necessary
  Scenario: Back pain with expected benefit: the request decides what is determined
    Given the established diagnoses are back pain
    And there is a reasonable expectation of benefit from medical massage therapy
    Then each of these cases is determined as stated
      | request    | date       | outcome                 | clause   |
      | initial    | 2025-07-01 | medically necessary     | II.a.i   |
      | well-being | 2025-07-01 | not medically necessary | II.a.iii |

  @well-being-after-a-series
  @interprets:well-being-massage-on-continuation
  Scenario: General massage for well-being after a series of medical massage therapy
    Given the established diagnoses are back pain
    And there is a reasonable expectation of benefit from medical massage therapy
    And the initial therapeutic goals are fully met
    And the Veteran is able to maintain achieved progress toward goals without additional therapy
    And there is no expectation of further progress toward goals
    Then each of these cases is determined as stated
      | request      | date       | outcome                 | clause            |
      | continuation | 2025-09-01 | not indicated           | II.b.2 and II.b.3 |
      | well-being   | 2025-09-01 | not medically necessary | II.a.iii          |
