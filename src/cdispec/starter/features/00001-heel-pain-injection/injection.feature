Feature: Injection for heel pain

  @stretching-tried
  Scenario: Six weeks of stretching are enough
    Given heel pain is documented
    And stretching has been tried for 6 weeks
    And there is no infection at the site
    When an injection for heel pain is requested on 2026-02-01
    Then it is medically necessary under II
    And it does not depend on whether a heel cup has been tried

  @heel-cup-tried
  Scenario: A heel cup is enough
    Given heel pain is documented
    And a heel cup has been tried
    And there is no infection at the site
    When an injection for heel pain is requested on 2026-02-01
    Then it is medically necessary under II

  @infection
  Scenario: An infection rules the injection out
    Given heel pain is documented
    And a heel cup has been tried
    And there is an infection at the site
    When an injection for heel pain is requested on 2026-02-01
    Then it is not indicated under III

  @infection-unknown
  Scenario: Nothing is known of an infection
    Given heel pain is documented
    And a heel cup has been tried
    When an injection for heel pain is requested on 2026-02-01
    Then more information is needed on whether there is an infection at the site
    And nothing else is needed

  @weeks-of-stretching @interprets:weeks-need-not-be-recent
  Scenario: How long stretching must last
    Given heel pain is documented
    And no heel cup has been tried
    And there is no infection at the site
    When an injection for heel pain is requested on 2026-02-01
    Then each of these cases is determined as stated
      | weeks of stretching | outcome                    | clause | needed                  |
      | 0                   | not medically necessary    | III    |                         |
      | 5                   | not medically necessary    | III    |                         |
      | 6                   | medically necessary        | II     |                         |
      | 52                  | medically necessary        | II     |                         |
      |                     | more information needed    |        | the weeks of stretching |

  @no-heel-pain
  Scenario: Without heel pain nothing is necessary
    Given heel pain is not documented
    And a heel cup has been tried
    And there is no infection at the site
    When an injection for heel pain is requested on 2026-02-01
    Then it is not medically necessary under III
