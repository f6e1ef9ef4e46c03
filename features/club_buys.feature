Feature: Buying with one's club
  A host names an edition that the club wants to read. Whoever wants it joins with the most that her own copy may
  cost, her own payment and her own address; the shop watches the price for all of them, and buys each copy once.

  Background:
    Given bookstores sell "Emma":
      | bookstore   | price |
      | Ferry Books | 16.99 |
      | Hazel Reads | 17.49 |
    And Emma has founded the club "Highbury Readers" in "Highbury"
    And Harriet has joined "Highbury Readers"
    And Jane has joined "Highbury Readers"
    And Emma has opened a club buy of "Emma" in "Highbury Readers"

  Rule: One price is watched for all, and each buys at her own

    @R-I5 @R-H3
    Scenario: Two join, and one price is low enough for one of them
      Given Jane has joined the club buy for 14.00 or less
      And Harriet has joined the club buy for 15.00 or less
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then Harriet's watch has ended because every copy is bought
      And 1 copy was bought for her, for 14.49 in all
      And Jane's watch goes on
      And Jane has bought nothing elsewhere
      And Emma sees that 2 take part, and neither who nor for how much

  Rule: Everybody takes part once

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Joining twice
      Given Jane has joined the club buy for 14.00 or less
      When Jane joins the club buy for 16.00 or less
      Then this is refused: she takes part already

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Who has ended her watch may come back
      Given Jane has joined the club buy for 14.00 or less
      When Jane ends her watch
      And Jane joins the club buy for 17.00 or less
      And somebody looks at the prices of "Emma"
      Then Jane's watch has ended because every copy is bought
      And 1 copy was bought for her, for 16.99 in all

  Rule: A club buy is for the club's members

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: A stranger
      When Frank joins the club buy for 20.00 or less
      Then this is refused: this is for members

    @R-I5 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: A host closes it, and everybody keeps her own watch
      Given Jane has joined the club buy for 15.00 or less
      When Emma closes the club buy
      And Harriet joins the club buy for 15.00 or less
      Then this is refused: the club buy is over
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then Jane's watch has ended because every copy is bought
