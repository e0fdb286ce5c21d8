Feature: Portable oxygen

  @mobile
  Scenario: A Veteran who is mobile
    Given the Veteran is mobile
    When portable oxygen is requested on 2026-07-01
    Then it is medically necessary under I
