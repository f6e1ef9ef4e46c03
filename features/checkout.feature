Feature: Checkout
  Ordering sets the copies aside, writes the order and takes it through payment and shipping to the
  reader's door. Money is reserved when the order is confirmed, and taken when the books leave.

  Rule: From the cart to the door

    @R-F1 @R-F4 @R-F5
    Scenario: A paper book
      Given the shop has 5 copies of "Emma" at 12.99
      When Anna buys 1 copy of "Emma"
      Then Anna's order is confirmed
      And 16.98 are reserved on her card, and nothing is taken
      And 1 copy of "Emma" is set aside
      When the carrier collects the parcel
      Then 16.98 are taken from her card
      And 4 copies of "Emma" are in the house
      When the carrier delivers the parcel
      Then Anna's order is completed
      And its story tells, in this order:
        | Order placed for 16.98 USD           |
        | Payment of 16.98 USD authorised      |
        | The carrier will collect your parcel |
        | Your parcel has left                 |
        | Payment of 16.98 USD taken           |
        | Your parcel was delivered            |

    @R-F1
    Scenario: An e-book is there at once
      Given the shop sells the e-book "Dracula" at 4.99
      When Anna buys 1 copy of "Dracula"
      Then Anna's order is completed
      And 4.99 are taken from her card
      And its story tells, in this order:
        | Payment of 4.99 USD taken    |
        | Your e-books were delivered  |

    @R-F1 @R-F5
    Scenario: Paper and e-book in one order share one parcel and one payment
      Given the shop sells:
        | title   | format    | price | copies |
        | Emma    | paperback | 12.99 | 5      |
        | Dracula | ebook     | 4.99  |        |
      When Anna buys 1 copy of "Emma" and 1 copy of "Dracula"
      And the carrier collects and delivers the parcel
      Then Anna's order is completed
      And 21.97 are taken from her card

    @R-F6
    Scenario: The reader gets letters on the way
      Given the shop has 5 copies of "Emma" at 12.99
      When Anna buys 1 copy of "Emma"
      And the carrier collects and delivers the parcel
      Then Anna's order is completed
      And Anna has got these letters:
        | Your order is confirmed    |
        | Your books are on their way |

  Rule: One click is one order, however often it arrives

    @R-F1
    Scenario: The order arrives twice, one after the other
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna's click on "order" arrives twice
      Then both get the same answer
      And Anna has 1 order
      And 16.98 are reserved on her card, and nothing is taken

    @R-F1
    Scenario: The order arrives ten times at the same moment
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna's click on "order" arrives 10 times at the same moment
      Then Anna has 1 order
      And 16.98 are reserved on her card, and nothing is taken
      And 1 copy of "Emma" is set aside

    @R-F1
    Scenario: A click cannot be passed off as another
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      And Anna has 1 copy of "Emma" in her cart
      When Anna repeats that click with another card
      Then this is refused: this click stands for another order

  Rule: The shop sells what it has, and not one copy more

    @R-F1 @R-G1
    Scenario: The last copy and twenty buyers
      Given the shop has 1 copy of "Emma" at 12.99
      When 20 readers buy "Emma" at the same moment
      Then 1 reader gets the books
      And 19 readers are told: not enough copies are left
      And 1 copy of "Emma" is set aside

    @R-F1 @R-G1
    Scenario: An order takes all its books or none
      Given the shop sells:
        | title   | price | copies |
        | Emma    | 12.99 | 5      |
        | Dracula | 8.00  | 0      |
      When Anna buys 1 copy of "Emma" and 1 copy of "Dracula"
      Then this is refused: not enough copies are left
      And 0 copies of "Emma" are set aside
      And Anna has 0 orders

  Rule: What cannot be ordered is told before anything happens

    @R-F1
    Scenario: An empty cart
      Given Anna is a reader
      When Anna orders what is in the cart
      Then this is refused: the cart is empty

    @R-F1
    Scenario: A book that was withdrawn while it lay in the cart
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When a member of staff withdraws "Emma"
      And Anna orders what is in the cart
      Then this is refused: a book in the cart is no longer sold

    @R-F4
    Scenario: Orders are their reader's own
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      When Ben looks for Anna's order
      Then this is refused: there is no such order
