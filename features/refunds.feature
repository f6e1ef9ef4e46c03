Feature: Refunds
  Staff gives money back line by line and to the cent: never more than was paid, never twice for one
  decision, and as often as it was decided.

  Background:
    Given the shop sells:
      | title   | format | price | copies |
      | Dracula | ebook  | 4.99  |        |
      | Walden  | ebook  | 10.00 |        |
    And Anna has bought 2 copies of "Dracula" and 1 copy of "Walden"
    And Anna's order is completed

  Rule: What was paid can go back

    @R-F4 @R-F6
    Scenario: A part of one line
      When staff refunds 3.00 for "Dracula" because "The file was damaged"
      Then 3.00 have gone back to her card
      And Anna's payment is partially refunded
      And its story tells, in this order:
        | A refund of 3.00 USD is on its way: The file was damaged |
        | 3.00 USD went back to you                                |
      And Anna has got these letters:
        | Your order is confirmed   |
        | Your refund is on its way |

    @R-F4
    Scenario: Everything
      When staff refunds the whole order because "Bought by mistake"
      Then 19.98 have gone back to her card
      And Anna's payment is refunded

    @R-F4
    Scenario: Step by step until nothing is left
      When staff refunds 4.98 for "Dracula" because "One copy was enough"
      And staff refunds the rest of "Dracula" because "Neither was wanted"
      And staff refunds the whole order because "Nor the other book"
      Then 19.98 have gone back to her card
      And Anna's payment is refunded

  Rule: Never more than was paid

    @R-F4
    Scenario Outline: Too much
      Given staff has refunded 5.00 for "Dracula"
      When staff refunds <amount> for "Dracula" because "Once more"
      Then this is refused: more than was paid and not yet given back
      And 5.00 have gone back to her card

      Examples:
        | amount |
        | 4.99   |
        | 9.98   |
        | 100.00 |

    @R-F4
    Scenario: Nothing has been taken yet
      Given the shop has 5 copies of "Emma" at 12.99
      And Ben has bought 1 copy of "Emma"
      When staff refunds Ben's order because "Too early"
      Then this is refused: no money of this order has been taken

    @R-F4 @R-A3
    Scenario: Readers refund nothing themselves
      When Anna refunds 1.00 for "Dracula" to herself
      Then this is refused: only staff may do this

  Rule: One decision is one refund

    @R-F4
    Scenario: A double click
      When staff's click on "refund 2.00 for Dracula" arrives twice
      Then 2.00 have gone back to her card

    @R-F4
    Scenario: The same amount, decided twice, goes back twice
      When staff refunds 2.00 for "Dracula" because "Chapter 3 was missing"
      And staff refunds 2.00 for "Dracula" because "Chapter 4 as well"
      Then 4.00 have gone back to her card

    @R-F4
    Scenario: Two members of staff decide at the same moment
      When two members of staff each refund all of "Walden" at the same moment
      Then 10.00 have gone back to her card
