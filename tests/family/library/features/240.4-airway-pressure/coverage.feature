Feature: Coverage of positive airway pressure

  @adult-with-a-test
  Scenario: An adult with a positive test
    Given the patient is an adult
    And a test at home was positive
    And the device is not contraindicated
    When a device is requested on 2008-04-01
    Then it is medically necessary under B.1.a

  @benefit
  Scenario: Who benefits keeps the device
    Given the patient has a benefit from the device
    And the device is not contraindicated
    When a device is requested on 2008-04-01
    Then it is medically necessary under B.1.b(i)

  @contraindicated
  Scenario: The device is contraindicated
    Given the device is contraindicated
    When a device is requested on 2008-04-01
    Then it is not indicated under Cross Reference A

  @nothing-shown
  Scenario: The record shows nothing
    Given the record is complete
    When a device is requested on 2008-04-01
    Then it is not medically necessary under C
