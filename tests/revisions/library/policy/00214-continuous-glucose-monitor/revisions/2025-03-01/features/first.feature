Feature: A first continuous glucose monitor

  @basal-insulin
  Scenario: Basal insulin is reason enough
    Given the established diagnoses include type 2 diabetes
    And the insulin treatment is basal insulin
    And the last visit about the diabetes was on 2026-02-20
    And the Veteran or a caregiver was trained
    And the Veteran does not take hydroxyurea
    When a continuous glucose monitor is requested on 2026-04-01
    Then it is medically necessary under II.a
    And it does not depend on the number of glucose readings below 54 mg/dL

  @low-readings-that-are-enough
  Scenario: The number of low readings that is enough
    Given the established diagnoses include gestational diabetes
    And the insulin treatment is none
    And the Veteran feels each hypoglycemia
    And no other reason to watch the glucose closely is documented
    And the last visit about the diabetes was on 2026-02-20
    And the Veteran or a caregiver was trained
    And the Veteran does not take hydroxyurea
    When a continuous glucose monitor is requested on 2026-04-01
    Then each of these cases is determined as stated
      | low readings | outcome                 | clause |
      | 2            | not medically necessary | III    |
      | 3            | medically necessary     | II.a   |

  @visit-six-months-ago @interprets:visit-on-the-same-day-of-the-month
  Scenario: The last day on which a visit still counts
    Given the established diagnoses include type 1 diabetes
    And the insulin treatment is an insulin pump
    And the Veteran has used a continuous glucose monitor before
    And the Veteran does not take hydroxyurea
    When a continuous glucose monitor is requested on 2026-04-15
    Then each of these cases is determined as stated
      | last visit | outcome                 | clause |
      | 2025-10-14 | not medically necessary | III    |
      | 2025-10-15 | medically necessary     | II.a   |

  @another-reason @interprets:other-reasons-count
  Scenario: A reason that the list does not name
    Given the established diagnoses include type 2 diabetes
    And the insulin treatment is none
    And another reason to watch the glucose closely is documented
    And the last visit about the diabetes was on 2026-02-20
    And the Veteran or a caregiver was trained
    And the Veteran does not take hydroxyurea
    When a continuous glucose monitor is requested on 2026-04-01
    Then it is medically necessary under II.a

  @training-unknown
  Scenario: Whether somebody was trained is not known
    Given the established diagnoses include type 1 diabetes
    And the insulin treatment is several injections a day
    And the last visit about the diabetes was on 2026-02-20
    And the Veteran has never used a continuous glucose monitor
    And the Veteran does not take hydroxyurea
    When a continuous glucose monitor is requested on 2026-04-01
    Then more information is needed on whether the Veteran or a caregiver was trained
    And nothing else is needed

  @high-risk @interprets:high-risk-is-a-classification
  Scenario: A high risk without an established diagnosis
    Given no kind of diabetes is established
    And there were 12 glucose readings below 54 mg/dL
    And the Veteran does not take hydroxyurea
    When a continuous glucose monitor is requested on 2026-04-01
    Then it is not medically necessary under III
    And it is classified as high risk of hypoglycemia

  @hydroxyurea-first
  Scenario: Hydroxyurea rules a first monitor out
    Given the Veteran takes hydroxyurea
    When a continuous glucose monitor is requested on 2026-04-01
    Then it is not indicated under III
