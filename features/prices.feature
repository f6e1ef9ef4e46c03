Feature: Prices, coupons and quotes
  What an order costs is worked out to the cent, line by line, and the lines always add up to the total.
  A quote is a promise: the reader pays what was quoted, for fifteen minutes.

  Rule: Tax follows the destination and is rounded once for each line

    @R-E3
    Scenario Outline: Two novels and an e-book to several countries
      Given the shop sells:
        | title   | format    | price | copies | grams |
        | Emma    | paperback | 12.99 | 9      | 300   |
        | Dracula | ebook     | 4.99  |        |       |
      And Anna has 2 copies of "Emma" and 1 copy of "Dracula" in her cart
      When Anna asks what it costs to send this to <country>
      Then the quote comes to:
        | books      | <books>    |
        | shipping   | <shipping> |
        | tax        | <tax>      |
        | total      | <total>    |

      Examples:
        | country | books | shipping | tax  | total |
        | US      | 30.97 | 4.99     | 0.00 | 35.96 |
        | DE      | 30.97 | 19.49    | 3.53 | 53.99 |
        | GB      | 30.97 | 19.49    | 0.00 | 50.46 |
        | DK      | 30.97 | 19.49    | 12.62 | 63.08 |
        | AU      | 30.97 | 24.99    | 5.60 | 61.56 |

  Rule: Shipping follows weight and way, and downloads travel free

    @R-E3 @R-F5
    Scenario Outline: What carriage costs
      Given the shop sells:
        | title   | format   | price | copies | grams   |
        | Emma    | <format> | 10.00 | 90     | <grams> |
      And Anna has <copies> copies of "Emma" in her cart
      When Anna asks what it costs to send this to <country> by <way>
      Then the quote comes to:
        | shipping | <shipping> |

      Examples:
        | format    | grams | copies | country | way      | shipping |
        | paperback | 300   | 1      | US      | standard | 3.99     |
        | paperback | 300   | 1      | US      | express  | 12.99    |
        | hardcover | 700   | 2      | US      | standard | 5.99     |
        | hardcover | 700   | 10     | US      | standard | 17.99    |
        | paperback | 300   | 1      | CA      | standard | 9.99     |
        | paperback | 300   | 1      | FR      | express  | 39.99    |
        | ebook     |       | 3      | FR      | digital  | 0.00     |

    @R-F5
    Scenario: Where the shop does not send parcels
      Given the shop has 5 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna asks what it costs to send this to KP
      Then this is refused: the shop does not send books there

  Rule: A coupon is spread over the books to the last cent

    @R-E2 @R-E3
    Scenario Outline: The same discount on different carts
      Given the shop sells:
        | title   | price   | copies | grams |
        | Emma    | <emma>  | 9      | 300   |
        | Dracula | <dracula> | 9    | 300   |
        | Walden  | <walden> | 9     | 300   |
      And staff has put out a coupon of <coupon>
      And Anna has 1 copy of "Emma", 1 copy of "Dracula" and 1 copy of "Walden" in her cart
      When Anna asks what it costs with the coupon
      Then the coupon takes off <emma off>, <dracula off> and <walden off>
      And the quote comes to:
        | discount | <discount> |
        | shipping | 4.99       |
        | total    | <total>    |

      Examples:
        | emma  | dracula | walden | coupon    | emma off | dracula off | walden off | discount | total |
        | 10.00 | 10.00   | 10.00  | 10.00 USD | 3.34     | 3.33        | 3.33       | 10.00    | 24.99 |
        | 12.99 | 8.00    | 4.01   | 10 %      | 1.30     | 0.80        | 0.40       | 2.50     | 27.49 |
        | 9.99  | 9.99    | 0.01   | 50 %      | 5.00     | 5.00        | 0.00       | 10.00    | 14.98 |
        | 3.00  | 2.00    | 1.00   | 20.00 USD | 3.00     | 2.00        | 1.00       | 6.00     | 4.99  |

    @R-E2 @R-E3
    Scenario: Tax is owed on what is paid
      Given the shop sells:
        | title | price | copies | grams |
        | Emma  | 20.00 | 9      | 300   |
      And staff has put out a coupon of 25 %
      And Anna has 1 copy of "Emma" in her cart
      When Anna asks what it costs to send this to DE with the coupon
      Then the quote comes to:
        | books    | 20.00 |
        | discount | 5.00  |
        | shipping | 14.99 |
        | tax      | 2.10  |
        | total    | 32.09 |
      And the quote explains the discount, the tax and the shipping

  Rule: A coupon is used as often as staff decided, and not once more

    @R-E2
    Scenario: Each reader once
      Given the shop has 9 copies of "Emma" at 12.99
      And staff has put out a coupon of 10 % for each reader once
      And Anna has used the coupon to buy 1 copy of "Emma"
      When Anna uses the coupon to buy 1 copy of "Emma"
      Then this is refused: she has used the coupon already

    @R-E2
    Scenario: The last use goes to one reader, however many ask at the same moment
      Given the shop has 9 copies of "Emma" at 12.99
      And staff has put out a coupon of 10 % for a single use
      When 6 readers buy "Emma" with the coupon at the same moment
      Then 1 reader gets the books
      And 5 readers are told: every use of the coupon is taken

    @R-E2
    Scenario: A declined payment gives the coupon back
      Given the shop has 9 copies of "Emma" at 12.99
      And staff has put out a coupon of 10 % for a single use
      And Anna's card was declined when she used the coupon on "Emma"
      When Ben uses the coupon to buy 1 copy of "Emma"
      Then Ben's order is confirmed

    @R-E2
    Scenario Outline: A coupon that does not apply
      Given the shop has 9 copies of "Emma" at 12.99
      And staff has put out a coupon of 10 % <terms>
      And Anna has 1 copy of "Emma" in her cart
      When Anna asks what it costs with the coupon
      Then this is refused: the coupon does not apply

      Examples:
        | terms                     |
        | that starts tomorrow      |
        | for books worth 20.00     |

    @R-E2
    Scenario: A coupon that never was
      Given the shop has 9 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      When Anna asks what it costs with a coupon that nobody put out
      Then this is refused: the coupon does not apply

  Rule: A quote is kept

    @R-E3
    Scenario: The price rises after the quote
      Given the shop has 9 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      And Anna has a quote for her cart
      When a member of staff sets the price of "Emma" to 99.00
      And Anna orders at the quoted price
      Then Anna's order is confirmed
      And Anna pays what was quoted

    @R-E3
    Scenario: The cart changes after the quote
      Given the shop has 9 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      And Anna has a quote for her cart
      When Anna puts 1 copy of "Emma" into the cart
      And Anna orders at the quoted price
      Then this is refused: the cart has changed since the quote

    @R-E3 @in-memory
    # In memory only: a quote holds for fifteen minutes.
    Scenario: The reader comes back too late
      Given the shop has 9 copies of "Emma" at 12.99
      And Anna has 1 copy of "Emma" in her cart
      And Anna has a quote for her cart
      When 15 minutes pass
      And Anna orders at the quoted price
      Then this is refused: the quote has expired
