Feature: $title

  @$id-criteria-met
  Scenario: All criteria are met
    Given the need is documented
    And the patient is 18 years old on the date of the request
    And the need was assessed on $day
    And the established conditions are first condition
    And the first finding is documented
    And the second finding is documented
    And usual treatment has failed
    And the patient is not in an inpatient facility
    When coverage of $lower is requested on $day
    Then it is medically necessary under $clause
    And it does not depend on whether the third finding is documented
