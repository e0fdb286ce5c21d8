Feature: Pneumatic compression devices where something is not known
  Unknown is never "no", and silence shows nothing.

  Background:
    Given the device is a nonsegmented device
    And the device was prescribed by a physician
    And the physician oversight has an evaluation of the patient's condition to determine medical necessity, suitable instruction in the operation of the machine, a treatment plan with pressure, frequency and duration of use and ongoing monitoring of use and response
    And the determination by the physician includes the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home

  Rule: Lymphedema

    Background:
      Given the trial of conservative therapy started on 2002-01-01
      And the first day after the trial of conservative therapy was on 2002-01-29
      And the trial included a compression bandage system, exercise and elevation of the limb
      And the treating physician has found no significant improvement after the trial
      And no significant symptoms remain after the trial

    @lymphedema-not-known
    Scenario Outline: One thing is not known
      Given it is not known <subject>
      When a pneumatic compression device for lymphedema at home is requested on 2002-03-02
      Then more information is needed on <subject>
      And nothing else is needed

      Examples:
        | subject                                                                         |
        | whether the device was prescribed by a physician                                |
        | the physician oversight                                                         |
        | the content of the determination                                                |
        | the start of the trial                                                          |
        | the first day after the trial                                                   |
        | the content of the trial                                                        |
        | whether the treating physician has found no significant improvement after the trial |

    @lymphedema-not-mentioned
    Scenario Outline: A complete record does not mention one thing
      Given it is not known <subject>
      And the record is complete
      When a pneumatic compression device for lymphedema at home is requested on 2002-03-02
      Then it is not covered under Lymphedema

      Examples:
        | subject |
        | whether the device was prescribed by a physician |
        | the physician oversight |
        | the content of the determination |
        | the start of the trial |
        | the first day after the trial |
        | the content of the trial |
        | whether the treating physician has found no significant improvement after the trial |

    @lymphedema-symptoms-not-known
    Scenario: It is not known whether symptoms remain after an improvement
      Given the treating physician has found a significant improvement after the trial
      And it is not known whether significant symptoms remain after the trial
      When a pneumatic compression device for lymphedema at home is requested on 2002-03-02
      Then more information is needed on whether significant symptoms remain after the trial
      And nothing else is needed

    @lymphedema-symptoms-not-mentioned
    Scenario: A complete record does not mention symptoms after an improvement
      Given the treating physician has found a significant improvement after the trial
      And it is not known whether significant symptoms remain after the trial
      And the record is complete
      When a pneumatic compression device for lymphedema at home is requested on 2002-03-02
      Then it is not covered under Lymphedema

    @lymphedema-month
    Scenario: Only the month in which the trial started is known
      Given the trial of conservative therapy started in January 2002
      When a pneumatic compression device for lymphedema at home is requested on 2002-03-02
      Then more information is needed on the start of the trial

    @lymphedema-oversight
    Scenario Outline: Each part of the oversight is required
      Given the physician oversight has <parts>
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is not covered under Lymphedema

      Examples:
        | parts |
        | suitable instruction in the operation of the machine, a treatment plan with pressure, frequency and duration of use and ongoing monitoring of use and response |
        | an evaluation of the patient's condition to determine medical necessity, a treatment plan with pressure, frequency and duration of use and ongoing monitoring of use and response |
        | an evaluation of the patient's condition to determine medical necessity, suitable instruction in the operation of the machine and ongoing monitoring of use and response |
        | an evaluation of the patient's condition to determine medical necessity, suitable instruction in the operation of the machine and a treatment plan with pressure, frequency and duration of use |

    @lymphedema-determination
    Scenario Outline: Each part of the determination is required
      Given the determination by the physician includes <parts>
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is not covered under Lymphedema

      Examples:
        | parts |
        | the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the diagnosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the diagnosis, the prognosis, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the diagnosis, the prognosis, the symptoms, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements and the ability of patient or caregiver to apply the device at home |
        | the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements and the ability to tolerate the treatment |

    @lymphedema-parts-not-known
    Scenario Outline: Of a list that may go on only what it lacks is needed
      Given <known>
      When a pneumatic compression device for lymphedema at home is requested on 2002-03-02
      Then more information is needed on <subject>
      And nothing else is needed

      Examples:
        | known | subject |
        | the physician oversight has among others suitable instruction in the operation of the machine, a treatment plan with pressure, frequency and duration of use and ongoing monitoring of use and response | the physician oversight |
        | the physician oversight has among others an evaluation of the patient's condition to determine medical necessity, a treatment plan with pressure, frequency and duration of use and ongoing monitoring of use and response | the physician oversight |
        | the physician oversight has among others an evaluation of the patient's condition to determine medical necessity, suitable instruction in the operation of the machine and ongoing monitoring of use and response | the physician oversight |
        | the physician oversight has among others an evaluation of the patient's condition to determine medical necessity, suitable instruction in the operation of the machine and a treatment plan with pressure, frequency and duration of use | the physician oversight |
        | the determination by the physician includes among others the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home | the content of the determination |
        | the determination by the physician includes among others the diagnosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home | the content of the determination |
        | the determination by the physician includes among others the diagnosis, the prognosis, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home | the content of the determination |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home | the content of the determination |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home | the content of the determination |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home | the content of the determination |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements and the ability of patient or caregiver to apply the device at home | the content of the determination |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements and the ability to tolerate the treatment | the content of the determination |
        | the trial included among others exercise and elevation of the limb | the content of the trial |
        | the trial included among others a compression bandage system and elevation of the limb | the content of the trial |
        | the trial included among others a compression bandage system and exercise | the content of the trial |

    @lymphedema-parts-not-mentioned
    Scenario Outline: In a complete record each part must be shown
      Given <known>
      And the record is complete
      When a pneumatic compression device for lymphedema at home is requested on 2020-03-02
      Then it is not covered under Lymphedema

      Examples:
        | known |
        | the physician oversight has among others suitable instruction in the operation of the machine, a treatment plan with pressure, frequency and duration of use and ongoing monitoring of use and response |
        | the physician oversight has among others an evaluation of the patient's condition to determine medical necessity, a treatment plan with pressure, frequency and duration of use and ongoing monitoring of use and response |
        | the physician oversight has among others an evaluation of the patient's condition to determine medical necessity, suitable instruction in the operation of the machine and ongoing monitoring of use and response |
        | the physician oversight has among others an evaluation of the patient's condition to determine medical necessity, suitable instruction in the operation of the machine and a treatment plan with pressure, frequency and duration of use |
        | the determination by the physician includes among others the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the determination by the physician includes among others the diagnosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the determination by the physician includes among others the diagnosis, the prognosis, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, the reason for the device with the treatments that failed, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the change in pre-treatment measurements, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the ability to tolerate the treatment and the ability of patient or caregiver to apply the device at home |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements and the ability of patient or caregiver to apply the device at home |
        | the determination by the physician includes among others the diagnosis, the prognosis, the symptoms, objective findings with measurements of severity, the reason for the device with the treatments that failed, the change in pre-treatment measurements and the ability to tolerate the treatment |
        | the trial included among others exercise and elevation of the limb |
        | the trial included among others a compression bandage system and elevation of the limb |
        | the trial included among others a compression bandage system and exercise |

  Rule: Venous ulcers

    Background:
      Given the trial of conservative therapy started on 2002-01-01
      And the first day after the trial of conservative therapy was on 2002-07-01
      And the trial was directed by the treating physician
      And the trial included a compression bandage system, exercise, elevation of the limb and appropriate dressings for the wound
      And the number of venous stasis ulcers that failed to heal after the trial is 1

    @ulcer-not-known
    Scenario Outline: One thing about the ulcers is not known
      Given it is not known <subject>
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2002-09-01
      Then more information is needed on <subject>
      And nothing else is needed

      Examples:
        | subject |
        | the start of the trial |
        | the first day after the trial |
        | whether the trial was directed by the treating physician |
        | the content of the trial |
        | whether the device was prescribed by a physician |
        | the number of unhealed ulcers |

    @ulcer-not-mentioned
    Scenario Outline: A complete record does not mention one thing about the ulcers
      Given it is not known <subject>
      And the record is complete
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2002-09-01
      Then it is not covered under Chronic Venous Insufficiency With Venous Stasis Ulcers

      Examples:
        | subject |
        | the start of the trial |
        | the first day after the trial |
        | whether the trial was directed by the treating physician |
        | the content of the trial |
        | whether the device was prescribed by a physician |
        | the number of unhealed ulcers |

    @ulcer-parts
    Scenario Outline: Each part of the trial is required
      Given the trial included <parts>
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2020-09-01
      Then it is not covered under Chronic Venous Insufficiency With Venous Stasis Ulcers

      Examples:
        | parts |
        | exercise, elevation of the limb and appropriate dressings for the wound |
        | a compression bandage system, elevation of the limb and appropriate dressings for the wound |
        | a compression bandage system, exercise and appropriate dressings for the wound |
        | a compression bandage system, exercise and elevation of the limb |

    @ulcer-parts-not-known
    Scenario Outline: Of a trial that may have included more, more information is needed
      Given the trial included among others <parts>
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2002-09-01
      Then more information is needed on the content of the trial
      And nothing else is needed

      Examples:
        | parts |
        | exercise, elevation of the limb and appropriate dressings for the wound |
        | a compression bandage system, elevation of the limb and appropriate dressings for the wound |
        | a compression bandage system, exercise and appropriate dressings for the wound |
        | a compression bandage system, exercise and elevation of the limb |

    @ulcer-parts-not-mentioned
    Scenario Outline: In a complete record each part of the trial must be shown
      Given the trial included among others <parts>
      And the record is complete
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2020-09-01
      Then it is not covered under Chronic Venous Insufficiency With Venous Stasis Ulcers

      Examples:
        | parts |
        | exercise, elevation of the limb and appropriate dressings for the wound |
        | a compression bandage system, elevation of the limb and appropriate dressings for the wound |
        | a compression bandage system, exercise and appropriate dressings for the wound |
        | a compression bandage system, exercise and elevation of the limb |

    @ulcer-no-trial
    Scenario Outline: No trial, or one that is not over
      Given <none>
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2002-09-01
      Then it is not covered under Chronic Venous Insufficiency With Venous Stasis Ulcers

      Examples:
        | none                                          |
        | there was no trial of conservative therapy    |
        | the trial of conservative therapy is not over |

    @ulcer-garment
    Scenario: A garment in place of a bandage
      Given the trial included a compression garment with adequate graduated compression, exercise, elevation of the limb and appropriate dressings for the wound
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2002-09-01
      Then it is covered under Chronic Venous Insufficiency With Venous Stasis Ulcers

    @calibrated-not-known
    Scenario: It is not known whether a calibrated device is for an individual with unique characteristics
      Given the device is a segmented, calibrated gradient device
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2002-09-01
      Then more information is needed on whether the individual has unique characteristics that prevent satisfactory treatment with any other device
      And nothing else is needed

    @calibrated-not-mentioned
    Scenario: A complete record of a calibrated device does not mention unique characteristics
      Given the device is a segmented, calibrated gradient device
      And the record is complete
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2002-09-01
      Then it is not covered under General Coverage Criteria

    @device-not-known
    Scenario: The type of device is not known, and only one would be excluded
      Given it is not known the type of device
      And the individual has no unique characteristics that prevent satisfactory treatment with any other device
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2002-09-01
      Then more information is needed on the type of device
      And nothing else is needed

    @device-not-mentioned
    Scenario: A complete record that does not mention the type of device shows no calibrated one
      Given it is not known the type of device
      And the record is complete
      When a pneumatic compression device for venous stasis ulcers at home is requested on 2002-09-01
      Then it is covered under Chronic Venous Insufficiency With Venous Stasis Ulcers
