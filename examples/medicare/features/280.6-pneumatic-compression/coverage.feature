Feature: Pneumatic compression devices
  Covered at home for lymphedema and for venous ulcers that did not heal, after a trial of conservative therapy.

  Background:
    Given the device is a nonsegmented device
    And the device was prescribed by a physician
    And the physician oversight has an evaluation of the patient's condition to determine medical necessity, suitable instruction in the operation of the machine, a treatment plan with pressure, frequency and duration of use and ongoing monitoring of use and response
    And the determination by the physician includes the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home

  Rule: Lymphedema

    Background:
      Given the trial of conservative therapy started on 2020-01-01
      And the first day after the trial of conservative therapy was on 2020-01-29
      And the trial included a compression bandage system, exercise and elevation of the limb
      And the treating physician has found no significant improvement after the trial

    @lymphedema-length @interprets:length-of-a-trial
    Scenario Outline: A trial from 1 to 28 January has four weeks
      Given the first day after the trial of conservative therapy was on <day>
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is <outcome> under Lymphedema

      Examples:
        | day        | outcome     |
        | 2020-01-28 | not covered |
        | 2020-01-29 | covered     |
        | 2020-01-30 | covered     |

    @lymphedema-symptoms @interprets:symptoms-remain-after-a-trial
    Scenario: Significant symptoms remain although there was an improvement
      Given the treating physician has found a significant improvement after the trial
      And significant symptoms remain after the trial
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is covered under Lymphedema

    @lymphedema-no-trial @interprets:symptoms-remain-after-a-trial
    Scenario: Significant symptoms without a trial
      Given there was no trial of conservative therapy
      And the trial of conservative therapy is not over
      And significant symptoms remain after the trial
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is not covered under Lymphedema

    @lymphedema-success
    Scenario: The trial helped
      Given the treating physician has found a significant improvement after the trial
      And no significant symptoms remain after the trial
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is not covered under Lymphedema

    @lymphedema-content @interprets:garment-that-counts
    Scenario Outline: What the trial must include
      Given the trial included <therapies>
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is <outcome> under Lymphedema

      Examples:
        | therapies                                                                                     | outcome     |
        | a compression garment with adequate graduated compression, exercise and elevation of the limb | covered     |
        | a compression bandage system, exercise and elevation of the limb                              | covered     |
        | exercise and elevation of the limb                                                            | not covered |
        | a compression bandage system and elevation of the limb                                        | not covered |
        | a compression bandage system and exercise                                                     | not covered |

    @no-prescription
    Scenario: No physician prescribed the device
      Given the device was not prescribed by a physician
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is not covered under Lymphedema

    @calibrated @interprets:calibrated-devices-are-devices
    Scenario: A calibrated device for an individual with unique characteristics
      Given the individual has unique characteristics that prevent satisfactory treatment with any other device
      And the device is a segmented, calibrated gradient device
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is covered under Lymphedema

    @calibrated-without-reason
    Scenario: A calibrated device where another would do
      Given the individual has no unique characteristics that prevent satisfactory treatment with any other device
      And the device is a segmented, calibrated gradient device
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is not covered under General Coverage Criteria

    @calibrated-without-prescription @interprets:calibrated-devices-are-devices
    Scenario: A calibrated device that nobody prescribed
      Given the individual has unique characteristics that prevent satisfactory treatment with any other device
      And the device is a segmented, calibrated gradient device
      And the device was not prescribed by a physician
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is not covered under Lymphedema

    @other-use @interprets:other-uses-are-left-open
    Scenario: A device for another condition, or for use outside the home
      When a pneumatic compression device for another use is requested on 2020-03-02
      Then it is not addressed under General Coverage Criteria

  Rule: Venous ulcers

    Background:
      Given the trial of conservative therapy started on 2020-01-01
      And the first day after the trial of conservative therapy was on 2020-07-01
      And the trial was directed by the treating physician
      And the trial included a compression bandage system, exercise, elevation of the limb and appropriate dressings for the wound
      And the number of venous stasis ulcers that failed to heal after the trial is 1

    @ulcer-length @interprets:length-of-a-trial
    Scenario Outline: A trial from 1 January to 30 June has six months
      Given the first day after the trial of conservative therapy was on <day>
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2020-09-01
      Then it is <outcome> under Chronic Venous Insufficiency With Venous Stasis Ulcers

      Examples:
        | day        | outcome     |
        | 2020-06-30 | not covered |
        | 2020-07-01 | covered     |
        | 2020-07-02 | covered     |

    @ulcer-number
    Scenario Outline: At least one ulcer failed to heal
      Given the number of venous stasis ulcers that failed to heal after the trial is <ulcers>
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2020-09-01
      Then it is <outcome> under Chronic Venous Insufficiency With Venous Stasis Ulcers

      Examples:
        | ulcers | outcome     |
        | 0      | not covered |
        | 1      | covered     |
        | 2      | covered     |

    @ulcer-self-directed
    Scenario: The trial was not directed by the treating physician
      Given the trial was not directed by the treating physician
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2020-09-01
      Then it is not covered under Chronic Venous Insufficiency With Venous Stasis Ulcers

    @ulcer-no-prescription
    Scenario: No physician prescribed the device for ulcers
      Given the device was not prescribed by a physician
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2020-09-01
      Then it is not covered under Chronic Venous Insufficiency With Venous Stasis Ulcers

    @ulcer-trial-for-lymphedema
    Scenario: A trial that meets the criteria for ulcers does not make a device for lymphedema covered
      Given the treating physician has found a significant improvement after the trial
      And no significant symptoms remain after the trial
      When a pneumatic compression device for lymphedema at home is requested on 2020-09-01
      Then it is not covered under Lymphedema

    @ulcer-trial-for-another-use
    Scenario: A device for another use, whatever the trial
      When a pneumatic compression device for another use is requested on 2020-09-01
      Then it is not addressed under General Coverage Criteria
