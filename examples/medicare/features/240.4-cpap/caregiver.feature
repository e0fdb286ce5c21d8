Feature: A caregiver in place of the beneficiary
  Consistently available, willing and able.

  Background:
    Given the beneficiary was born on 1960-05-10
    And the beneficiary has obstructive sleep apnea
    And the beneficiary was not educated in the proper use of the device
    And a caregiver was educated in the proper use of the device
    And the caregiver is consistently available in the home
    And the caregiver is willing and able to safely operate the device
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

  @cpap-caregiver
  Scenario Outline: A caregiver may be educated in place of the beneficiary
    Given <answer>
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is <outcome> under <clause>

    Examples:
      | answer                                                                | outcome     | clause | requested  |
      | a caregiver was educated in the proper use of the device              | covered     | B      | 2008-06-02 |
      | no caregiver was educated in the proper use of the device             | not covered | C      | 2008-06-02 |
      | the caregiver is not consistently available in the home               | not covered | C      | 2008-06-02 |
      | the caregiver is not willing or not able to safely operate the device | not covered | C      | 2008-06-02 |
      | a caregiver was educated in the proper use of the device              | covered     | B      | 2010-03-01 |
      | no caregiver was educated in the proper use of the device             | not covered | C      | 2010-03-01 |
      | the caregiver is not consistently available in the home               | not covered | C      | 2010-03-01 |
      | the caregiver is not willing or not able to safely operate the device | not covered | C      | 2010-03-01 |

  @cpap-care-not-known
  Scenario Outline: A caregiver in place of the beneficiary: not known
    Given it is not known <subject>
    When an initial 12-week period of CPAP is requested on 2010-03-01
    Then more information is needed on <subject>

    Examples:
      | subject                                                                |
      | whether a caregiver was educated in the proper use of the device       |
      | whether the caregiver is consistently available in the home            |
      | whether the caregiver is willing and able to safely operate the device |

  @cpap-care-not-mentioned
  Scenario Outline: A caregiver in place of the beneficiary: not mentioned in a complete record
    Given it is not known <subject>
    And the record is complete
    When an initial 12-week period of CPAP is requested on <requested>
    Then it is not covered under C

    Examples:
      | subject                                                                | requested  |
      | whether a caregiver was educated in the proper use of the device       | 2008-06-02 |
      | whether the caregiver is consistently available in the home            | 2008-06-02 |
      | whether the caregiver is willing and able to safely operate the device | 2008-06-02 |
      | whether a caregiver was educated in the proper use of the device       | 2010-03-01 |
      | whether the caregiver is consistently available in the home            | 2010-03-01 |
      | whether the caregiver is willing and able to safely operate the device | 2010-03-01 |
