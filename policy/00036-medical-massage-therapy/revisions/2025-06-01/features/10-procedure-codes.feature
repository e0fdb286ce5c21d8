Feature: Procedure codes
  A code is looked up in the list and decides nothing.

  @codes-each-listed
  @interprets:covered-promises-nothing
  Scenario Outline: A listed code with a listed condition and expected benefit
    Given the established diagnoses are neck pain
    And there is a reasonable expectation of benefit from medical massage therapy
    And the request names code <code>
    When medical massage therapy is requested on 2025-07-01
    Then it is medically necessary under II.a.i
    And code <code> is listed in III.d

    Examples:
      | code  |
      | 97124 |
      | 97140 |
      | 97110 |
      | 97112 |
      | 97032 |
      | 0552T |
      | 98960 |
      | 98961 |
      | 98962 |

  @codes-unlisted
  @interprets:other-codes-may-apply @interprets:codes-never-decide
  Scenario: A code that is not listed takes nothing away
    Given the established diagnoses are neck pain
    And there is a reasonable expectation of benefit from medical massage therapy
    And the request names code 97530
    When medical massage therapy is requested on 2025-07-01
    Then it is medically necessary under II.a.i
    And code 97530 is not listed

  @codes-listed-and-unlisted
  Scenario: One listed and one unlisted code in the same request
    Given the established diagnoses are scar tissue
    And there is a reasonable expectation of benefit from medical massage therapy
    And the request names code 97124
    And the request names code 97530
    When medical massage therapy is requested on 2025-07-01
    Then it is medically necessary under II.a.ii
    And code 97124 is listed in III.d
    And code 97530 is not listed

  @codes-same-outcome
  @interprets:codes-never-decide
  Scenario: A listed code, an unlisted one or none: the outcome is the same
    Given there is a reasonable expectation of benefit from medical massage therapy
    When medical massage therapy is requested on 2025-07-01
    Then each of these cases is determined as stated
      | diagnosis | code  | outcome                 | clause |
      | neck pain | 97124 | medically necessary     | II.a.i |
      | neck pain | 97530 | medically necessary     | II.a.i |
      | neck pain |       | medically necessary     | II.a.i |
      | none      | 97124 | not medically necessary | II.b   |
      | none      | 97530 | not medically necessary | II.b   |
      | none      |       | not medically necessary | II.b   |

  @codes-listed-nothing-known
  @interprets:codes-never-decide
  Scenario: A listed code answers no question
    Given the request names code 97124
    When medical massage therapy is requested on 2025-07-01
    Then more information is needed on
      | whether there is a reasonable expectation of benefit from medical massage therapy |
      | the established diagnoses                                                         |
    And code 97124 is listed in III.d

  @codes-with-an-exclusion
  @interprets:codes-name-indications-without-exclusions
  Scenario: A listed code does not lift a limitation on continuation
    Given the established diagnoses are neck pain
    And there is a reasonable expectation of benefit from medical massage therapy
    And there is no expectation of further progress toward goals
    And the request names code 97140
    When continuation of medical massage therapy is requested on 2025-09-01
    Then it is not indicated under II.b.2
    And code 97140 is listed in III.d
