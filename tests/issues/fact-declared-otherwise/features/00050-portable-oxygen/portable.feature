Feature: Portable oxygen

  @low-pressure
  Scenario: A low pressure
    Given the oxygen pressure is 80 mmHg
    When portable oxygen is requested on 2026-07-01
    Then it is medically necessary under I
