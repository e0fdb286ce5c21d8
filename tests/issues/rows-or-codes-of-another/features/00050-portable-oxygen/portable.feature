Feature: Portable oxygen

  @no-walk
  Scenario: No walk was tried
    Given no walk was tried
    When portable oxygen is requested on 2026-07-01
    Then it is not medically necessary under I
