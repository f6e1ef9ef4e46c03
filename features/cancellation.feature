Feature: Cancelling an order
  An order can be called off until its parcel has left. Then the money is free again and the books
  are back on the shelf.

  Rule: Until the parcel has left

    @R-F4
    Scenario: Before the carrier came
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      When Anna cancels the order
      Then Anna's order is cancelled
      And no money stays reserved or taken
      And 0 copies of "Emma" are set aside
      And 5 copies of "Emma" are in the house

    @R-F4 @R-F2
    Scenario: While the bank waits for a confirmation
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      And Anna pays with a card whose bank asks her to confirm
      When Anna cancels the order
      Then Anna's order is cancelled
      And 0 copies of "Emma" are set aside
      When Anna confirms the payment at her bank
      Then no money stays reserved or taken

    @R-F4
    Scenario: Cancelling twice
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      When Anna cancels the order
      And Anna cancels the order
      Then Anna's order is cancelled
      And 5 copies of "Emma" are in the house

    @R-F4
    Scenario: Two clicks on "cancel" at the same moment
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      When Anna's click on "cancel" arrives 2 times at the same moment
      Then Anna's order is cancelled
      And no money stays reserved or taken
      And 5 copies of "Emma" are in the house

    @R-F4
    Scenario: Staff cancels for the reader
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      When a member of staff cancels Anna's order
      Then Anna's order is cancelled

  Rule: Not any more

    @R-F4
    Scenario: The parcel has left
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      And the carrier has collected the parcel
      When Anna cancels the order
      Then this is refused: it is too late to cancel
      And 16.98 are taken from her card

    @R-F4
    Scenario: An e-book has arrived already
      Given the shop sells the e-book "Dracula" at 4.99
      And Anna has bought 1 copy of "Dracula"
      And Anna's order is completed
      When Anna cancels the order
      Then this is refused: it is too late to cancel

    @R-F4
    Scenario: Nobody cancels somebody else's order
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has bought 1 copy of "Emma"
      When Ben cancels Anna's order
      Then this is refused: there is no such order
      And Anna's order is confirmed
