Feature: Home oxygen therapy

  @low-saturation
  Scenario: COPD with low saturation
    Given the diagnosis codes are J44.9
    And the oxygen saturation at rest is 85 percent
    And the oxygen saturation was measured on 2025-06-20
    And a pulmonologist has prescribed home oxygen
    When home oxygen therapy is requested on 2025-07-01
    Then it is medically necessary under I
