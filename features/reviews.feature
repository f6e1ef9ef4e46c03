Feature: Reviews
  Readers say what they think of a work, in stars and in words. Everybody sees the sum at once, it is always
  exact, and what a person should look at first is looked at first.

  Background:
    Given the shop sells:
      | title | author      | format | price | copies |
      | Emma  | Jane Austen | ebook  | 4.99  |        |

  Rule: A reader has one say about a work, whichever edition she read

    @R-D1 @R-B3
    Scenario: What readers think is shown with the book
      When Anna gives "Emma" 5 stars and writes "Clever, and never cruel."
      And Ben gives "Emma" 4 stars
      Then readers see 2 reviews of "Emma"
      And "Emma" has 4.50 stars from 2 readers

    @R-D1 @R-B3
    Scenario: All editions of a work share its reviews
      Given the shop sells:
        | title | author      | format    | price | copies |
        | Emma  | Jane Austen | paperback | 9.50  | 3      |
      When Anna gives "Emma (ebook)" 5 stars
      Then "Emma (paperback)" has 5.00 stars from 1 reader
      When Anna gives "Emma (paperback)" 1 star
      Then this is refused: she has reviewed this work already
      And "Emma" has 5.00 stars from 1 reader

    @R-D1
    Scenario: Somebody changes her mind
      Given Anna has given "Emma" 2 stars
      When Anna changes her review of "Emma" to 4 stars and "It grows on you."
      Then "Emma" has 4.00 stars from 1 reader
      And staff can read what Anna's review of "Emma" said before

    @R-D1
    Scenario: Somebody takes her review back
      Given Anna has given "Emma" 2 stars
      And Ben has given "Emma" 4 stars
      When Anna takes her review of "Emma" back
      Then readers see 1 review of "Emma"
      And "Emma" has 4.00 stars from 1 reader

    @R-D1
    Scenario: Nobody changes somebody else's review
      Given Anna has given "Emma" 5 stars
      When Ben changes Anna's review of "Emma" to 1 star
      Then this is refused: it is somebody else's review
      And "Emma" has 5.00 stars from 1 reader

  Rule: Who bought the work is marked, as long as she keeps it

    @R-D1
    Scenario: Bought, then reviewed
      Given Anna has bought 1 copy of "Emma"
      And Anna's order is completed
      When Anna gives "Emma" 5 stars
      And Ben gives "Emma" 1 star
      Then Anna's review of "Emma" is marked as a purchase
      And Ben's review of "Emma" is not marked

    @R-D1 @R-F4
    Scenario: Reviewed, bought, and given back
      Given Anna has given "Emma" 5 stars
      And Anna has bought 1 copy of "Emma"
      And Anna's order is completed
      Then Anna's review of "Emma" is marked as a purchase
      When staff refunds the whole order because "She did not like it"
      Then Anna's review of "Emma" is not marked

  Rule: Readers say which reviews help

    @R-D1
    Scenario: A vote counts once
      Given Anna has given "Emma" 5 stars
      And Ben has given "Emma" 3 stars
      When Clara finds Ben's review of "Emma" helpful
      And Clara finds Ben's review of "Emma" helpful
      Then the most helpful review of "Emma" is Ben's, which helped 1 reader

    @R-D1
    Scenario: Nobody votes for herself
      Given Anna has given "Emma" 5 stars
      When Anna finds Anna's review of "Emma" helpful
      Then this is refused: it is her own review

  Rule: What looks wrong is shown to staff before it is shown to readers

    @R-D1
    Scenario: An advertisement
      When Anna gives "Emma" 5 stars and writes "Half the price at www.cheap-books.example"
      Then readers see 0 reviews of "Emma"
      And "Emma" has no stars
      And Anna is told that her review of "Emma" waits because of: links
      When staff rejects Anna's review of "Emma" as spam
      Then Anna is told that her review of "Emma" was rejected because of: spam

    @R-D1
    Scenario: A false alarm
      Given Anna has given "Emma" 5 stars and written "AS GOOD AS EVERYBODY SAYS, AND FUNNIER"
      When staff lets Anna's review of "Emma" stand
      Then readers see 1 review of "Emma"
      And "Emma" has 5.00 stars from 1 reader

    @R-D1
    Scenario: Readers report what breaks the house rules
      Given Anna has given "Emma" 1 star and written "Whoever likes this is a fool."
      When Ben, Clara and Dora report Anna's review of "Emma" as offensive
      Then readers see 0 reviews of "Emma"
      And "Emma" has no stars
      And staff sees that 3 readers find Anna's review of "Emma" offensive

    @R-D1 @R-A3
    Scenario: Readers decide nothing
      Given Anna has given "Emma" 5 stars
      When Ben wants to reject Anna's review of "Emma" as spam
      Then this is refused: only staff may do this

  Rule: Books are found by what readers think of them

    Background:
      Given the shop sells:
        | title   | author        | format | price | copies |
        | Dracula | Bram Stoker   | ebook  | 3.99  |        |
        | Walden  | Henry Thoreau | ebook  | 2.99  |        |
      And 10 readers have given "Dracula" 5 stars
      And Anna has given "Emma" 5 stars
      And Anna has given "Walden" 2 stars

    @R-B3
    Scenario: The opinion of many weighs more than that of one
      When a visitor sorts the books by rating
      Then they stand in this order: Dracula, Emma, Walden

    @R-B3
    Scenario: Only what readers liked
      When a visitor browses for books with 4 stars or more
      Then these books are found: Dracula, Emma
