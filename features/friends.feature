Feature: Friends
  Readers who know each other find each other by the code of a calling card, which each gives to whom she
  likes. Nobody is found by an address, so nobody learns here who is a reader of the shop.

  Rule: Both must want it

    @R-I4
    Scenario: One asks, the other accepts
      Given Anna has signed her calling card "Anna from the Tuesday club"
      And Ben has given Anna the code of his calling card
      When Anna asks Ben to be her friend
      Then "Anna from the Tuesday club" asks Ben to be her friend
      When Ben accepts Anna
      Then Anna and Ben are friends

    @R-I4
    Scenario: Two who ask each other have both said yes
      Given Anna has asked Ben to be her friend
      When Ben asks Anna to be his friend
      Then Anna and Ben are friends

    @R-I4
    Scenario: Nobody accepts in somebody else's place
      Given Anna has asked Ben to be her friend
      When Anna accepts Ben
      Then this is refused: nobody has asked this

    @R-I4
    Scenario: A friendship ends as soon as one of the two wants
      Given Anna and Ben are friends
      When Ben ends the friendship with Anna
      Then Anna and Ben have nothing to do with each other

  Rule: A no holds for thirty days, and in one direction

    @R-I4
    Scenario: Asking again at once
      Given Anna has asked Ben to be her friend
      And Ben has declined Anna
      When Anna asks Ben to be her friend
      Then this is refused: she was declined lately
      And Anna and Ben have nothing to do with each other

    @R-I4 @in-memory
    # In memory only: a month passes.
    Scenario: Asking again after a month
      Given Anna has asked Ben to be her friend
      And Ben has declined Anna
      When thirty days pass
      And Anna asks Ben to be her friend
      And Ben accepts Anna
      Then Anna and Ben are friends

    @R-I4
    Scenario: Who has declined may change his mind
      Given Anna has asked Ben to be her friend
      And Ben has declined Anna
      When Ben asks Anna to be his friend
      And Anna accepts Ben
      Then Anna and Ben are friends

  Rule: Who blocks somebody neither sees her nor is seen by her

    @R-I4
    Scenario: A block ends a friendship, and is not told
      Given Anna and Ben are friends
      When Ben blocks Anna
      Then Anna and Ben have nothing to do with each other
      And Anna does not see that Ben blocks her

    @R-I4
    Scenario: Who is blocked finds nobody
      Given Ben has given Anna the code of his calling card
      And Ben has blocked Anna
      When Anna asks Ben to be her friend
      Then this is refused: nobody can be found by this

    @R-I4
    Scenario: Who blocks somebody asks her nothing
      Given Ben has blocked Anna
      When Ben asks Anna to be his friend
      Then this is refused: he blocks her himself

    @R-I4
    Scenario: A block that is lifted leaves nothing behind
      Given Ben has blocked Anna
      When Ben unblocks Anna
      And Anna asks Ben to be her friend
      And Ben accepts Anna
      Then Anna and Ben are friends

  Rule: Only those find a reader to whom she gave her code

    @R-I4
    Scenario: An old code
      Given Ben has given Anna the code of his calling card
      And Ben has got a new code since
      When Anna asks Ben to be her friend
      Then this is refused: nobody can be found by this

    @R-I4
    Scenario: An e-mail address is no code
      When Anna types the e-mail address of Ben instead of a code
      Then this is refused: this is no code
