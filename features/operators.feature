Feature: What staff sees and operators decide
  What no machine can decide is handed to a person, visibly, and is never dropped. The order says that
  somebody looks after it, and an operator tries again or settles it by hand.

  Rule: A parked order waits for a person

    @R-L5 @R-F2
    Scenario: The bank has taken the reservation back
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      And Anna's bank has taken the reservation back
      When the carrier collects the parcel
      Then Anna's order needs a person
      And its story tells, in this order:
        | Our staff is looking after this order: the provider refuses the capture |

    @R-L5 @R-F2
    Scenario: An operator settles it by hand, and says how
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna's order is parked because the payment could not be taken
      When an operator settles it with the note "Paid by bank transfer, receipt 4711"
      And the carrier delivers the parcel
      Then Anna's order is completed
      And it needs no person any more
      And its story tells, in this order:
        | Staff settled it by hand: Paid by bank transfer, receipt 4711 |

    @R-L5 @R-F2
    Scenario: Trying again while the cause is still there parks it again
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna's order is parked because the payment could not be taken
      When an operator tries again
      Then its story tells, in this order:
        | Staff dealt with it; trying again     |
        | Our staff is looking after this order |
      And Anna's order needs a person

    @R-L5 @R-F2 @in-memory
    # In memory only: the shop tries for ten minutes before it asks a person.
    Scenario: The provider was away, and an operator tries again when it is back
      Given the shop sells the e-book "Dracula" at 4.99
      And the payment provider answers nothing when money is to be taken
      And Anna has bought 1 copy of "Dracula"
      When 15 minutes pass
      Then Anna's order needs a person
      When the payment provider answers again
      And an operator tries again
      Then Anna's order is completed
      And 4.99 are taken from her card

  Rule: Staff sees every order and its story

    @R-F4
    Scenario: Somebody calls about an order
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      When a member of staff looks for Anna's order
      Then the order shows 1 copy of "Emma" and 16.98 in all
