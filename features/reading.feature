Feature: Reading for a meeting
  Everybody tells how far she is in the terms of her own edition. Nothing is counted twice, nobody reads faster than
  eyes can, and who wants to keep it to herself does.

  Background:
    Given the shop sells:
      | title | author      | format | price | copies | pages |
      | Emma  | Jane Austen | ebook  | 4.99  |        | 400   |
    And Emma has founded the club "Highbury Readers" in "Highbury"
    And Harriet has joined "Highbury Readers"
    And "Highbury Readers" meets in 7 days about "Emma"

  Rule: Pages, percents, chapters and listening time are parts of the same work

    @R-I3
    Scenario Outline: Half a book is half a book
      When Harriet tells that she is at <unit> <number> of <whole>
      Then Harriet is at <percent> percent

      Examples:
        | unit    | number | whole | percent |
        | page    | 200    | 400   | 50      |
        | page    | 100    | 200   | 50      |
        | percent | 50     | 100   | 50      |
        | chapter | 11     | 55    | 20      |
        | seconds | 14400  | 57600 | 25      |

    @R-I3
    Scenario: The catalogue knows how long an edition is
      When Harriet tells that she is at page 100
      Then Harriet is at 25 percent

    @R-I3
    Scenario: There is nothing behind the last page
      When Harriet tells that she is at page 401
      Then this is refused: her edition has no more

  Rule: Leafing adds nothing

    @R-I3
    Scenario: Back and forth is counted once
      When Harriet tells that she is at 0, 50, 75, 60 and then 100 percent
      Then Harriet has read 100 percent, and finished
      And her curve shows 0, 50, 75, 60 and 100 percent

    @R-I3
    Scenario: Nobody reads four hundred pages in a moment
      When Harriet tells that she is at page 4
      And Harriet tells that she has finished
      Then Harriet has read 100 percent, and finished
      And no more than 10 percent of that is believed by now

    @R-I3
    Scenario: Of two notes from two devices the older is not written over the newer
      Given Harriet has told that she is at page 100
      When Harriet tells from her tablet that she is at page 120
      And Harriet tells from her phone, which has not seen that, that she is at page 110
      Then this is refused: somebody else changed it in the meantime
      And Harriet is at 30 percent

  Rule: Who wants to keep her progress to herself does so until the meeting is near

    @R-I3
    Scenario: Sealed progress is hidden from others
      When Harriet tells that she is at page 200, for herself
      Then Harriet is at 50 percent
      And Emma does not see how far Harriet is

    @R-I3 @in-memory
    # In memory only: somebody would have to wait six days.
    Scenario: It is opened a day before the meeting
      Given Harriet has told that she is at page 200, for herself
      When 6 days pass
      Then Emma sees that Harriet is at 50 percent
