Feature: What is not known, and what a complete record leaves out
  Unknown is never "no", and silence shows nothing.

  @test-indications-not-known
  Scenario: More information is needed where nothing is recorded of the urinary diagnoses
    Given the patient is not able to record voiding diary data adequately
    When a temporary test stimulation of the sacral nerve is requested on 2002-01-01
    Then more information is needed on
      | the urinary diagnoses                                                             |
      | whether the urinary symptoms are secondary manifestations of a neurologic disease |

  @test-indications-not-mentioned
  Scenario: Not addressed where a complete record does not mention the urinary diagnoses or whether the urinary symptoms are secondary manifestations of a neurologic disease
    Given the record is complete
    When a temporary test stimulation of the sacral nerve is requested on 2002-01-01
    Then it is not addressed under Indications and Limitations of Coverage

  @test-test-covered-not-known
  Scenario: More information is needed where nothing is recorded of the documented therapies that failed or whether the patient is an appropriate surgical candidate for implantation with anesthesia
    Given the urinary diagnoses are urinary retention
    When a temporary test stimulation of the sacral nerve is requested on 2002-01-01
    Then more information is needed on
      | whether the urinary symptoms are secondary manifestations of a neurologic disease         |
      | the documented therapies that failed                                                      |
      | whether the patient is an appropriate surgical candidate for implantation with anesthesia |
      | whether the patient is able to record voiding diary data adequately                       |

  @implantation-implantation-covered-suitable-meets-not-met
  Scenario: Not covered where a complete record does not mention whether the patient is an appropriate surgical candidate for implantation with anesthesia
    Given the urinary diagnoses are urinary urge incontinence
    And the urinary symptoms are not secondary manifestations of a neurologic disease
    And the documented therapies that failed are behavioral therapy
    And the patient is able to record voiding diary data adequately
    And the voiding diaries improved by 50% through test stimulation
    And the record is complete
    When the permanent implantation of a sacral nerve stimulator is requested on 2020-03-02
    Then it is not covered under Indications and Limitations of Coverage

  @implantation-implantation-covered-suitable-meets-not-known
  Scenario: More information is needed where only the diagnoses are known
    Given the urinary diagnoses are urinary retention
    And the urinary symptoms are not secondary manifestations of a neurologic disease
    When the permanent implantation of a sacral nerve stimulator is requested on 2002-01-01
    Then more information is needed on
      | the documented therapies that failed                                                      |
      | whether the patient is an appropriate surgical candidate for implantation with anesthesia |
      | the improvement through test stimulation                                                  |
      | whether the patient is able to record voiding diary data adequately                       |
      | the symptoms a day in the voiding diary before test stimulation                           |
      | the symptoms a day in the voiding diary during test stimulation                           |

  @implantation-implantation-covered-diary-meets-not-met
  Scenario: Not covered where a complete record does not mention whether the patient is able to record voiding diary data adequately
    Given the urinary diagnoses are urinary urge incontinence
    And the urinary symptoms are not secondary manifestations of a neurologic disease
    And the documented therapies that failed are behavioral therapy
    And the patient is an appropriate surgical candidate for implantation with anesthesia
    And the voiding diaries improved by 50% through test stimulation
    And the record is complete
    When the permanent implantation of a sacral nerve stimulator is requested on 2020-03-02
    Then it is not covered under Indications and Limitations of Coverage

  @test-failed-therapies-not-mentioned
  Scenario: Not covered where a complete record does not mention the documented therapies that failed
    Given the urinary diagnoses are urinary urge incontinence
    And the urinary symptoms are not secondary manifestations of a neurologic disease
    And the patient is an appropriate surgical candidate for implantation with anesthesia
    And the patient is able to record voiding diary data adequately
    And the record is complete
    When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
    Then it is not covered under Indications and Limitations of Coverage

  @test-surgical-candidate-not-met
  Scenario: Not covered where the patient is not an appropriate surgical candidate for implantation with anesthesia
    Given the urinary diagnoses are urinary urge incontinence
    And the urinary symptoms are not secondary manifestations of a neurologic disease
    And the documented therapies that failed are behavioral therapy
    And the patient is not an appropriate surgical candidate for implantation with anesthesia
    And the patient is able to record voiding diary data adequately
    When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
    Then it is not covered under Indications and Limitations of Coverage

  @test-excluded-not-known
  Scenario: Not covered whatever further diagnoses there are, for no therapy failed
    Given the urinary diagnoses include urinary urge incontinence
    And the urinary symptoms are not secondary manifestations of a neurologic disease
    And no failed therapy is documented
    When a temporary test stimulation of the sacral nerve is requested on 2002-01-01
    Then it is not covered under Indications and Limitations of Coverage 2 or Indications and Limitations of Coverage

  @implantation-implantation-not-addressed
  Scenario: Implantation for none of the three conditions is not addressed
    Given none of the urinary diagnoses is present
    And the urinary symptoms are not secondary manifestations of a neurologic disease
    When the permanent implantation of a sacral nerve stimulator is requested on 2002-01-01
    Then it is not addressed under Indications and Limitations of Coverage

  @test-neurologic-cause-not-known
  Scenario: Not covered where it is not known whether the urinary symptoms are secondary manifestations of a neurologic disease
    Given the urinary diagnoses are urinary urge incontinence
    And no failed therapy is documented
    And the patient is an appropriate surgical candidate for implantation with anesthesia
    And the patient is able to record voiding diary data adequately
    When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
    Then it is not covered under Indications and Limitations of Coverage 2 or Indications and Limitations of Coverage

  @implantation-excluded-request-turned
  Scenario: A neurologic cause excludes from implantation whatever the diagnoses
    Given none of the urinary diagnoses is present
    And the urinary symptoms are secondary manifestations of a neurologic disease
    When the permanent implantation of a sacral nerve stimulator is requested on 2002-01-01
    Then it is not covered under Indications and Limitations of Coverage 2
