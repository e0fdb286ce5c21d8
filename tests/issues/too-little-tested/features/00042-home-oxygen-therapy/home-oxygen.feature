Feature: Home oxygen therapy

  @prescription
  Scenario: A pulmonologist must have prescribed it
    Then each of these cases is determined as stated
      | request | date       | prescribed | record   | outcome                 | clause | needed                                             |
      | initial | 2025-07-01 | yes        | open     | medically necessary     | I      |                                                    |
      | initial | 2025-07-01 | no         | open     | not medically necessary | II     |                                                    |
      | initial | 2025-07-01 |            | open     | more information needed |        | whether a pulmonologist has prescribed home oxygen |
      | initial | 2025-07-01 |            | complete | not medically necessary | II     |                                                    |
