Feature: What is not known, and what a complete record does not say

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

  @cpap-not-known
  Scenario Outline: One thing: not known
    Given it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject                                                                      |
      | the day on which the beneficiary was born                                    |
      | whether the beneficiary has obstructive sleep apnea                          |
      | whether the beneficiary was educated in the proper use of the device         |
      | whether a clinical evaluation is documented                                  |
      | the positive sleep test                                                      |
      | the day of the sleep test                                                    |
      | the day of the order                                                         |
      | whether the sleep test was furnished under appropriate physician supervision |
      | the recorded events                                                          |
      | the hours of continuous recorded sleep                                       |
      | whether the events were scored as apnea and hypopnea are defined             |

  @cpap-not-mentioned
  Scenario Outline: One thing: not mentioned in a complete record
    Given it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject                                                                      | requested  |
      | the day on which the beneficiary was born                                    | 2008-06-02 |
      | whether the beneficiary has obstructive sleep apnea                          | 2008-06-02 |
      | whether the beneficiary was educated in the proper use of the device         | 2008-06-02 |
      | whether a clinical evaluation is documented                                  | 2008-06-02 |
      | the positive sleep test                                                      | 2008-06-02 |
      | the day of the sleep test                                                    | 2008-06-02 |
      | the day of the order                                                         | 2008-06-02 |
      | whether the sleep test was furnished under appropriate physician supervision | 2008-06-02 |
      | the recorded events                                                          | 2008-06-02 |
      | the hours of continuous recorded sleep                                       | 2008-06-02 |
      | whether the events were scored as apnea and hypopnea are defined             | 2008-06-02 |
      | the day on which the beneficiary was born                                    | 2010-03-01 |
      | whether the beneficiary has obstructive sleep apnea                          | 2010-03-01 |
      | whether the beneficiary was educated in the proper use of the device         | 2010-03-01 |
      | whether a clinical evaluation is documented                                  | 2010-03-01 |
      | the positive sleep test                                                      | 2010-03-01 |
      | the day of the sleep test                                                    | 2010-03-01 |
      | the day of the order                                                         | 2010-03-01 |
      | whether the sleep test was furnished under appropriate physician supervision | 2010-03-01 |
      | the recorded events                                                          | 2010-03-01 |
      | the hours of continuous recorded sleep                                       | 2010-03-01 |
      | whether the events were scored as apnea and hypopnea are defined             | 2010-03-01 |

  @cpap-type-4-not-known
  Scenario Outline: A Type IV device: not known
    Given the positive sleep test was unattended HST with a Type IV device
    And it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject                    |
      | the channels of the device |

  @cpap-type-4-not-mentioned
  Scenario Outline: A Type IV device: not mentioned in a complete record
    Given the positive sleep test was unattended HST with a Type IV device
    And it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject                    | requested  |
      | the channels of the device | 2008-06-02 |
      | the channels of the device | 2010-03-01 |

  @cpap-any-device-not-known
  Scenario Outline: A device of 3 channels: not known
    Given the home sleep monitoring device measures 3 channels
    And it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject                 |
      | the positive sleep test |

  @cpap-any-device-not-mentioned
  Scenario Outline: A device of 3 channels: not mentioned in a complete record
    Given the home sleep monitoring device measures 3 channels
    And it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject                 | requested  |
      | the positive sleep test | 2008-06-02 |
      | the positive sleep test | 2010-03-01 |

  @cpap-symptoms-not-known
  Scenario Outline: An index of 14.5: not known
    Given 4 hours of continuous sleep were recorded
    And 58 events were recorded
    And it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject                                |
      | the documented symptoms and conditions |

  @cpap-symptoms-not-mentioned
  Scenario Outline: An index of 14.5: not mentioned in a complete record
    Given 4 hours of continuous sleep were recorded
    And 58 events were recorded
    And it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject                                | requested  |
      | the documented symptoms and conditions | 2008-06-02 |
      | the documented symptoms and conditions | 2010-03-01 |

  @cpap-lower-index-not-known
  Scenario Outline: An index with a symptom: not known
    Given documented are insomnia
    And it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject             |
      | the recorded events |

  @cpap-lower-index-not-mentioned
  Scenario Outline: An index with a symptom: not mentioned in a complete record
    Given documented are insomnia
    And it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject             | requested  |
      | the recorded events | 2008-06-02 |
      | the recorded events | 2010-03-01 |

  @cpap-sleep-given-not-known
  Scenario Outline: An index that is given, of 29 events: not known
    Given the AHI or RDI is 20 events per hour
    And 29 events were recorded
    And it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject                                |
      | the hours of continuous recorded sleep |

  @cpap-sleep-given-not-mentioned
  Scenario Outline: An index that is given, of 29 events: not mentioned in a complete record
    Given the AHI or RDI is 20 events per hour
    And 29 events were recorded
    And it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject                                | requested  |
      | the hours of continuous recorded sleep | 2008-06-02 |
      | the hours of continuous recorded sleep | 2010-03-01 |

  @cpap-sleep-low-not-known
  Scenario Outline: An index that is given, of 9 events: not known
    Given the AHI or RDI is 9 events per hour
    And 9 events were recorded
    And documented are insomnia
    And it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject                                |
      | the hours of continuous recorded sleep |

  @cpap-sleep-low-not-mentioned
  Scenario Outline: An index that is given, of 9 events: not mentioned in a complete record
    Given the AHI or RDI is 9 events per hour
    And 9 events were recorded
    And documented are insomnia
    And it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject                                | requested  |
      | the hours of continuous recorded sleep | 2008-06-02 |
      | the hours of continuous recorded sleep | 2010-03-01 |

  @cpap-events-given-not-known
  Scenario Outline: An index that is given, of less than 2 hours: not known
    Given the AHI or RDI is 20 events per hour
    And 1.9 hours of continuous sleep were recorded
    And it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject             |
      | the recorded events |

  @cpap-events-given-not-mentioned
  Scenario Outline: An index that is given, of less than 2 hours: not mentioned in a complete record
    Given the AHI or RDI is 20 events per hour
    And 1.9 hours of continuous sleep were recorded
    And it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject             | requested  |
      | the recorded events | 2008-06-02 |
      | the recorded events | 2010-03-01 |

  @cpap-events-low-not-known
  Scenario Outline: A lower index that is given, of less than 2 hours: not known
    Given the AHI or RDI is 9 events per hour
    And 1.9 hours of continuous sleep were recorded
    And documented are insomnia
    And it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject             |
      | the recorded events |

  @cpap-events-low-not-mentioned
  Scenario Outline: A lower index that is given, of less than 2 hours: not mentioned in a complete record
    Given the AHI or RDI is 9 events per hour
    And 1.9 hours of continuous sleep were recorded
    And documented are insomnia
    And it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject             | requested  |
      | the recorded events | 2008-06-02 |
      | the recorded events | 2010-03-01 |

  @cpap-index-and-symptoms-not-known
  Scenario: Neither the recorded events nor the symptoms are known
    Given it is not known the recorded events
    And it is not known the documented symptoms and conditions
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on
      | the recorded events                   |
      | the AHI or RDI                        |
      | the documented symptoms and conditions |
    And nothing else is needed

  Rule: The benefit

    Background:
      Given CPAP started on 2008-04-01
      And a benefit from CPAP was found on 2008-04-15

    @cpap-benefit-not-known
    Scenario Outline: The benefit: not known
      Given it is not known <subject>
      When CPAP after the initial period is requested on 2010-03-01
      Then more information is needed on <subject>

      Examples:
        | subject                                             |
        | the start of CPAP                                   |
        | the day on which a benefit was found                |
        | whether the beneficiary has obstructive sleep apnea |

    @cpap-benefit-not-mentioned
    Scenario Outline: The benefit: not mentioned in a complete record
      Given it is not known <subject>
      And the record is complete
      When CPAP after the initial period is requested on <requested>
      Then it is not covered under C

      Examples:
        | subject                                             | requested  |
        | the start of CPAP                                   | 2008-06-02 |
        | the day on which a benefit was found                | 2008-06-02 |
        | whether the beneficiary has obstructive sleep apnea | 2008-06-02 |
        | the start of CPAP                                   | 2010-03-01 |
        | the day on which a benefit was found                | 2010-03-01 |
        | whether the beneficiary has obstructive sleep apnea | 2010-03-01 |
