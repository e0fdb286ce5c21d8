Feature: Home oxygen therapy

  @by-saturation
  Scenario: The saturation decides
    Given the established diagnoses are COPD
    And the oxygen saturation was measured on 2025-06-20
    And a pulmonologist has prescribed home oxygen
    When home oxygen therapy is requested on 2025-07-01
    Then each of these cases is determined as stated
      | saturaton  | outcome                 | clause |
      | 88         | medically necessary     | I      |
      | 89         | not medically necessary | II     |
