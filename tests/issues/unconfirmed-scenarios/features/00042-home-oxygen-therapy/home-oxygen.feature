Feature: Home oxygen therapy

  @low-saturation
  Scenario: COPD with low saturation
    Given the established diagnoses are COPD
    And the oxygen saturation at rest is 85 percent
    And the oxygen saturation was measured on 2025-06-20
    And a pulmonologist has prescribed home oxygen
    When home oxygen therapy is requested on 2025-07-01
    Then it is medically necessary under I

  @initial-saturation-not-mentioned @to-confirm
  Scenario: Not medically necessary where a complete record does not mention the oxygen saturation at rest
    Given the established diagnoses are COPD
    And the oxygen saturation was measured on 2025-06-20
    And a pulmonologist has prescribed home oxygen
    And the record is complete
    When home oxygen therapy is requested on 2025-07-01
    Then it is not medically necessary under II
