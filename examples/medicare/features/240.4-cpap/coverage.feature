Feature: CPAP for obstructive sleep apnea
  Twelve weeks first, and longer for who benefits; in a clinical study for others.

  Background:
    Given the beneficiary was born on 1960-05-10
    And the beneficiary has obstructive sleep apnea
    And the beneficiary was educated in the proper use of the device
    And a clinical evaluation is documented
    And the positive sleep test was attended PSG performed in a sleep laboratory
    And the sleep test was on 2010-02-01
    And the treating physician ordered the sleep test on 2010-01-15
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
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then it is <outcome> under <clause>

    Examples:
      | events | symptoms                                            | outcome     | clause |
      | 59     | none of the symptoms and conditions is documented   | not covered | C      |
      | 60     | none of the symptoms and conditions is documented   | covered     | B      |
      | 61     | none of the symptoms and conditions is documented   | covered     | B      |
      | 58     | documented are insomnia                             | covered     | B      |
      | 21     | documented are impaired cognition                   | covered     | B      |
      | 20     | documented are hypertension                         | covered     | B      |
      | 19     | documented are history of stroke                    | not covered | C      |
      | 20     | documented are excessive daytime sleepiness         | covered     | B      |
      | 20     | documented are mood disorders                       | covered     | B      |
      | 20     | documented are ischemic heart disease               | covered     | B      |
      | 20     | documented are history of stroke                    | covered     | B      |

  @cpap-short-sleep @interprets:events-in-two-hours
  Scenario Outline: Less than 2 hours of recorded sleep
    Given <hours> hours of continuous sleep were recorded
    And <events> events were recorded
    And <symptoms>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then it is <outcome> under <clause>

    Examples:
      | hours | events | symptoms                                          | outcome     | clause |
      | 1.9   | 30     | none of the symptoms and conditions is documented | covered     | B      |
      | 1.9   | 29     | none of the symptoms and conditions is documented | not covered | C      |
      | 1     | 10     | documented are insomnia                           | covered     | B      |
      | 1     | 9      | documented are insomnia                           | not covered | C      |

  @cpap-tests
  Scenario Outline: Which tests count
    Given the positive sleep test was <test>
    And the home sleep monitoring device measures <channels> channels
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then it is <outcome> under <clause>

    Examples:
      | test                                        | channels | outcome     | clause |
      | unattended HST with a Type II device        | 1        | covered     | B      |
      | unattended HST with a Type III device       | 1        | covered     | B      |
      | unattended HST with a Type IV device        | 2        | not covered | C      |
      | unattended HST with a Type IV device        | 3        | covered     | B      |
      | unattended HST with a Type IV device        | 4        | covered     | B      |
      | another diagnostic test                     | 4        | not covered | C      |

  @cpap-denied @interprets:adults-are-eighteen
  Scenario Outline: Each condition is required
    Given <answer>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then it is not covered under C

    Examples:
      | answer |
      | the beneficiary was born on 1992-03-02 |
      | the beneficiary does not have obstructive sleep apnea |
      | no clinical evaluation is documented |
      | no sleep test was positive |
      | the treating physician ordered the sleep test on 2010-02-02 |
      | the treating physician did not order the sleep test |
      | the sleep test was not furnished under appropriate physician supervision |
      | the events were not scored as apnea and hypopnea are defined |

  @cpap-caregiver
  Scenario Outline: A caregiver may be educated in place of the beneficiary
    Given the beneficiary was not educated in the proper use of the device
    And a caregiver was educated in the proper use of the device
    And the caregiver is <available> available in the home
    And the caregiver is willing and able to safely operate the device
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then it is <outcome> under <clause>

    Examples:
      | available        | outcome     | clause |
      | consistently     | covered     | B      |
      | not consistently | not covered | C      |

  @cpap-subsequent
  Scenario Outline: A benefit within the first 12 weeks
    Given CPAP started on 2010-03-01
    And a benefit from CPAP was found on <day>
    When CPAP after the initial period is requested on 2010-06-01
    Then it is <outcome> under <clause>

    Examples:
      | day        | outcome     | clause |
      | 2010-03-01 | covered     | B      |
      | 2010-05-23 | covered     | B      |
      | 2010-05-24 | not covered | C      |

  @cpap-not-known
  Scenario Outline: One thing is not known
    Given it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject |
      | the day on which the beneficiary was born |
      | whether the beneficiary has obstructive sleep apnea |
      | whether the beneficiary was educated in the proper use of the device |
      | the positive sleep test |
      | the day of the order |
      | the recorded events |
      | the hours of continuous recorded sleep |

  @cpap-not-mentioned
  Scenario Outline: A complete record does not mention one thing
    Given it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then it is not covered under C

    Examples:
      | subject |
      | the day on which the beneficiary was born |
      | whether the beneficiary has obstructive sleep apnea |
      | whether the beneficiary was educated in the proper use of the device |
      | the positive sleep test |
      | the day of the order |
      | the recorded events |
      | the hours of continuous recorded sleep |

  @cpap-study
  Scenario Outline: In a clinical study that addresses a question and meets every standard
    Given no sleep test was positive
    And the beneficiary is an enrolled subject in a clinical study of CPAP
    And the study addresses <question>
    And the study has a principal purpose of improving health outcomes, support by scientific and medical information, no unjustified duplication of studies, an appropriate design, a capable sponsor, compliance with Federal regulations, scientific integrity, a written protocol, a purpose beyond toxicity in healthy individuals, registration before the first enrollment, a specified public release, a discussion of subpopulations and a discussion of generalizability
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then it is covered in a clinical study under B

    Examples:
      | question                                        |
      | the diagnostic accuracy of a clinical trial of CPAP |
      | clinically meaningful harm of CPAP                  |
