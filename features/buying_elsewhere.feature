Feature: Buying wherever it is cheapest
  A reader names a book and the most it may cost, shipping and tax included. The cheapest bookstore sells it,
  once, or nothing is bought and the lowest price is told. Neither the maximum nor the reader's caps are ever
  exceeded, and what a bookstore does against the agreement goes back to the reader by itself.

  Background:
    Given bookstores sell "Emma":
      | bookstore               | price |
      | Ferry Books             | 12.99 |
      | Thornfield Library Cart | 11.49 |
      | Hazel Reads             | 10.99 |

  Rule: The cheapest bookstore sells it, once, at what it costs

    @R-H1 @R-F3
    Scenario: Buy now
      When Anna wants "Emma" for 15.00 or less
      Then Anna has bought "Emma" at Hazel Reads for 10.99
      And 15.00 were reserved on her card, 10.99 taken and 4.01 let go
      And Anna has got these letters:
        | Your book is bought |
      And Hazel Reads has 1 order of hers over 10.99

    @R-H1
    Scenario: A click that arrives twice is one purchase
      When Anna's click on "buy for 15.00 or less" arrives twice
      Then Anna has bought "Emma" at Hazel Reads for 10.99
      And Anna has 1 purchase
      And Hazel Reads has 1 order of hers over 10.99

    @R-H1 @R-F3
    Scenario: The bookstore takes the order and its answer gets lost
      Given the answer of Hazel Reads to the next order gets lost
      When Anna wants "Emma" for 15.00 or less
      Then Anna has bought "Emma" at Hazel Reads for 10.99
      And Hazel Reads has 1 order of hers over 10.99

  Rule: Too dear costs nothing

    @R-H1 @R-F3
    Scenario: The lowest price is told
      When Anna wants "Emma" for 9.99 or less
      Then nothing is bought: it is too dear
      And Anna is told that 10.99 is the lowest price found
      And Anna may have it watched for 9.99
      And Anna has got these letters:
        | Your book was not bought |
      And nothing was ever on her card

    @R-H1
    Scenario: The price rises between the comparison and the order
      Given a visitor has compared the prices of "Emma"
      And Hazel Reads now asks 14.49 for "Emma"
      When Anna wants "Emma" for 15.00 or less
      Then nothing is bought: the price has moved
      And Anna reads in the reason "now asks 14.49 USD"
      And no money of hers is held or taken
      And no bookstore has an order of hers

    @R-H1
    Scenario: The price falls between the comparison and the order
      Given a visitor has compared the prices of "Emma"
      And Hazel Reads now asks 8.99 for "Emma"
      When Anna wants "Emma" for 15.00 or less
      Then Anna has bought "Emma" at Hazel Reads for 8.99

    @R-H1 @R-H5
    Scenario: The cheapest bookstore is down
      Given Hazel Reads is down
      When Anna wants "Emma" for 15.00 or less
      Then Anna has bought "Emma" at Thornfield Library Cart for 11.49

  Rule: A reader's caps are absolute

    @R-H7
    Scenario Outline: A purchase that may cost more than a cap leaves
      Given Anna's caps are <each> a purchase, <day> a day and 50.00 a month
      And Anna has had "Emma" bought for 12.00 or less
      When Anna wants "Emma" for <maximum> or less
      Then nothing is bought: a cap is reached
      And Anna reads in the reason "<words>"
      And nothing was ever on her card

      Examples:
        | each  | day   | maximum | words                                             |
        | 12.00 | 40.00 | 12.01   | Your cap for a purchase is 12.00 USD              |
        | 12.00 | 20.00 | 12.00   | Your cap for a day is 20.00 USD and leaves 9.01   |

    @R-H7 @in-memory
    # In memory only: the cap of a month is reached on another day.
    Scenario: The cap of a month
      Given a new month has begun
      And Anna's caps are 12.00 a purchase, 15.00 a day and 20.00 a month
      And Anna has had "Emma" bought for 12.00 or less
      And 1 days pass
      When Anna wants "Emma" for 12.00 or less
      Then nothing is bought: a cap is reached
      And Anna reads in the reason "Your cap for a month is 20.00 USD and leaves 9.01"

    @R-H7
    Scenario: Twenty purchases at the same moment
      Given Anna's caps are 12.00 a purchase, 25.00 a day and 25.00 a month
      When Anna wants "Emma" for 12.00 or less 20 times at the same moment
      Then 2 of them are bought and 18 have reached a cap
      And 21.98 count against Anna's caps

  Rule: What a bookstore does against the agreement goes back to the reader

    @R-H7 @R-F3
    Scenario: It charges more than agreed
      Given Hazel Reads charges more than it said for the next order
      When Anna wants "Emma" for 15.00 or less
      Then nothing is bought: the bookstore did not keep to the agreement
      And no money of hers is held or taken
      And Hazel Reads has no order of hers that stands

    @R-H7 @R-F3
    Scenario: It calls the order off when it is paid
      Given Anna has had "Emma" bought for 15.00 or less
      And Hazel Reads has called Anna's order off
      When the day's purchases are reckoned up
      Then nothing is bought: the bookstore did not keep to the agreement
      And 10.99 have gone back to her card by themselves
      And staff reads in the reckoning "hazel-reads has no order of it"
      And nothing counts against Anna's caps

    @R-H7 @R-F3
    Scenario: It gives a part back when it is paid
      Given Anna has had "Emma" bought for 15.00 or less
      And Hazel Reads has given 2.00 back for Anna's order
      When the day's purchases are reckoned up
      Then 2.00 have gone back to her card by themselves
      And Anna has got these letters:
        | Your book is bought      |
        | Money is on its way back |
      And Anna has bought "Emma" at Hazel Reads for 8.99
