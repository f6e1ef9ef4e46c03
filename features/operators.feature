Feature: What staff sees and operators decide
  What no machine can decide is handed to a person, visibly, and is never dropped. The order says that
  somebody looks after it, and an operator tries again or settles it by hand.

  Rule: A parked order waits for a person

    @R-L5 @R-F5
    Scenario: The carrier has a parcel for this order already
      Given the shop has 5 copies of "Emma" at 12.99
      And somebody has booked the parcel for Anna's order by hand
      When Anna confirms the payment at her bank
      Then Anna's order needs a person
      And its story tells, in this order:
        | Our staff is looking after this order: booking the parcel did not succeed |
      And 16.98 are reserved on her card, and nothing is taken

    @R-L5 @R-F5
    Scenario: An operator settles it, says how, and the order goes on
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna's order is parked because somebody has booked its parcel by hand
      When an operator settles it with the note "The parcel is booked under number 4711"
      And the carrier collects and delivers the parcel
      Then Anna's order is completed
      And it needs no person any more
      And 16.98 are taken from her card
      And 4 copies of "Emma" are in the house
      And 0 copies of "Emma" are set aside
      And its story tells, in this order:
        | Staff settled it by hand: The parcel is booked under number 4711 |

    @R-L5 @R-F5
    Scenario: Trying again while the cause is still there parks it again
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna's order is parked because somebody has booked its parcel by hand
      When an operator tries again
      Then its story tells, in this order:
        | Staff dealt with it; trying again     |
        | Our staff is looking after this order |
      And Anna's order needs a person

    @R-L5 @R-F2 @in-memory
    # In memory only: the shop tries for an hour before it asks a person.
    Scenario: The provider was away, and an operator tries again when it is back
      Given the shop sells the e-book "Dracula" at 4.99
      And the payment provider answers nothing when money is to be taken
      And Anna has bought 1 copy of "Dracula"
      When 75 minutes pass
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
