Feature: Calibrated devices for another use

  Background:
    Given the device is a segmented, calibrated gradient device

  @calibrated-for-another-use
  Scenario: A calibrated device for another use, without unique characteristics
    Given the individual has no unique characteristics that prevent satisfactory treatment with any other device
    When a pneumatic compression device for another use is requested on 2020-03-02
    Then it is not covered under General Coverage Criteria

  @calibrated-for-another-use-not-known
  Scenario: A calibrated device for another use
    When a pneumatic compression device for another use is requested on 2020-03-02
    Then more information is needed on whether the individual has unique characteristics that prevent satisfactory treatment with any other device
    And nothing else is needed
