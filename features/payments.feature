Feature: Declined cards and silent providers
  A declined payment costs nothing and keeps no book from anybody. When the provider does not answer,
  the shop asks what became of the payment, and never charges a second time to find out.

  Rule: A declined card leaves no trace but the story

    @R-F2
    Scenario Outline: The bank says no
      Given the shop has 2 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna pays with <card>
      Then this is refused: the card was declined
      And Anna reads "<words>"
      And Anna's order is declined
      And nothing is reserved or taken
      And 0 copies of "Emma" are set aside
      And Anna's cart holds:
        | book | copies |
        | Emma | 1      |

      Examples:
        | card                           | words            |
        | a card that the bank declines  | declined         |
        | a card without enough money    | not enough money |

    @R-F2 @R-F6
    Scenario: A letter tells that nothing was charged
      Given the shop has 2 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna pays with a card that the bank declines
      Then this is refused: the card was declined
      And Anna has got these letters:
        | Your order was not completed |

    @R-F2
    Scenario: With another card it works
      Given the shop has 2 copies of "Emma" at 12.99
      And Anna's card was declined when she wanted "Emma"
      When Anna pays with a card that works
      Then Anna's order is confirmed
      And Anna has 2 orders

  Rule: An answer that got lost is asked for

    @R-F2
    Scenario: The money was reserved, and the answer never came
      Given the shop has 2 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna pays with a card whose provider's answer gets lost
      Then Anna's order is confirmed
      And 16.98 are reserved on her card, and nothing is taken
      And its story tells, in this order:
        | The payment provider did not answer |
        | Payment of 16.98 USD authorised     |

    @R-F2
    Scenario: While nobody knows, the order is pending and says so
      Given the shop has 2 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna pays with a card whose provider does not answer
      Then Anna's order is pending
      And its story tells, in this order:
        | The payment provider did not answer; we are asking it what happened |
      And nothing is reserved or taken

    @R-F2 @in-memory
    # In memory only: the provider is asked for a whole minute.
    Scenario: The provider never saw the payment
      Given the shop has 2 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      And Anna pays with a card whose provider does not answer
      When 2 minutes pass
      Then Anna's order is declined
      And nothing is reserved or taken
      And 0 copies of "Emma" are set aside

  Rule: Some banks want a word with the reader first

    Background:
      Given the shop has 2 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart

    @R-F2 @R-F3
    Scenario: The reader confirms
      Given Anna pays with a card whose bank asks her to confirm
      And 1 copy of "Emma" is set aside
      When Anna confirms the payment at her bank
      Then Anna's order is confirmed
      And 16.98 are reserved on her card, and nothing is taken

    @R-F2 @R-F3
    Scenario: The reader says no
      Given Anna pays with a card whose bank asks her to confirm
      When Anna denies the payment at her bank
      Then Anna's order is declined
      And nothing is reserved or taken
      And 0 copies of "Emma" are set aside

    @R-F2 @R-F3 @R-G1 @in-memory
    # In memory only: the copies are held for a quarter of an hour.
    Scenario: The reader never answers
      Given Anna pays with a card whose bank asks her to confirm
      When 16 minutes pass
      Then Anna's order is expired
      And nothing is reserved or taken
      And 0 copies of "Emma" are set aside

    @R-F2 @R-F3 @in-memory
    # In memory only: the copies are held for a quarter of an hour.
    Scenario: The reader confirms when it is too late
      Given Anna pays with a card whose bank asks her to confirm
      And 16 minutes pass
      And Anna's order is expired
      When Anna confirms the payment at her bank
      Then no money stays reserved or taken
