Feature: Reading clubs
  Readers found clubs and find them, come in and go. Somebody always looks after the door, and what a private club
  does stays among its members.

  Rule: Who founds a club owns it, and there is never a club without an owner

    @R-I1
    Scenario: A club is founded
      When Emma founds the club "Highbury Readers" in "Highbury"
      Then "Highbury Readers" has 1 member
      And Emma is owner of "Highbury Readers"

    @R-I1
    Scenario: The owner does not leave her club alone
      Given Emma has founded the club "Highbury Readers" in "Highbury"
      And Harriet has joined "Highbury Readers"
      When Emma leaves "Highbury Readers"
      Then this is refused: hand the club over first
      When Emma makes Harriet owner of "Highbury Readers"
      And Emma leaves "Highbury Readers"
      Then Harriet is owner of "Highbury Readers"
      And "Highbury Readers" has 1 member

  Rule: A public club takes in whoever comes, a private one is asked

    @R-I1
    Scenario: Somebody joins a public club, and leaves it again
      Given Emma has founded the club "Highbury Readers" in "Highbury"
      When Harriet joins "Highbury Readers"
      Then "Highbury Readers" has 2 members
      When Harriet leaves "Highbury Readers"
      Then "Highbury Readers" has 1 member

    @R-I1
    Scenario: A host lets in who asks
      Given Emma has founded the private club "Hartfield Circle" in "Highbury"
      When Harriet joins "Hartfield Circle"
      Then "Hartfield Circle" has 1 member
      And Emma sees Harriet waiting at the door of "Hartfield Circle"
      When Emma lets Harriet into "Hartfield Circle"
      Then "Hartfield Circle" has 2 members

    @R-I1
    Scenario: Whoever has the link is let in
      Given Emma has founded the private club "Hartfield Circle" in "Highbury"
      When Emma gives Harriet a link into "Hartfield Circle"
      And Harriet follows the link into "Hartfield Circle"
      Then "Hartfield Circle" has 2 members

    @R-I1
    Scenario: Hosts look after the door, members do not
      Given Emma has founded the private club "Hartfield Circle" in "Highbury"
      And Emma has let Harriet and Jane into "Hartfield Circle"
      And Frank has asked to be let into "Hartfield Circle"
      When Harriet lets Frank into "Hartfield Circle"
      Then this is refused: only hosts may do this
      When Emma makes Harriet host of "Hartfield Circle"
      And Harriet lets Frank into "Hartfield Circle"
      Then "Hartfield Circle" has 4 members

    @R-I1
    Scenario: A reader who was barred finds the club no more
      Given Emma has founded the club "Highbury Readers" in "Highbury"
      And Frank has joined "Highbury Readers"
      When Emma bars Frank from "Highbury Readers"
      And Frank joins "Highbury Readers"
      Then this is refused: there is no such club
      And Frank does not find "Highbury Readers"

  Rule: Clubs are found by name, place and genre

    @R-I1
    Scenario Outline: A club is found by whatever one knows of it
      Given Emma has founded the club "Café Randalls" in "Köln" that reads fiction
      When Harriet looks for clubs with <what> "<words>"
      Then she finds <found>

      Examples:
        | what     | words     | found             |
        | name     | randalls  | "Café Randalls"   |
        | name     | CAFE      | "Café Randalls"   |
        | name     | Highbury  | nothing           |
        | location | koln      | "Café Randalls"   |
        | genre    | fiction   | "Café Randalls"   |
        | genre    | poetry    | nothing           |

  Rule: What a private club does is for its members

    @R-I1
    Scenario: Outsiders see that a private club is there, and nothing else
      Given Emma has founded the private club "Hartfield Circle" in "Highbury"
      And the shop sells:
        | title | author      | format | price | copies |
        | Emma  | Jane Austen | ebook  | 4.99  |        |
      And "Hartfield Circle" meets in 7 days about "Emma"
      When Frank looks at the next meeting
      Then this is refused: there is no such meeting
      When Frank looks at who is in "Hartfield Circle"
      Then this is refused: there is no such club
      And "Hartfield Circle" has 1 member
