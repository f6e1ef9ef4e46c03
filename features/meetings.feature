Feature: Meetings
  A club meets about a work. Everybody knows when, members know where, and who came is written down.

  Background:
    Given the shop sells:
      | title | author      | format | price | copies |
      | Emma  | Jane Austen | ebook  | 4.99  |        |
    And Emma has founded the club "Highbury Readers" in "Highbury"
    And Harriet has joined "Highbury Readers"

  Rule: Hosts arrange when the club meets and about what

    @R-I2
    Scenario: A meeting is arranged
      When Emma arranges that the club meets in 7 days about "Emma" at "Hartfield, the kitchen"
      Then the next meeting of "Highbury Readers" is about "Emma"
      And Harriet reads that it is at "Hartfield, the kitchen"

    @R-I2
    Scenario: Where a club meets is for its members
      When Emma arranges that the club meets in 7 days about "Emma" at "Hartfield, the kitchen"
      Then Frank does not read where it is

    @R-I2
    Scenario: Members arrange nothing
      When Harriet arranges that the club meets in 7 days about "Emma" at "Mrs Goddard's school"
      Then this is refused: only hosts may do this

    @R-I2
    Scenario Outline: Seven in the evening is seven on the clocks of the place
      When Emma arranges that the club meets on <day> at 19:00 in <place> about "Emma"
      Then the meeting begins at <moment> in London

      Examples:
        | day        | place            | moment           |
        | 2028-01-14 | Europe/London    | 2028-01-14 19:00 |
        | 2028-07-14 | Europe/London    | 2028-07-14 19:00 |
        | 2028-07-14 | Asia/Kathmandu   | 2028-07-14 14:15 |
        | 2028-01-14 | America/New_York | 2028-01-15 00:00 |

    @R-I2
    Scenario: A time over which the clocks jump is no time
      When Emma arranges that the club meets on 2028-03-26 at 01:30 in Europe/London about "Emma"
      Then this is refused: there is no such time

  Rule: Members say whether they come

    @R-I2
    Scenario: Somebody comes, and somebody perhaps
      Given "Highbury Readers" meets in 7 days about "Emma"
      When Harriet answers that she is coming
      And Emma answers that she is maybe
      Then 1 reader comes, 1 comes perhaps
      When Harriet answers that she is declined
      Then 0 readers come, 1 comes perhaps

    @R-I2
    Scenario: Who is not in the club does not answer
      Given "Highbury Readers" meets in 7 days about "Emma"
      When Frank answers that he is coming
      Then this is refused: this is for members

  Rule: A meeting can be moved and called off until it begins

    @R-I2
    Scenario: A meeting is moved, and calendars follow
      Given "Highbury Readers" meets in 7 days about "Emma"
      And Harriet keeps her clubs in her calendar
      When Emma moves the meeting to 9 days from now
      Then Harriet's calendar shows it 9 days from now, as its second version

    @R-I2
    Scenario: A meeting is called off
      Given "Highbury Readers" meets in 7 days about "Emma"
      And Harriet keeps her clubs in her calendar
      When Emma calls the meeting off
      Then "Highbury Readers" has no next meeting
      And Harriet's calendar shows it as cancelled
      When Harriet answers that she is coming
      Then this is refused: the meeting is over

  Rule: Who came is written down

    @R-I2 @in-memory
    # In memory only: somebody would have to wait a week.
    Scenario: Readers send the code that is shown at the meeting
      Given "Highbury Readers" meets in 7 days about "Emma"
      When Harriet sends the code of the meeting
      Then this is refused: the meeting has not begun
      When 7 days pass
      And Harriet sends the code of the meeting
      Then 1 reader was there

    @R-I2 @in-memory
    # In memory only: somebody would have to wait a week.
    Scenario: The host ticks off who is there, and the club's score grows
      Given "Highbury Readers" meets in 7 days about "Emma"
      When 7 days pass
      And Emma ticks off Harriet
      And Emma closes the meeting
      Then 1 reader was there
      And the score of "Highbury Readers" is 2
