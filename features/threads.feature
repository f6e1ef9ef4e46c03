Feature: Talking about a book
  What members say about a meeting's book is open to those who have read so far: nobody has the end told to
  her, and nobody waits for the slowest.

  Background:
    Given the shop sells:
      | title | author      | format | price | copies | pages |
      | Emma  | Jane Austen | ebook  | 4.99  |        | 400   |
    And Emma has founded the club "Highbury Readers" in "Highbury"
    And Harriet has joined "Highbury Readers"
    And Jane has joined "Highbury Readers"
    And "Highbury Readers" meets in 7 days about "Emma"
    And Emma has opened the thread "The ball" in "Highbury Readers"

  Rule: A post is open to those who have read so far

    @R-I5
    Scenario: Ahead of the others
      Given Harriet has told that she is at page 200
      When Harriet says "He dances with her!" in "The ball"
      Then Jane sees that "He dances with her!" is ahead of her
      When Jane tells that she is at page 200
      Then Jane can read "He dances with her!"

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Leafing back closes nothing
      Given Harriet has told that she is at page 200
      And Jane has told that she is at page 200
      And Harriet has said "He dances with her!" in "The ball"
      When Jane tells that she is at page 10
      Then Jane can read "He dances with her!"

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Words that give nothing away
      Given Harriet has told that she is at page 200
      When Harriet says "What fine weather!" in "The ball", which gives away 0 percent
      Then Jane can read "What fine weather!"

    @R-I5
    Scenario: Who keeps her progress to herself says how much she gives away
      Given Harriet has told that she is at page 200, for herself
      When Harriet says "He dances with her!" in "The ball"
      Then this is refused: she must say how much it gives away

  Rule: What is said in a club is for its members

    @R-I5
    Scenario: A stranger
      When Frank says "Hello?" in "The ball"
      Then this is refused: this is for members

    @R-I5
    Scenario: Somebody takes back what she said
      Given Harriet has said "Mr Elton loves me." in "The ball"
      When Harriet takes "Mr Elton loves me." back
      Then Jane does not see "Mr Elton loves me."

    @R-I5 @R-I4
    Scenario: Who blocks somebody does not hear her
      Given Harriet has said "Mr Elton loves me." in "The ball"
      And Jane has blocked Harriet
      Then Jane does not see "Mr Elton loves me."
      And Emma can read "Mr Elton loves me."

  Rule: A host looks after the conversation

    @R-I5
    Scenario: A host hides what hurts
      Given Jane has said "You are all fools." in "The ball"
      When Emma hides "You are all fools." as offensive
      Then Harriet sees that a host has hidden "You are all fools."
      And Jane is told that "You are all fools." was hidden as offensive

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Members hide nothing
      Given Jane has said "You are all fools." in "The ball"
      When Harriet hides "You are all fools." as offensive
      Then this is refused: only hosts may do this

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: A closed thread is read, and nothing is added
      Given Jane has said "So much for that." in "The ball"
      When Emma closes the thread "The ball"
      Then Harriet can read "So much for that."
      When Harriet says "One more thing." in "The ball"
      Then this is refused: the thread is closed
