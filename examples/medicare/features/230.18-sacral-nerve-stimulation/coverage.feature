Feature: Sacral nerve stimulation for urinary incontinence
  The test stimulation and the implantation are covered for three conditions, within limitations.

  Background:
    Given the urinary diagnoses are urinary urge incontinence
    And the urinary symptoms are not secondary manifestations of a neurologic disease
    And the documented therapies that failed are behavioral therapy
    And the patient is an appropriate surgical candidate for implantation with anesthesia
    And the patient is able to record voiding diary data adequately

  Rule: The test stimulation

    @test-covered @interprets:one-kind-of-failed-therapy
    Scenario Outline: Each of the three conditions is covered
      Given the urinary diagnoses are <condition>
      When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
      Then it is covered under Indications and Limitations of Coverage

      Examples:
        | condition                  |
        | urinary urge incontinence  |
        | urgency-frequency syndrome |
        | urinary retention          |

    @test-each-therapy @interprets:one-kind-of-failed-therapy
    Scenario Outline: One kind of therapy that failed is enough
      Given the documented therapies that failed are <therapy>
      When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
      Then it is covered under Indications and Limitations of Coverage

      Examples:
        | therapy                     |
        | behavioral therapy          |
        | pharmacologic therapy       |
        | surgical corrective therapy |

    @test-no-therapy-failed
    Scenario: No documented therapy failed
      Given no failed therapy is documented
      When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
      Then it is not covered under Indications and Limitations of Coverage

    @test-no-diary @interprets:diary-before-a-test
    Scenario: The patient is not able to keep a diary
      Given the patient is not able to record voiding diary data adequately
      When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
      Then it is not covered under Indications and Limitations of Coverage

    @excluded-each-alone @interprets:each-exclusion-alone
    Scenario Outline: A second diagnosis that is excluded
      Given the urinary diagnoses are urinary urge incontinence and <condition>
      When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
      Then it is not covered under Indications and Limitations of Coverage 2

      Examples:
        | condition           |
        | stress incontinence |
        | urinary obstruction |

    @excluded-neurologic @interprets:secondary-manifestations
    Scenario: A neurologic disease of which the symptoms are secondary manifestations
      Given the urinary symptoms are secondary manifestations of a neurologic disease
      When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
      Then it is not covered under Indications and Limitations of Coverage 2

    @other-condition @interprets:other-uses-are-left-open
    Scenario: None of the three conditions
      Given none of the urinary diagnoses is present
      When a temporary test stimulation of the sacral nerve is requested on 2020-03-02
      Then it is not addressed under Indications and Limitations of Coverage

  Rule: The permanent implantation

    @implantation-edges @interprets:successful-means-half
    Scenario Outline: The improvement must be 50% or greater
      Given the voiding diaries improved by <improvement>% through test stimulation
      When the permanent implantation of a sacral nerve stimulator is requested on 2020-03-02
      Then it is <outcome> under Indications and Limitations of Coverage

      Examples:
        | improvement | outcome     |
        | 49.9        | not covered |
        | 50          | covered     |
        | 50.1        | covered     |

    @implantation-from-the-diaries @interprets:which-symptom-improves
    Scenario Outline: The improvement is worked out from the diaries
      Given the voiding diary shows 8 symptoms a day before test stimulation
      And the voiding diary shows <during> symptoms a day during test stimulation
      When the permanent implantation of a sacral nerve stimulator is requested on 2020-03-02
      Then it is <outcome> under Indications and Limitations of Coverage

      Examples:
        | during | outcome     |
        | 4      | covered     |
        | 5      | not covered |

    @implantation-no-test
    Scenario: No test stimulation was done
      Given no test stimulation was done
      When the permanent implantation of a sacral nerve stimulator is requested on 2020-03-02
      Then it is not covered under Indications and Limitations of Coverage

    @implantation-improvement-unknown
    Scenario: It is not known how much the patient improved
      When the permanent implantation of a sacral nerve stimulator is requested on 2020-03-02
      Then more information is needed on
        | the improvement through test stimulation                                |
        | the symptoms a day in the voiding diary before test stimulation |
        | the symptoms a day in the voiding diary during test stimulation |

    @implantation-silent
    Scenario: A complete record that does not mention the test stimulation
      Given the record is complete
      When the permanent implantation of a sacral nerve stimulator is requested on 2020-03-02
      Then it is not covered under Indications and Limitations of Coverage
