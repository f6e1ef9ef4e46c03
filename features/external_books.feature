Feature: Books elsewhere
  Readers ask for books that the shop does not sell. Others know them: Google Books first, then Open Library. The
  shop asks them for its readers, and its staff takes such a book in without typing it off.

  Rule: What the shop does not sell, others may know

    @R-B5
    Scenario: A visitor asks for an edition that is not on the shelves
      Given others know an edition of "Dracula" that the shop does not sell
      When a visitor looks for that edition elsewhere
      Then it is told by Google Books
      And the shop does not sell it

    @R-B5
    Scenario: Words are enough
      Given others know an edition of "Kidnapped" that the shop does not sell
      When a visitor looks for "kidnapped stevenson" elsewhere
      Then that edition is among what is told

  Rule: Somebody always answers

    @R-B5
    Scenario: Google Books is silent
      Given others know an edition of "Middlemarch" that the shop does not sell
      And Google Books is silent
      When a visitor looks for that edition elsewhere
      Then it is told by Open Library

    @R-B5
    Scenario: Everybody is silent
      Given others know an edition of "Ivanhoe" that the shop does not sell
      And Google Books and Open Library are silent
      When a visitor looks for that edition elsewhere
      Then the shop tells what it has itself: nothing

  Rule: Staff takes a book in by its number

    @R-B5 @R-B2
    Scenario: What others say is on the shelves at once
      Given others know an edition of "Villette" that the shop does not sell
      When a member of staff takes that edition in at 18.50
      And a visitor looks at that edition
      Then it costs 18.50
      And its page tells title, author and where that is known from
      And a visitor who looks for that edition elsewhere is told that the shop sells it

    @R-B5
    Scenario: Readers take nothing in
      Given others know an edition of "Kim" that the shop does not sell
      And Anna is a reader
      When Anna takes that edition in at 0.01
      Then this is refused: only staff may do this

    @R-B5
    Scenario: What nobody answers for is not taken in
      Given others know an edition of "Evelina" that the shop does not sell
      And Google Books and Open Library are silent
      When a member of staff takes that edition in at 18.50
      Then this is refused: nobody answers just now
