Feature: Lung cancer screening where something is not known
  Unknown is never "no", and silence shows nothing.

  Background:
    Given the beneficiary was born on 1960-05-10
    And the beneficiary is asymptomatic
    And the tobacco smoking history is 20 pack-years
    And the beneficiary has not quit smoking
    And the beneficiary has received an order for lung cancer screening with LDCT
    And the counseling visit was on 2022-05-02
    And documented of the visit are the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions
    And information about tobacco cessation interventions is appropriate
    And no screening was done before
    And the reading radiologist has board certification
    And the facility utilizes a standardized lung nodule identification, classification, and reporting system
    And no other rule covers the service

  @screening-not-known
  Scenario Outline: One thing is not known of a screening
    Given it is not known <subject>
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then more information is needed on <subject>
    And nothing else is needed

    Examples:
      | subject |
      | the day on which the beneficiary was born |
      | whether the beneficiary is asymptomatic |
      | the day on which the beneficiary quit smoking |
      | the documented content of the visit |
      | whether the beneficiary has received an order for lung cancer screening with LDCT |
      | the day of the counseling visit |
      | the standing of the reading radiologist with the board |
      | whether the facility utilizes a standardized lung nodule identification, classification, and reporting system |

  @screening-not-mentioned
  Scenario Outline: A complete record does not mention one thing of a screening
    Given it is not known <subject>
    And the record is complete
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is not covered under C

    Examples:
      | subject |
      | the day on which the beneficiary was born |
      | whether the beneficiary is asymptomatic |
      | the day on which the beneficiary quit smoking |
      | the documented content of the visit |
      | whether the beneficiary has received an order for lung cancer screening with LDCT |
      | the day of the counseling visit |
      | the standing of the reading radiologist with the board |
      | whether the facility utilizes a standardized lung nodule identification, classification, and reporting system |
      | the pack-years |

  @visit-not-known
  Scenario Outline: One thing is not known of a visit
    Given it is not known <subject>
    When a lung cancer screening counseling and shared decision-making visit is requested on 2022-06-15
    Then more information is needed on <subject>
    And nothing else is needed

    Examples:
      | subject |
      | the day on which the beneficiary was born |
      | whether the beneficiary is asymptomatic |
      | the day on which the beneficiary quit smoking |
      | the documented content of the visit |

  @visit-not-mentioned
  Scenario Outline: A complete record does not mention one thing of a visit
    Given it is not known <subject>
    And the record is complete
    When a lung cancer screening counseling and shared decision-making visit is requested on 2022-06-15
    Then it is not covered under C

    Examples:
      | subject |
      | the day on which the beneficiary was born |
      | whether the beneficiary is asymptomatic |
      | the day on which the beneficiary quit smoking |
      | the documented content of the visit |
      | the pack-years |

  @visit-parts-not-known
  Scenario Outline: More may be documented of the visit
    Given documented of the visit are among others <parts>
    When a lung cancer screening counseling and shared decision-making visit is requested on 2022-06-15
    Then more information is needed on the documented content of the visit
    And nothing else is needed

    Examples:
      | parts |
      | shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment and the importance of abstinence or cessation |

  @visit-parts-not-mentioned
  Scenario Outline: In a complete record each part of the visit must be shown
    Given documented of the visit are among others <parts>
    And the record is complete
    When a lung cancer screening counseling and shared decision-making visit is requested on 2022-06-15
    Then it is not covered under C

    Examples:
      | parts |
      | shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the ability or willingness to undergo diagnosis and treatment, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the importance of abstinence or cessation and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment and information about tobacco cessation interventions |
      | the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment and the importance of abstinence or cessation |

  @screening-pack-years-not-known
  Scenario: The pack-years are not known
    Given it is not known the pack-years
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then more information is needed on
      | the pack-years           |
      | the cigarettes a day     |
      | the years of smoking     |

  @screenings-not-known
  Scenario: It is not known whether there was an earlier screening
    Given it is not known the earlier screenings
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then more information is needed on the earlier screenings

  @screenings-not-mentioned
  Scenario: A complete record does not mention earlier screenings
    Given it is not known the earlier screenings
    And the record is complete
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is not covered under C

  @interventions-not-known
  Scenario: It is not known whether information was inappropriate
    Given documented of the visit are the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment and the importance of abstinence or cessation
    And it is not known whether information about tobacco cessation interventions is appropriate
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then more information is needed on whether information about tobacco cessation interventions is appropriate
    And nothing else is needed

  @interventions-not-mentioned
  Scenario: A complete record does not say that information was inappropriate
    Given documented of the visit are the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment and the importance of abstinence or cessation
    And it is not known whether information about tobacco cessation interventions is appropriate
    And the record is complete
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is not covered under C

  @elsewhere-not-known
  Scenario: It is not known whether another rule covers another service
    Given it is not known whether another rule covers the service
    When another preventive service is requested on 2022-06-15
    Then more information is needed on whether another rule covers the service
    And nothing else is needed

  @elsewhere-not-mentioned
  Scenario: A complete record does not mention that another rule covers another service
    Given it is not known whether another rule covers the service
    And the record is complete
    When another preventive service is requested on 2022-06-15
    Then it is not covered under C

  @visit-pack-years-not-known
  Scenario: The pack-years are not known of a visit
    Given it is not known the pack-years
    When a lung cancer screening counseling and shared decision-making visit is requested on 2022-06-15
    Then more information is needed on the pack-years

  @screening-day-not-known
  Scenario: The month of an earlier screening alone is known
    Given the counseling visit was on 2021-01-04
    And these screenings were done before
      | day       |
      | July 2021 |
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then more information is needed on the day of the screening, of the screening of July 2021

  @screenings-perhaps-others
  Scenario: A complete record names a screening and perhaps not all
    Given the counseling visit was on 2020-01-06
    And these screenings were done before, and perhaps others
      | day        |
      | 2021-01-04 |
    And the record is complete
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is not covered under C

  @screening-day-not-mentioned
  Scenario: A complete record names the month of an earlier screening alone
    Given the counseling visit was on 2021-01-04
    And these screenings were done before
      | day       |
      | July 2021 |
    And the record is complete
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is not covered under C

  @visit-day-not-known
  Scenario: The day of the visit is not known, and there was a screening
    Given it is not known the day of the counseling visit
    And these screenings were done before
      | day        |
      | 2022-09-01 |
    When lung cancer screening with LDCT is requested on 2023-12-15
    Then more information is needed on the day of the counseling visit
    And nothing else is needed

  @visit-needs-no-other
  Scenario Outline: A visit that is requested needs none before it, nor a radiologist
    Given <answer>
    When a lung cancer screening counseling and shared decision-making visit is requested on 2022-06-15
    Then it is covered under B

    Examples:
      | answer |
      | it is not known the day of the counseling visit |
      | there was no counseling visit |
      | it is not known the standing of the reading radiologist with the board |
      | the reading radiologist has neither board certification nor board eligibility |
