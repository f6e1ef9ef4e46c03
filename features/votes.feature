Feature: Votes for the next book
  A club decides together what it reads next: everybody names all works that she would read, the one she would
  like best first. What most would read is read.

  Background:
    Given the shop sells:
      | title   | author        | format | price | copies |
      | Emma    | Jane Austen   | ebook  | 5.00  |        |
      | Dracula | Bram Stoker   | ebook  | 3.00  |        |
      | Walden  | Henry Thoreau | ebook  | 2.00  |        |
    And Emma has founded the club "Highbury Readers" in "Highbury"
    And Harriet has joined "Highbury Readers"
    And Jane has joined "Highbury Readers"

  Rule: What most would read is read

    @R-I5
    Scenario: Most approvals win, whatever was liked best
      Given Emma has opened a vote in "Highbury Readers" between Emma, Dracula and Walden
      And they have voted, the one they would like best first:
        | Emma    | Emma, Dracula |
        | Harriet | Emma, Dracula |
        | Jane    | Dracula       |
      When Emma ends the vote
      Then Jane sees that they read "Dracula" next, because of more approvals

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: As many would read either
      Given Emma has opened a vote in "Highbury Readers" between Emma and Dracula
      And they have voted, the one they would like best first:
        | Emma    | Emma, Dracula |
        | Harriet | Dracula, Emma |
        | Jane    | Dracula, Emma |
      When Emma ends the vote
      Then Jane sees that they read "Dracula" next, because of the order on the ballots

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Even the order does not decide
      Given Emma has opened a vote in "Highbury Readers" between Emma and Dracula
      And they have voted, the one they would like best first:
        | Harriet | Dracula, Emma |
        | Jane    | Emma, Dracula |
      When Emma ends the vote
      Then Jane sees that they read "Emma" next, because of having been proposed first

    @R-I5 @in-memory
    # In memory only: somebody would have to wait an hour.
    Scenario: A vote ends by itself
      Given Emma has opened a vote in "Highbury Readers" between Emma and Dracula
      And Jane has voted for Dracula
      When an hour passes
      Then Jane sees that they read "Dracula" next, because of more approvals
      When Harriet votes for Emma
      Then this is refused: the vote is over

  Rule: Everybody has a say, and nobody is swayed

    @R-I5
    Scenario: Nobody sees how it goes before it is over
      Given Emma has opened a vote in "Highbury Readers" between Emma and Dracula
      And Jane has voted for Dracula
      Then Harriet sees that 1 has voted, and not how

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Members propose, too
      Given Emma has opened a vote in "Highbury Readers" between Emma and Dracula
      When Jane proposes "Walden"
      And Jane votes for Walden
      And Emma ends the vote
      Then Harriet sees that they read "Walden" next, because of more approvals

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Hosts open votes
      When Jane opens a vote in "Highbury Readers" between Emma and Dracula
      Then this is refused: only hosts may do this

    @R-I5
    Scenario: Strangers have no say
      Given Emma has opened a vote in "Highbury Readers" between Emma and Dracula
      When Frank votes for Emma
      Then this is refused: this is for members

  Rule: What it would cost is known before

    @R-I5
    Scenario: Each work shows its price for the club
      Given Emma has opened a vote in "Highbury Readers" between Emma and Dracula
      Then Jane sees that "Emma" costs 5.00 for one and 15.00 for all
