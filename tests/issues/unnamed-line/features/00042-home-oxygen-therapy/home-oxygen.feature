Feature: Home oxygen therapy

  @low-saturation
  Scenario: COPD with low saturation
    Given the established diagnoses are COPD
    And the oxygen saturation at rest is 85 percent
    And the oxygen saturation was measured on 2025-06-20
    And a pulmonologist has prescribed home oxygen
    When home oxygen therapy is requested on 2025-07-01
    Then it is medically necessary under I

  @cart-alone
  Scenario: A cart alone
    Given a pulmonologist has prescribed home oxygen
    When these lines are requested on 2025-07-01
      | line | request |
      | cart | cart    |
    Then it is not medically necessary under III
