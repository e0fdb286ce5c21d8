Feature: Home oxygen therapy

  @by-saturation
  Scenario Outline: The saturation decides
    Given the established diagnoses are COPD
    And the oxygen saturation at rest is <saturation> percent
    And the oxygen saturation was measured on 2025-06-20
    And a pulmonologist has prescribed home oxygen
    When home oxygen therapy is requested on 2025-07-01
    Then it is <outcome>

    Examples:
      | outcome                          |
      | medically necessary under I      |
      | not medically necessary under II |
