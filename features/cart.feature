Feature: Cart
  Everybody has a cart, signed in or not. Nothing is set aside before checkout: the cart says
  honestly what has changed in price or stock since a book was put in.

  Rule: A guest's cart comes along

    @R-E1
    Scenario: What a guest chose is there after signing in
      Given the shop has 5 copies of "Emma" at 12.99
      And Gwen is a guest with 2 copies of "Emma" in her cart
      When Gwen signs in to the account she has
      Then Gwen's cart holds:
        | book | copies |
        | Emma | 2      |

    @R-E1
    Scenario: Two carts become one, and nothing is lost
      Given the shop sells:
        | title   | price | copies |
        | Emma    | 12.99 | 9      |
        | Dracula | 8.00  | 9      |
      And Gwen has an account with 1 copy of "Emma" and 1 copy of "Dracula" in the cart
      And Gwen is a guest with 2 copies of "Emma" in her cart
      When Gwen signs in to the account she has
      Then Gwen's cart holds:
        | book    | copies |
        | Emma    | 3      |
        | Dracula | 1      |
      And the cart comes to 46.97

    @R-E1
    Scenario: Where both carts together hold too many, the reader is told
      Given the shop has 200 copies of "Emma" at 12.99
      And Gwen has an account with 60 copies of "Emma" in the cart
      And Gwen is a guest with 60 copies of "Emma" in her cart
      When Gwen signs in to the account she has
      Then Gwen's cart holds:
        | book | copies |
        | Emma | 99     |
      And the cart says "Your two carts held 120 copies of 'Emma'; 99 are kept."

  Rule: The cart tells what changed

    @R-E1
    Scenario: A price that changed is shown beside the old one
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When a member of staff sets the price of "Emma" to 10.50
      Then Anna's cart shows "Emma" at 10.50 instead of 12.99

    @R-E1
    Scenario Outline: Stock that changed is told before checkout
      Given the shop has <there> copies of "Emma" at 12.99
      When Anna puts <wanted> copies of "Emma" into the cart
      Then Anna's cart says about "Emma": <words>

      Examples:
        | there | wanted | words                   |
        | 0     | 1      | Sold out for now.       |
        | 1     | 2      | Only 1 copy is left.    |
        | 3     | 5      | Only 3 copies are left. |

    @R-E1
    Scenario: A book that left the shop is named in the cart
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When a member of staff withdraws "Emma"
      Then Anna's cart says about "Emma": This book is no longer sold; remove it to order the rest.

  Rule: A cart holds up to 99 copies of a book

    @R-E1
    Scenario Outline: Too few or too many
      Given the shop has 200 copies of "Emma" at 12.99
      And Anna has 50 copies of "Emma" in her cart
      When Anna <does>
      Then this is refused: a cart holds 1 to 99 copies of a book
      And Anna's cart holds:
        | book | copies |
        | Emma | 50     |

      Examples:
        | does                                     |
        | puts 50 copies of "Emma" into the cart   |
        | changes "Emma" to 0 copies               |
        | changes "Emma" to 100 copies             |

    @R-E1
    Scenario: A click that was sent twice counts once
      Given the shop has 5 copies of "Emma" at 12.99
      When Anna's click on "put Emma into the cart" arrives twice
      Then Anna's cart holds:
        | book | copies |
        | Emma | 1      |

    @R-E1
    Scenario: Taking a book out twice is no mistake
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna takes "Emma" out of the cart
      And Anna takes "Emma" out of the cart
      Then Anna's cart is empty

  Rule: What was bought leaves the cart, and only that

    @R-E1 @R-F1
    Scenario: Copies added after the order was placed stay
      Given the shop sells:
        | title   | price | copies |
        | Emma    | 12.99 | 9      |
        | Dracula | 8.00  | 9      |
      And Anna has 1 copy of "Emma" in her cart
      And Anna pays with a card whose bank asks her to confirm
      And Anna has 1 copy of "Dracula" in her cart
      When Anna confirms the payment at her bank
      Then Anna's order is confirmed
      And Anna's cart holds:
        | book    | copies |
        | Dracula | 1      |
