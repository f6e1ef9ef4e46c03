Feature: What a book costs elsewhere
  Bookstores are asked what a book costs, shipping and tax included. Every one of them is shown with its price,
  or with the reason why it has none. A price that is too good to be true is nobody's best price until the
  bookstore has said it twice, or staff has looked at it.

  Rule: Every bookstore is shown with its price or with a reason

    @R-H1 @R-H2
    Scenario: The cheapest of several bookstores
      Given bookstores sell "Emma":
        | bookstore               | price |
        | Ferry Books             | 12.99 |
        | Thornfield Library Cart | 11.49 |
        | Hazel Reads             | 13.20 |
        | Ivy Paper               | 12.49 |
      When a visitor compares the prices of "Emma"
      Then the best price is 11.49 at Thornfield Library Cart
      And Ferry Books asks 12.99
      And every bookstore is shown with a price or a reason
      And Cobble Library Cart is missing because it does not sell the book

    @R-H2
    Scenario: A book that no bookstore has
      Given no bookstore sells "Emma"
      When a visitor compares the prices of "Emma"
      Then there is no best price
      And Ferry Books is missing because it does not sell the book

  Rule: Who does not answer holds up nobody

    @R-H2 @R-H5
    Scenario: One bookstore in five is down and one is slow
      Given bookstores sell "Emma":
        | bookstore               | price |
        | Ferry Books             | 12.99 |
        | Thornfield Library Cart | 13.49 |
        | Hazel Reads             | 12.49 |
        | Ivy Paper               | 9.99  |
        | Cobble Library Cart     | 9.49  |
      And Cobble Library Cart is down
      And Ivy Paper takes very long
      When a visitor who has no time to lose compares the prices of "Emma"
      Then the best price is 12.49 at Hazel Reads
      And every bookstore is shown with a price or a reason
      And Cobble Library Cart is missing because it is out of order
      And Ivy Paper is missing because it did not answer in time

  Rule: A price cheap beyond belief waits for staff

    Background:
      Given bookstores sell "Emma":
        | bookstore               | price |
        | Ferry Books             | 19.99 |
        | Thornfield Library Cart | 21.49 |
        | Ivy Paper               | 20.49 |
        | Hazel Reads             | 2.04  |

    @R-H6
    Scenario: It is shown, and is not the best
      When a visitor compares the prices of "Emma"
      Then the best price is 19.99 at Ferry Books
      And 2.04 at Hazel Reads is marked as cheap beyond belief
      And staff sees that 2.04 at Hazel Reads waits

    @R-H6
    Scenario: Staff says that it is a bargain
      Given staff has approved 2.04 at Hazel Reads
      When a visitor compares the prices of "Emma"
      Then the best price is 2.04 at Hazel Reads

    @R-H6
    Scenario: Staff says that it is a mistake
      Given staff has rejected 2.04 at Hazel Reads
      When a visitor compares the prices of "Emma"
      Then the best price is 19.99 at Ferry Books
      And 2.04 at Hazel Reads is marked as cheap beyond belief
      And nothing waits for staff

    @R-H6
    Scenario: Readers do not decide what is a bargain
      Given a visitor has compared the prices of "Emma"
      When Anna wants to approve 2.04 at Hazel Reads
      Then this is refused: only staff may do this

    @R-H6 @in-memory
    # In memory only: a bookstore is asked again half a minute later at the earliest.
    Scenario: A bookstore that says it twice is believed
      Given a visitor has compared the prices of "Emma"
      When 1 minutes pass
      And a visitor compares the prices of "Emma"
      Then the best price is 2.04 at Hazel Reads
      And nothing waits for staff

    @R-H6 @R-H7
    Scenario: It is never bought by itself
      When Anna wants "Emma" for 25.00 or less
      Then Anna has bought "Emma" at Ferry Books for 19.99
