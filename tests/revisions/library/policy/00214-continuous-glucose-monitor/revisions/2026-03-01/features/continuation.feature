Feature: Continuation of a continuous glucose monitor

  @wear-that-is-enough
  Scenario: The share of the time that is enough
    Given there are fewer low readings than before
    And the last visit about the diabetes was on 2026-02-20
    And the Veteran does not take hydroxyurea
    And the Veteran has had no severe skin reaction to the adhesive
    When continuation of a continuous glucose monitor is requested on 2026-04-01
    Then each of these cases is determined as stated
      | wear | outcome                 | clause |
      | 59   | not medically necessary | IV     |
      | 60   | medically necessary     | III.b  |

  @range-that-is-enough
  Scenario: The share of readings in range that is enough
    Given the monitor was worn for 85 percent of the time
    And there are no fewer low readings than before
    And the last visit about the diabetes was on 2026-02-20
    And the Veteran does not take hydroxyurea
    And the Veteran has had no severe skin reaction to the adhesive
    When continuation of a continuous glucose monitor is requested on 2026-04-01
    Then each of these cases is determined as stated
      | time in range | outcome                 | clause |
      | 70            | not medically necessary | IV     |
      | 70.5          | medically necessary     | III.b  |

  @no-visit
  Scenario: The record is complete and tells of no visit
    Given the monitor was worn for 85 percent of the time
    And there are fewer low readings than before
    And the Veteran does not take hydroxyurea
    And the Veteran has had no severe skin reaction to the adhesive
    And the record is complete
    When continuation of a continuous glucose monitor is requested on 2026-04-01
    Then it is not medically necessary under IV
