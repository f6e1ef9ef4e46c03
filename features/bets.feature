Feature: Bets
  Members of a club stake points on what will become of a meeting. Points are a game: they have no cash value, and none of
  them appears or vanishes by a bet.

  Background:
    Given the shop sells:
      | title | author      | format | price | copies |
      | Emma  | Jane Austen | ebook  | 4.99  |        |
    And Emma has founded the club "Highbury Readers" in "Highbury"
    And "Highbury Readers" meets in 10 days about "Emma"
    And these readers of "Highbury Readers" are coming: George, Robert, Philip
    And these readers of "Highbury Readers" have 400 points each: Harriet, Frank, Jane, Anne

  Rule: A stake goes from the reader to the race, and comes back when it is withdrawn in time

    @R-J1
    Scenario: A bet is made and withdrawn
      When Harriet bets 100 points on George
      Then Harriet has 300 points
      When Harriet withdraws the bet
      Then Harriet has 400 points

    @R-J1
    Scenario: One bet for each reader and race
      Given Harriet has bet 50 points on George
      When Harriet bets 10 points on Robert
      Then this is refused: she has a bet on this already

    @R-J1
    Scenario: Nobody stakes more than a quarter of their points
      When Harriet bets 101 points on George
      Then this is refused: that is more than she may stake

    @R-J1
    Scenario: Who runs backs nobody else
      When George bets 10 points on Robert
      Then this is refused: somebody else has to do this

    @R-J1
    Scenario: Who does not come is not backed
      When Harriet bets 10 points on Frank
      Then this is refused: nobody like that is running

    @R-J1
    Scenario: Strangers do not bet
      When Augusta bets 10 points on George
      Then this is refused: this is for members

  Rule: The odds say what ten points would return if the race ended now

    @R-J2
    Scenario: Odds move with every bet
      Given these bets stand:
        | reader  | on     | points |
        | Harriet | George | 100    |
        | Frank   | George | 50     |
        | Jane    | Robert | 100    |
        | Anne    | Philip | 34     |
      Then the odds are:
        | on     | for ten points |
        | George | 18.9           |
        | Robert | 28.4           |
        | Philip | 83.5           |

  Rule: Bets end before anybody can know the result

    @R-J1
    Scenario: When the first has finished nobody bets any more
      Given Harriet has bet 50 points on George
      When Robert says that he has finished
      And Frank bets 10 points on Robert
      Then this is refused: bets are locked

    @R-J1 @in-memory
    # In memory only: somebody would have to wait nine days.
    Scenario: A day before the meeting nobody bets any more
      Given 9 days have passed
      When Harriet bets 10 points on George
      Then this is refused: bets are locked

  Rule: Who backed a winner shares what the others staked, to the point

    @R-J2 @in-memory
    # In memory only: somebody would have to wait ten days.
    Scenario Outline: The race is decided
      Given these bets stand:
        | reader  | on     | points |
        | Harriet | George | 100    |
        | Frank   | George | 50     |
        | Jane    | Robert | 100    |
        | Anne    | Philip | 34     |
      When <first> finish the book in time
      And the meeting is over and nobody objects
      Then Harriet, Frank, Jane and Anne have <points> points

      Examples:
        | first                     | points             |
        | George                    | 489, 445, 300, 366 |
        | Robert                    | 300, 350, 584, 366 |
        | Philip                    | 300, 350, 300, 650 |
        | George, Robert            | 411, 406, 417, 366 |
        | George, Robert and Philip | 400, 400, 400, 400 |

    @R-J2 @in-memory
    # In memory only: somebody would have to wait ten days.
    Scenario: Why it was a hundred and eleven
      Given these bets stand:
        | reader  | on     | points |
        | Harriet | George | 100    |
        | Frank   | George | 50     |
        | Jane    | Robert | 100    |
        | Anne    | Philip | 34     |
      When George, Robert finish the book in time
      And the meeting is over and nobody objects
      Then Harriet is told "They had staked 150, you 100 of it: 11.33 points, rounded down."
      And Harriet is told "You got 111: your 100 and 11."

  Rule: Where there is nothing to win from each other, everybody gets the stake back

    @R-J2 @in-memory
    # In memory only: somebody would have to wait ten days.
    Scenario: All have backed the same
      Given these bets stand:
        | reader  | on     | points |
        | Harriet | George | 100    |
        | Frank   | George | 50     |
        | Jane    | George | 10     |
      When George finish the book in time
      And the meeting is over and nobody objects
      Then Harriet, Frank, Jane and Anne have 400, 400, 400, 400 points

    @R-J2 @in-memory
    # In memory only: elsewhere the meeting's process does it, in its own time.
    Scenario: The meeting is called off
      Given Harriet has bet 100 points on George
      When Emma calls the meeting off
      And the bets are looked after
      Then Harriet has 400 points

  Rule: Every movement of points is on the books, for its reader to see

    @R-J3
    Scenario: A stake that came back
      When Harriet bets 100 points on George
      And Harriet withdraws the bet
      Then the books tell Harriet, the latest first:
        | points | why                    |
        | 100    | You withdrew your bet. |
        | -100   | Your stake.            |
        | 400    | to play with           |

  Rule: Leaderboards rank the readers of a club, or only friends

    @R-J4
    Scenario: Who has read most
      Given Harriet and Anne are friends
      When Jane tells that she is at page 28
      And Anne tells that she is at page 17
      And Harriet tells that she is at page 10
      Then by reading the club is ranked Jane, Anne, Harriet
      And by reading Harriet and her friends are ranked Anne, Harriet
