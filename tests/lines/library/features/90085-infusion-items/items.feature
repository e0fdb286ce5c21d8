Feature: A pump, its tubing and a stand in one request

  @stand-with-pump
  Scenario: A stand follows a pump that is medically necessary
    Given the item is prescribed
    When these lines are requested on 2025-07-01
      | line   | request | infusions | requested tubes |
      | pump   | pump    | 3         |                 |
      | tubes  | tubing  |           | 12              |
      | holder | stand   |           |                 |
    Then for line pump, it is medically necessary under I
    And for line tubes, it is medically necessary under II
    And for line tubes, 10 of 12 are granted
    And for line holder, it is medically necessary under III

  @stand-alone
  Scenario: A stand alone
    Given the item is prescribed
    When these lines are requested on 2025-07-01
      | request |
      | stand   |
    Then for line 1, it is not medically necessary under IV

  @stand-with-open-pump
  Scenario: A stand waits for its pump
    Given the item is prescribed
    When these lines are requested on 2025-07-01
      | request |
      | stand   |
      | pump    |
    Then for line 1, more information is needed on whether another line in which a pump is requested is determined to be medically necessary
    And for line 1, nothing else is needed
    And for line 2, more information is needed on the number of infusions a week

  @stand-with-more
  Scenario: There may be a pump
    Given the item is prescribed
    When these lines are requested, and perhaps others, on 2025-07-01
      | request |
      | stand   |
    Then for line 1, more information is needed on whether another line in which a pump is requested is determined to be medically necessary

  @stand-beside-pump-known
  Scenario: What another line comes to can be given
    Given the item is prescribed
    And another line in which a pump is requested is determined to be medically necessary
    When a stand is requested on 2025-07-01
    Then it is medically necessary under III
