Feature: Lung cancer screening with LDCT
  Annual, for who is eligible, after a counseling visit.

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

  @screening-age @interprets:last-day-of-77
  Scenario Outline: The beneficiary must be 50 - 77 years old
    Given the beneficiary was born on <born>
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is <outcome> under <clause>

    Examples:
      | born | outcome | clause |
      | 1972-06-16 | not covered | C |
      | 1972-06-15 | covered | B |
      | 1972-06-14 | covered | B |
      | 1944-06-16 | covered | B |
      | 1944-06-15 | not covered | C |
      | 1944-06-14 | not covered | C |

  @screening-pack-years
  Scenario Outline: At least 20 pack-years
    Given the tobacco smoking history is <pack-years> pack-years
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is <outcome> under <clause>

    Examples:
      | pack-years | outcome | clause |
      | 19.9 | not covered | C |
      | 20 | covered | B |
      | 20.1 | covered | B |

  @screening-cigarettes
  Scenario Outline: Pack-years are worked out from cigarettes and years
    Given it is not known the pack-years
    And the beneficiary smoked <cigarettes> cigarettes a day
    And the beneficiary smoked for <years> years
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is <outcome> under <clause>

    Examples:
      | cigarettes | years | outcome | clause |
      | 10 | 40 | covered | B |
      | 10 | 39 | not covered | C |
      | 40 | 10 | covered | B |

  @screening-quit
  Scenario Outline: Quit within the last 15 years
    Given the beneficiary quit smoking on <day>
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is <outcome> under <clause>

    Examples:
      | day | outcome | clause |
      | 2007-06-14 | not covered | C |
      | 2007-06-15 | covered | B |
      | 2007-06-16 | covered | B |

  @screening-visit-day @interprets:visit-before-every-screening
  Scenario Outline: The visit lies before the first screening, or on its day
    Given the counseling visit was on <day>
    And these screenings were done before
      | day        |
      | 2022-09-01 |
    When lung cancer screening with LDCT is requested on 2023-12-15
    Then it is <outcome> under <clause>

    Examples:
      | day | outcome | clause |
      | 2022-09-02 | not covered | C |
      | 2022-09-01 | covered | B |
      | 2022-08-31 | covered | B |

  @screening-annual @interprets:annual-screening
  Scenario Outline: Eleven months between two screenings
    Given these screenings were done before
      | day   |
      | <day> |
    When lung cancer screening with LDCT is requested on 2023-12-15
    Then it is <outcome> under <clause>

    Examples:
      | day | outcome | clause |
      | 2023-01-14 | covered | B |
      | 2023-01-15 | covered | B |
      | 2023-01-16 | not covered | C |

  @screening-denied
  Scenario Outline: Each condition is required
    Given <answer>
    When lung cancer screening with LDCT is requested on 2024-06-15
    Then it is not covered under C

    Examples:
      | answer |
      | the beneficiary is not asymptomatic |
      | the beneficiary has not received an order for lung cancer screening with LDCT |
      | there was no counseling visit |
      | the reading radiologist has neither board certification nor board eligibility |
      | the facility does not utilize a standardized lung nodule identification, classification, and reporting system |
      | no content of the visit is documented |

  @screening-denied-in-2022
  Scenario Outline: Each condition is required from the first day on
    Given <answer>
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is not covered under C

    Examples:
      | answer |
      | the beneficiary is not asymptomatic |
      | the beneficiary has not received an order for lung cancer screening with LDCT |
      | there was no counseling visit |
      | the reading radiologist has neither board certification nor board eligibility |
      | the facility does not utilize a standardized lung nodule identification, classification, and reporting system |
      | no content of the visit is documented |

  @screening-eligible-radiologist
  Scenario: Board eligibility is enough
    Given the reading radiologist has board eligibility
    When lung cancer screening with LDCT is requested on 2024-06-15
    Then it is covered under B

  @screening-elsewhere @interprets:other-rules
  Scenario: Another rule covers what this one does not
    Given the beneficiary is not asymptomatic
    And another rule covers the service
    When lung cancer screening with LDCT is requested on 2024-06-15
    Then the request is left to another rule under C

  @screening-here-and-elsewhere
  Scenario: What is covered here is not left to another rule
    Given another rule covers the service
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is covered under B

  @other-service
  Scenario Outline: Another preventive service
    Given <answer>
    When another preventive service is requested on <day>
    Then <outcome> under C

    Examples:
      | answer | day | outcome |
      | no other rule covers the service | 2022-06-15 | it is not covered |
      | another rule covers the service | 2022-06-15 | the request is left to another rule |
      | another rule covers the service | 2024-06-15 | the request is left to another rule |

  @visit-without-order @interprets:order-for-the-visit
  Scenario: The visit needs no order
    Given the beneficiary has not received an order for lung cancer screening with LDCT
    When a lung cancer screening counseling and shared decision-making visit is requested on 2022-06-15
    Then it is covered under B

  @visit-elsewhere
  Scenario: A visit that another rule covers
    Given the beneficiary is not asymptomatic
    And another rule covers the service
    When a lung cancer screening counseling and shared decision-making visit is requested on 2022-06-15
    Then the request is left to another rule under C

  @visit-needless-information @interprets:interventions-if-appropriate
  Scenario: Information about interventions was inappropriate
    Given documented of the visit are the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment and the importance of abstinence or cessation
    And information about tobacco cessation interventions is not appropriate
    When a lung cancer screening counseling and shared decision-making visit is requested on 2022-06-15
    Then it is covered under B

  @visit-parts
  Scenario Outline: Each part of the visit is required
    Given documented of the visit are <parts>
    When a lung cancer screening counseling and shared decision-making visit is requested on 2024-06-15
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

  @visit-denied
  Scenario Outline: Each condition of the visit is required
    Given <answer>
    When a lung cancer screening counseling and shared decision-making visit is requested on <day>
    Then it is not covered under C

    Examples:
      | answer | day |
      | the beneficiary was born on 1980-01-01 | 2022-06-15 |
      | the beneficiary was born on 1980-01-01 | 2024-06-15 |
      | the beneficiary was born on 1940-01-01 | 2022-06-15 |
      | the beneficiary was born on 1940-01-01 | 2024-06-15 |
      | the beneficiary is not asymptomatic | 2022-06-15 |
      | the beneficiary is not asymptomatic | 2024-06-15 |
      | the tobacco smoking history is 5 pack-years | 2022-06-15 |
      | the tobacco smoking history is 5 pack-years | 2024-06-15 |
      | the beneficiary quit smoking on 2000-01-01 | 2022-06-15 |
      | the beneficiary quit smoking on 2000-01-01 | 2024-06-15 |

  @visit-later
  Scenario: A visit in a later year
    When a lung cancer screening counseling and shared decision-making visit is requested on 2024-06-15
    Then it is covered under B

  @visit-former-smoker-later
  Scenario: A visit of who quit five years ago, in a later year
    Given the beneficiary quit smoking on 2019-06-15
    When a lung cancer screening counseling and shared decision-making visit is requested on 2024-06-15
    Then it is covered under B

  @visit-needless-information-later
  Scenario: Information was not appropriate, in a later year
    Given documented of the visit are the determination of eligibility, shared decision-making, a decision aid, the importance of adherence, the impact of comorbidities, the ability or willingness to undergo diagnosis and treatment and the importance of abstinence or cessation
    And information about tobacco cessation interventions is not appropriate
    When a lung cancer screening counseling and shared decision-making visit is requested on 2024-06-15
    Then it is covered under B

  @screening-quit-lately
  Scenario Outline: Who quit on the day of the request, or the day before
    Given the beneficiary quit smoking on <day>
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is covered under B

    Examples:
      | day        |
      | 2022-06-14 |
      | 2022-06-15 |

  @screening-on-the-day-of-the-visit @interprets:visit-before-every-screening
  Scenario Outline: The visit is on the day of the request, or the day before
    Given the counseling visit was on <day>
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is covered under B

    Examples:
      | day        |
      | 2022-06-14 |
      | 2022-06-15 |

  @screening-twice-in-2022
  Scenario Outline: A second screening in the first year
    Given the counseling visit was on 2022-03-01
    And these screenings were done before
      | day   |
      | <day> |
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is not covered under C

    Examples:
      | day        |
      | 2022-04-01 |
      | 2022-06-14 |
      | 2022-06-15 |

  @screening-visit-after-in-2022
  Scenario: The visit was after the first screening, which is long past
    Given the counseling visit was on 2022-05-02
    And these screenings were done before
      | day        |
      | 2021-05-02 |
    When lung cancer screening with LDCT is requested on 2022-06-15
    Then it is not covered under C
