Feature: Calibrated devices for another use

  Background:
    Given the device is a segmented, calibrated gradient device
    And the individual has no unique characteristics that prevent satisfactory treatment with any other device

  @calibrated-for-another-use
  Scenario: A calibrated device for another use
    When a pneumatic compression device for another use is requested on 2020-03-02
    Then it is not addressed under General Coverage Criteria
