Feature: Accounts
  Readers open an account with an e-mail address and a password, see where they are signed in,
  and can end it at any moment. Staff and admins are readers with more rights.

  Rule: One e-mail address has one account

    @R-A1
    Scenario: A reader opens an account and signs in
      Given Anna is a guest
      When Anna opens an account
      And Anna signs in
      Then the shop knows Anna by her name and e-mail address

    @R-A1
    Scenario: The same address opens no second account, however it is typed
      Given Anna has an account
      When Ben opens an account with Anna's address in capital letters
      Then this is refused: the address has an account already

    @R-A1
    Scenario Outline: A password that is guessed first is not accepted
      Given Anna is a guest
      When Anna opens an account with the password "<password>"
      Then this is refused: the password is too easy to guess

      Examples:
        | password   |
        | emma       |
        | password1  |
        | aaaaaaaaaa |

  Rule: Whoever signs out is out at once

    @R-A2 @R-A3
    Scenario: Signing out
      Given Anna is signed in on her phone and on her laptop
      When Anna signs out on her phone
      Then the phone is signed out
      And the laptop is signed in

    @R-A2 @R-A3
    Scenario: Signing out everywhere else
      Given Anna is signed in on her phone and on her laptop
      When Anna signs out everywhere else on her laptop
      Then the phone is signed out
      And the laptop is signed in
      And the laptop is Anna's only device

  Rule: Whoever wants to be forgotten is, once nothing of hers concerns others any more

    @R-A4
    Scenario: A reader erases her account, and her address is free
      Given Anna is signed in on her phone and on her laptop
      When Anna erases her account
      Then the phone is signed out
      And the laptop is signed out
      When Anna opens an account
      And Anna signs in
      Then the shop knows Anna by her name and e-mail address

    @R-A4
    Scenario: Nobody leaves a club without an owner
      Given Anna is signed in on her phone and on her laptop
      And Anna has founded the club "Highbury Readers" in "Highbury"
      And Ben has joined "Highbury Readers"
      When Anna erases her account
      Then this is refused: hand the club over first

    @R-A4
    Scenario: Nobody is forgotten while a parcel looks for her
      Given Anna is signed in on her phone and on her laptop
      And the shop has 2 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      When Anna erases her account
      Then this is refused: something of hers is under way

  Rule: A change of role counts from the next click on

    @R-A3
    Scenario: A reader becomes staff and is a reader again
      Given Ben is a reader
      And the shop has 2 copies of "Emma" at 12.99
      When an admin makes Ben staff
      Then Ben may look into the stock of "Emma"
      When an admin takes that away from Ben
      And Ben looks into the stock of "Emma"
      Then this is refused: only staff may do this

    @R-A3
    Scenario: Nobody promotes themselves
      Given Ben is a reader
      When Ben makes himself staff
      Then this is refused: only admins may do this

  Rule: Guessing passwords is slowed down, and never at the owner's cost

    @R-A5
    Scenario Outline: A failed sign-in does not tell who has an account
      Given Anna has an account
      When a stranger signs in with <attempt>
      Then this is refused: address and password do not belong together

      Examples:
        | attempt                             |
        | Anna's address and a wrong password |
        | an address without an account       |

    @R-A5
    Scenario: Someone who keeps guessing has to wait
      Given Anna has an account
      And a stranger has guessed Anna's password wrongly 5 times
      When the stranger guesses once more
      Then this is refused: too many attempts, wait a while

    @R-A5
    Scenario: The owner gets in while others guess
      Given Anna has an account
      And strangers on 3 networks have used up all guesses at Anna's password
      When Anna signs in on the device she opened the account with
      Then the shop knows Anna by her name and e-mail address

    @R-A5 @in-memory
    # In memory only: the wait is real.
    Scenario: After the wait the right password works from anywhere
      Given Anna has an account
      And a stranger has guessed Anna's password wrongly 5 times
      When 5 minutes pass
      And Anna signs in on the stranger's device
      Then the shop knows Anna by her name and e-mail address
