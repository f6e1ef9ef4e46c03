Feature: Prices are kept fresh
  Whoever compares prices should meet prices that still hold. So stores are asked again before a reader has
  to: about the books that readers ask for, at an even pace, and never more often than a store leaves to it.

  Rule: What readers ask for is fresh when they ask again

    @R-H5 @in-memory
    # In memory only: it takes hours.
    Scenario: The more often a book is asked for, the more often its price is looked at
      Given a bookstore that may be asked 10 times a second
      And readers compare the prices of "Emma" 500 times
      And readers compare the prices of "Dracula" once
      And readers compare the prices of 100 books
      When the shop keeps its prices fresh for 2 hours
      Then the bookstore was asked about "Emma" more often than about "Dracula"
      And the bookstore was asked about "Dracula" at least once

    @R-H5 @in-memory
    # In memory only: it takes hours.
    Scenario: Nobody asks, so nobody is asked
      Given a bookstore that may be asked 10 times a second
      When the shop keeps its prices fresh for 2 hours
      Then the bookstore was asked 0 times

  Rule: Readers and the shop itself go first

    @R-H5 @R-H9 @in-memory
    # In memory only: it takes hours.
    Scenario: Most of what a store allows is left to readers
      Given a bookstore that may be asked once a minute
      And readers compare the prices of 20 books
      When the shop keeps its prices fresh for 2 hours
      Then the bookstore was asked at most 36 times

    @R-H9 @in-memory
    # In memory only: it takes hours.
    Scenario: The shop is behind with its own work
      Given a bookstore that may be asked 10 times a second
      And readers compare the prices of 20 books
      And the shop is two minutes behind with its own work
      When the shop keeps its prices fresh for 2 hours
      Then the bookstore was asked 0 times

  Rule: A book that a store fails on is set aside, and a store that is down has nothing against it

    @R-H9 @in-memory
    # In memory only: it takes hours.
    Scenario: A store answers about every book but one
      Given a bookstore that may be asked 10 times a second
      And readers compare the prices of "Emma" 50 times
      And readers compare the prices of "Dracula" 50 times
      And the bookstore fails whenever it is asked about "Dracula"
      When the shop keeps its prices fresh for 10 hours
      Then "Dracula" is set aside at the bookstore, and nothing else
      And the bookstore was asked about "Dracula" at most 6 times
      When staff has "Dracula" sent again, and the bookstore knows it now
      And the shop keeps its prices fresh for 2 hours
      Then nothing is set aside at the bookstore
      And the bookstore was asked about "Dracula" at least 7 times

    @R-H9 @in-memory
    # In memory only: it takes hours.
    Scenario: A store is down for hours
      Given a bookstore that may be asked 10 times a second
      And readers compare the prices of 20 books
      And the bookstore answers nobody
      When the shop keeps its prices fresh for 5 hours
      Then nothing is set aside at the bookstore
      When the bookstore is back
      And the shop keeps its prices fresh for 1 hour
      Then the bookstore was asked about all 20 books
