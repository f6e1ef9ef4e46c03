Feature: Stock
  Every copy in the house is counted, and every one that is set aside belongs to an order.

  Rule: What arrives can be bought

    @R-G1
    Scenario: A delivery
      Given the shop has 0 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna orders what is in the cart
      Then this is refused: not enough copies are left
      When 2 copies of "Emma" arrive
      And Anna orders what is in the cart
      Then Anna's order is confirmed
      And 2 copies of "Emma" are in the house
      And 1 copy of "Emma" is set aside

    @R-G1
    Scenario: E-books never run out
      Given the shop sells the e-book "Dracula" at 4.99
      When 8 readers buy "Dracula" at the same moment
      Then 8 readers get the books

  Rule: Never oversold, never leaked

    @R-G1
    Scenario: More buyers than copies
      Given the shop has 7 copies of "Emma" at 12.99
      When 12 readers buy "Emma" at the same moment
      Then 7 readers get the books
      And 5 readers are told: not enough copies are left
      And 7 copies of "Emma" are set aside
      And 7 copies of "Emma" are in the house

    @R-G1
    Scenario: What a declined reader leaves, the next one gets
      Given the shop has 1 copy of "Emma" at 12.99
      And Anna's card was declined when she wanted "Emma"
      When Ben buys 1 copy of "Emma"
      Then Ben's order is confirmed

    @R-G1 @in-memory
    # In memory only: copies are held for a quarter of an hour.
    Scenario: Copies held for a reader who never pays go back to the shelf
      Given the shop has 1 copy of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      And Anna pays with a card whose bank asks her to confirm
      When 16 minutes pass
      Then Anna's order is expired
      When Ben buys 1 copy of "Emma"
      Then Ben's order is confirmed
