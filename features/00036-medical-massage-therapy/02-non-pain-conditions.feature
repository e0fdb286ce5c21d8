Feature: Medical massage therapy for non-pain conditions
  Therapy is medically necessary for lymphedema or scar tissue when benefit can reasonably be expected.

  @non-pain-each-condition-alone
  @interprets:non-pain-list-is-wider-than-its-evidence @interprets:definitions-add-no-criteria
  Scenario Outline: Each listed non-pain condition is enough, whatever its cause
    Given the established diagnoses are <condition>
    And there is a reasonable expectation of benefit from medical massage therapy
    When medical massage therapy is requested on 2025-07-01
    Then it is medically necessary under II.a.ii

    Examples:
      | condition                  |
      | lymphedema                 |
      | scar tissue                |
      | lymphedema and scar tissue |

  @non-pain-condition-and-benefit
  @interprets:expectation-is-part-of-the-indication @interprets:established-diagnosis-for-both-lists
  Scenario: Scar tissue must be an established diagnosis, and benefit expected
    When medical massage therapy is requested on 2025-07-01
    Then each of these cases is determined as stated
      | diagnosis   | expectation of benefit | outcome                 | clause  |
      | scar tissue | yes                    | medically necessary     | II.a.ii |
      | scar tissue | no                     | not medically necessary | II.b    |
      | none        | yes                    | not medically necessary | II.b    |

  @non-pain-benefit-not-known
  Scenario: Lymphedema, and nothing is recorded about benefit
    Given the established diagnoses are lymphedema
    When medical massage therapy is requested on 2025-07-01
    Then more information is needed on whether there is a reasonable expectation of benefit from medical massage therapy
    And nothing else is needed

  @pain-and-non-pain-together
  @interprets:one-expectation-for-all-conditions
  Scenario: Back pain and lymphedema, a condition of either list
    Given the established diagnoses are back pain and lymphedema
    And there is a reasonable expectation of benefit from medical massage therapy
    When medical massage therapy is requested on 2025-07-01
    Then it is medically necessary under II.a.i and II.a.ii

  @pain-and-non-pain-without-benefit
  @interprets:one-expectation-for-all-conditions
  Scenario: Back pain and lymphedema, but no benefit is expected
    Given the established diagnoses are back pain and lymphedema
    And there is no reasonable expectation of benefit from medical massage therapy
    When medical massage therapy is requested on 2025-07-01
    Then it is not medically necessary under II.b
