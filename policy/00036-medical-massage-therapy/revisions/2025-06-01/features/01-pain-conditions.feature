Feature: Medical massage therapy for pain conditions
  Therapy is medically necessary for a listed pain condition when benefit can reasonably be expected.

  Rule: Benefit is expected

    Background:
      Given there is a reasonable expectation of benefit from medical massage therapy

    @pain-each-condition-alone
    @interprets:any-and-at-least-one @interprets:symptom-names-are-diagnoses
    @interprets:evidence-neither-widens-nor-narrows @interprets:myofascial-pain-and-the-syndrome
    Scenario Outline: Each listed pain condition is enough by itself
      Given the established diagnoses are <condition>
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i

      Examples:
        | condition                  |
        | back pain                  |
        | cancer pain                |
        | fibromyalgia               |
        | headaches                  |
        | joint pain                 |
        | plantar fasciitis          |
        | post-operative pain        |
        | pregnancy-related pain     |
        | myofascial pain            |
        | neck pain                  |
        | temporomandibular disorder |

    @pain-two-conditions
    @interprets:any-and-at-least-one
    Scenario: Two pain conditions are no obstacle
      Given the established diagnoses are headaches and neck pain
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i

    @pain-incomplete-list-of-diagnoses
    Scenario: Back pain is known, and there may be further diagnoses
      Given the established diagnoses include back pain
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i
      And it does not depend on the established diagnoses

    @pain-child
    @interprets:adults-in-the-evidence
    Scenario: A child of 12 with headaches
      Given the established diagnoses are headaches
      And the Veteran is 12 years old on the date of the request
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i

    @pain-goals-not-yet-set
    @interprets:recommended-goals-are-not-required
    Scenario: Therapeutic goals are not set before the first series
      Given the established diagnoses are fibromyalgia
      And no individualized therapeutic goals are set for an additional series of medical massage therapy
      And no attainable goals are specified for continuation of care
      And the initial therapeutic goals are not met
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i

    @pain-contraindication
    @interprets:contraindications-are-not-exclusions
    Scenario: Accommodation for a relative contraindication does not stand in the way
      Given the established diagnoses are cancer pain
      And accommodation is required for a potential relative contraindication or physical conditions
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i

    @pain-continuation-limits-do-not-apply
    @interprets:continuation-exclusions-are-for-continuation-only
    @interprets:veteran-request-alone-on-an-initial-request
    Scenario Outline: The limits on continuation do not touch a first request
      Given the established diagnoses are joint pain
      And <limit>
      When medical massage therapy is requested on 2025-07-01
      Then it is medically necessary under II.a.i

      Examples:
        | limit                                                                                              |
        | there is no expectation of further progress toward goals                                           |
        | the Veteran is able to maintain achieved progress toward goals without additional therapy          |
        | continuation is the Veteran's request alone, without the provider's expectation of medical benefit |

  Rule: Condition and expected benefit belong together

    @pain-condition-and-benefit
    @interprets:expectation-is-part-of-the-indication
    Scenario: Fibromyalgia or no listed condition, with and without expected benefit
      When medical massage therapy is requested on 2025-07-01
      Then each of these cases is determined as stated
        | diagnosis    | expectation of benefit | outcome                 | clause |
        | fibromyalgia | yes                    | medically necessary     | II.a.i |
        | fibromyalgia | no                     | not medically necessary | II.b   |
        | none         | yes                    | not medically necessary | II.b   |
        | none         | no                     | not medically necessary | II.b   |
        | none         |                        | not medically necessary | II.b   |
        |              | no                     | not medically necessary | II.b   |

    @pain-benefit-not-known
    Scenario: Neck pain, and nothing is recorded about benefit
      Given the established diagnoses are neck pain
      And it is not known whether there is a reasonable expectation of benefit from medical massage therapy
      When medical massage therapy is requested on 2025-07-01
      Then more information is needed on whether there is a reasonable expectation of benefit from medical massage therapy
      And nothing else is needed
      And it is settled by knowing whether there is a reasonable expectation of benefit from medical massage therapy

    @pain-first-diagnosis-known-benefit-not-known
    Scenario: Neck pain is known and the list may go on, but nothing is recorded about benefit
      Given the established diagnoses include neck pain
      When medical massage therapy is requested on 2025-07-01
      Then more information is needed on whether there is a reasonable expectation of benefit from medical massage therapy
      And nothing else is needed
      And it does not depend on the established diagnoses
