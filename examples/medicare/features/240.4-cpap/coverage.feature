Feature: CPAP for obstructive sleep apnea
  Twelve weeks first, and longer for who benefits; in a clinical study for others.

  Background:
    Given the beneficiary was born on 1960-05-10
    And the beneficiary has obstructive sleep apnea
    And the beneficiary was educated in the proper use of the device
    And no caregiver was educated in the proper use of the device
    And a clinical evaluation is documented
    And the positive sleep test was attended PSG performed in a sleep laboratory
    And the sleep test was on 2008-03-20
    And the treating physician ordered the sleep test on 2008-03-14
    And the sleep test was furnished under appropriate physician supervision
    And 2 hours of continuous sleep were recorded
    And 30 events were recorded
    And the events were scored as apnea and hypopnea are defined
    And none of the symptoms and conditions is documented
    And the beneficiary is not an enrolled subject in a clinical study of CPAP

  @cpap-initial
  Scenario: An initial period of 12 weeks
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then it is covered under B
    And it is granted until 2010-05-23

  @cpap-index @interprets:indexes-above-fourteen
  Scenario Outline: The index, with and without a symptom
    Given <events> events were recorded
    And 4 hours of continuous sleep were recorded
    And <symptoms>
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is <outcome> under <clause>

    Examples:
      | events | symptoms                                          | outcome     | clause | requested  |
      | 59     | none of the symptoms and conditions is documented | not covered | C      | 2008-06-02 |
      | 60     | none of the symptoms and conditions is documented | covered     | B      | 2008-06-02 |
      | 61     | none of the symptoms and conditions is documented | covered     | B      | 2008-06-02 |
      | 58     | documented are insomnia                           | covered     | B      | 2008-06-02 |
      | 21     | documented are impaired cognition                 | covered     | B      | 2008-06-02 |
      | 20     | documented are hypertension                       | covered     | B      | 2008-06-02 |
      | 20     | documented are excessive daytime sleepiness       | covered     | B      | 2008-06-02 |
      | 20     | documented are mood disorders                     | covered     | B      | 2008-06-02 |
      | 20     | documented are ischemic heart disease             | covered     | B      | 2008-06-02 |
      | 20     | documented are history of stroke                  | covered     | B      | 2008-06-02 |
      | 20     | none of the symptoms and conditions is documented | not covered | C      | 2008-06-02 |
      | 19     | documented are history of stroke                  | not covered | C      | 2008-06-02 |
      | 59     | none of the symptoms and conditions is documented | not covered | C      | 2010-03-01 |
      | 60     | none of the symptoms and conditions is documented | covered     | B      | 2010-03-01 |
      | 61     | none of the symptoms and conditions is documented | covered     | B      | 2010-03-01 |
      | 58     | documented are insomnia                           | covered     | B      | 2010-03-01 |
      | 21     | documented are impaired cognition                 | covered     | B      | 2010-03-01 |
      | 20     | documented are hypertension                       | covered     | B      | 2010-03-01 |
      | 20     | documented are excessive daytime sleepiness       | covered     | B      | 2010-03-01 |
      | 20     | documented are mood disorders                     | covered     | B      | 2010-03-01 |
      | 20     | documented are ischemic heart disease             | covered     | B      | 2010-03-01 |
      | 20     | documented are history of stroke                  | covered     | B      | 2010-03-01 |
      | 20     | none of the symptoms and conditions is documented | not covered | C      | 2010-03-01 |
      | 19     | documented are history of stroke                  | not covered | C      | 2010-03-01 |

  @cpap-short-sleep @interprets:events-in-two-hours
  Scenario Outline: Less than 2 hours of recorded sleep
    Given <hours> hours of continuous sleep were recorded
    And <events> events were recorded
    And <symptoms>
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is <outcome> under <clause>

    Examples:
      | hours | events | symptoms                                          | outcome     | clause | requested  |
      | 1.9   | 31     | none of the symptoms and conditions is documented | covered     | B      | 2008-06-02 |
      | 1.9   | 30     | none of the symptoms and conditions is documented | covered     | B      | 2008-06-02 |
      | 1.9   | 29     | none of the symptoms and conditions is documented | not covered | C      | 2008-06-02 |
      | 1     | 11     | documented are insomnia                           | covered     | B      | 2008-06-02 |
      | 1     | 10     | documented are insomnia                           | covered     | B      | 2008-06-02 |
      | 1     | 9      | documented are insomnia                           | not covered | C      | 2008-06-02 |
      | 1.9   | 31     | none of the symptoms and conditions is documented | covered     | B      | 2010-03-01 |
      | 1.9   | 30     | none of the symptoms and conditions is documented | covered     | B      | 2010-03-01 |
      | 1.9   | 29     | none of the symptoms and conditions is documented | not covered | C      | 2010-03-01 |
      | 1     | 11     | documented are insomnia                           | covered     | B      | 2010-03-01 |
      | 1     | 10     | documented are insomnia                           | covered     | B      | 2010-03-01 |
      | 1     | 9      | documented are insomnia                           | not covered | C      | 2010-03-01 |

  @cpap-hours @interprets:events-in-two-hours
  Scenario Outline: Two hours of recorded sleep are enough, however many events there were
    Given it is not known the recorded events
    And the AHI or RDI is <index> events per hour
    And <hours> hours of continuous sleep were recorded
    And <symptoms>
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is covered under B

    Examples:
      | index | hours | symptoms                                          | requested  |
      | 16    | 2     | none of the symptoms and conditions is documented | 2008-06-02 |
      | 16    | 2.1   | none of the symptoms and conditions is documented | 2008-06-02 |
      | 9     | 2     | documented are insomnia                           | 2008-06-02 |
      | 9     | 2.1   | documented are insomnia                           | 2008-06-02 |
      | 16    | 2     | none of the symptoms and conditions is documented | 2010-03-01 |
      | 16    | 2.1   | none of the symptoms and conditions is documented | 2010-03-01 |
      | 9     | 2     | documented are insomnia                           | 2010-03-01 |
      | 9     | 2.1   | documented are insomnia                           | 2010-03-01 |

  @cpap-tests
  Scenario Outline: Which tests count
    Given the positive sleep test was <test>
    And the home sleep monitoring device measures <channels> channels
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is <outcome> under <clause>

    Examples:
      | test                                  | channels | outcome     | clause | requested  |
      | unattended HST with a Type II device  | 1        | covered     | B      | 2008-06-02 |
      | unattended HST with a Type III device | 1        | covered     | B      | 2008-06-02 |
      | unattended HST with a Type IV device  | 2        | not covered | C      | 2008-06-02 |
      | unattended HST with a Type IV device  | 3        | covered     | B      | 2008-06-02 |
      | unattended HST with a Type IV device  | 4        | covered     | B      | 2008-06-02 |
      | another diagnostic test               | 4        | not covered | C      | 2008-06-02 |
      | unattended HST with a Type II device  | 1        | covered     | B      | 2010-03-01 |
      | unattended HST with a Type III device | 1        | covered     | B      | 2010-03-01 |
      | unattended HST with a Type IV device  | 2        | not covered | C      | 2010-03-01 |
      | unattended HST with a Type IV device  | 3        | covered     | B      | 2010-03-01 |
      | unattended HST with a Type IV device  | 4        | covered     | B      | 2010-03-01 |
      | another diagnostic test               | 4        | not covered | C      | 2010-03-01 |

  @cpap-adult @interprets:adults-are-eighteen
  Scenario Outline: An adult is at least 18 years old
    Given the beneficiary was born on <born>
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is <outcome> under <clause>

    Examples:
      | born       | requested  | outcome     | clause |
      | 1992-03-02 | 2010-03-01 | not covered | C      |
      | 1992-03-01 | 2010-03-01 | covered     | B      |
      | 1992-02-29 | 2010-03-01 | covered     | B      |
      | 1990-06-03 | 2008-06-02 | not covered | C      |
      | 1990-06-02 | 2008-06-02 | covered     | B      |

  @cpap-ordered
  Scenario Outline: The test was ordered before it, or on its day
    Given the treating physician ordered the sleep test on <day>
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is <outcome> under <clause>

    Examples:
      | day        | outcome     | clause | requested  |
      | 2008-03-19 | covered     | B      | 2008-06-02 |
      | 2008-03-20 | covered     | B      | 2008-06-02 |
      | 2008-03-21 | not covered | C      | 2008-06-02 |
      | 2008-03-19 | covered     | B      | 2010-03-01 |
      | 2008-03-20 | covered     | B      | 2010-03-01 |
      | 2008-03-21 | not covered | C      | 2010-03-01 |

  @cpap-denied
  Scenario Outline: Each condition is required
    Given <answer>
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | answer                                                                   | requested  |
      | the beneficiary does not have obstructive sleep apnea                    | 2008-06-02 |
      | the beneficiary was not educated in the proper use of the device         | 2008-06-02 |
      | no clinical evaluation is documented                                     | 2008-06-02 |
      | no sleep test was positive                                               | 2008-06-02 |
      | the treating physician did not order the sleep test                      | 2008-06-02 |
      | the sleep test was not furnished under appropriate physician supervision | 2008-06-02 |
      | the events were not scored as apnea and hypopnea are defined             | 2008-06-02 |
      | the beneficiary does not have obstructive sleep apnea                    | 2010-03-01 |
      | the beneficiary was not educated in the proper use of the device         | 2010-03-01 |
      | no clinical evaluation is documented                                     | 2010-03-01 |
      | no sleep test was positive                                               | 2010-03-01 |
      | the treating physician did not order the sleep test                      | 2010-03-01 |
      | the sleep test was not furnished under appropriate physician supervision | 2010-03-01 |
      | the events were not scored as apnea and hypopnea are defined             | 2010-03-01 |

  @cpap-subsequent
  Scenario Outline: A benefit within the first 12 weeks
    Given CPAP started on <start>
    And <benefit>
    When CPAP after the initial period is requested on <requested>
    Then it is <outcome> under <clause>

    Examples:
      | start      | benefit                                     | outcome     | clause | requested  |
      | 2010-03-01 | a benefit from CPAP was found on 2010-02-28 | not covered | C      | 2010-06-01 |
      | 2010-03-01 | a benefit from CPAP was found on 2010-03-01 | covered     | B      | 2010-06-01 |
      | 2010-03-01 | a benefit from CPAP was found on 2010-03-02 | covered     | B      | 2010-06-01 |
      | 2010-03-01 | a benefit from CPAP was found on 2010-05-23 | covered     | B      | 2010-06-01 |
      | 2010-03-01 | a benefit from CPAP was found on 2010-05-24 | not covered | C      | 2010-06-01 |
      | 2010-03-01 | a benefit from CPAP was found on 2010-05-25 | not covered | C      | 2010-06-01 |
      | 2008-04-01 | a benefit from CPAP was found on 2008-03-31 | not covered | C      | 2008-09-01 |
      | 2008-04-01 | a benefit from CPAP was found on 2008-04-01 | covered     | B      | 2008-09-01 |
      | 2008-04-01 | a benefit from CPAP was found on 2008-06-24 | not covered | C      | 2008-09-01 |
      | 2010-03-01 | the beneficiary has not benefited from CPAP | not covered | C      | 2010-06-01 |
      | 2008-04-01 | the beneficiary has not benefited from CPAP | not covered | C      | 2008-09-01 |

  @cpap-subsequent-unqualified
  Scenario Outline: Who no longer qualifies has no further CPAP
    Given CPAP started on 2008-04-01
    And a benefit from CPAP was found on 2008-06-02
    And the beneficiary does not have obstructive sleep apnea
    When CPAP after the initial period is requested on <requested>
    Then it is not covered under C

    Examples:
      | requested  |
      | 2008-09-01 |
      | 2010-06-01 |
