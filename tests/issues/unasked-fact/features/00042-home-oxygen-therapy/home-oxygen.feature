Feature: Home oxygen therapy

  @low-saturation
  Scenario: COPD with low saturation
    Given the established diagnoses are COPD
    And the oxygen saturation at rest is 85 percent
    And the oxygen saturation was measured on 2025-06-20
    And a pulmonologist has prescribed home oxygen
    And home oxygen is used as prescribed
    When home oxygen therapy is requested on 2025-07-01
    Then it is medically necessary under I

  @renewal
  Scenario: Home oxygen is used
    Given home oxygen is used as prescribed
    When renewal of home oxygen therapy is requested on 2025-07-01
    Then it is medically necessary under II
