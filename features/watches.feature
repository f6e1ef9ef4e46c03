Feature: Waiting for a price
  A reader names a book, the most that a copy may cost, and until when. The shop tells as soon as a bookstore asks
  no more, or buys, each copy that was wanted at most once. The reader has the last word at any moment.

  Background:
    Given bookstores sell "Emma":
      | bookstore   | price |
      | Ferry Books | 16.99 |
      | Hazel Reads | 17.49 |

  Rule: Who wants to know is told once

    @R-H10 @R-H3
    Scenario: The price comes down
      Given Anna waits to be told when "Emma" costs 15.00 or less
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then Anna has got these letters:
        | The price you wait for is there |
      And Anna's watch goes on
      And nothing was bought for her

    @R-H10 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: The price is there already
      Given Anna waits to be told when "Emma" costs 17.00 or less
      When somebody looks at the prices of "Emma"
      Then Anna has got these letters:
        | The price you wait for is there |

    @R-H10 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: A price that goes up and down by a few cents is one piece of news
      Given Anna waits to be told when "Emma" costs 15.00 or less
      When Hazel Reads lowers its price of "Emma" to 14.99
      Then Anna has got these letters:
        | The price you wait for is there |
      When Hazel Reads raises its price of "Emma" to 15.09
      And Hazel Reads lowers its price of "Emma" to 14.95
      Then Anna has got these letters:
        | The price you wait for is there |
      And she reads about her watch "You were told of 14.99 USD"

    @R-H10 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: A price that comes back from far above is news again
      Given Anna waits to be told when "Emma" costs 15.00 or less
      And Anna was told that Hazel Reads asks 14.99 for "Emma"
      When Hazel Reads raises its price of "Emma" to 16.50
      And operators read of Anna's watch "The lowest price known is 16.50 USD"
      And Hazel Reads lowers its price of "Emma" to 14.95
      Then Anna has got these letters:
        | The price you wait for is there |
        | The price you wait for is there |

    @R-H10 @in-memory
    # In memory only: the night has to pass.
    Scenario: Nobody is written to at night
      Given Anna is not to be written to for the next 3 hours
      And Anna waits to be told when "Emma" costs 15.00 or less
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then she reads about her watch "nothing is done before"
      And Anna has got no letter
      When 180 minutes pass
      Then Anna has got these letters:
        | The price you wait for is there |

  Rule: Who wants a copy gets it at that price, and each copy once

    @R-H3
    Scenario: The price comes down and a copy is bought
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then Anna's watch has ended because every copy is bought
      And 1 copy was bought for her, for 14.49 in all
      And Anna has got these letters:
        | Your book is bought |

    @R-H3 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Two copies are wanted
      Given Anna waits to buy 2 copies of "Emma" for 15.00 or less
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then Anna's watch has ended because every copy is bought
      And 2 copies were bought for her, for 28.98 in all

    @R-H3 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Nearly is not enough
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less
      When Hazel Reads lowers its price of "Emma" to 15.01
      Then Anna's watch goes on
      And she reads about her watch "The lowest price known is 15.01 USD, 0.01 USD more than what you wait for."
      And nothing was bought for her

    @R-H3 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: The budget leaves less than the price for the second copy
      Given Anna waits to buy 2 copies of "Emma" for 15.00 or less, and for 20.00 in all
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then 1 copy was bought for her, for 14.49 in all
      And Anna's watch goes on
      And she reads about her watch "The lowest price known is 14.49 USD, 8.98 USD more than what you wait for."

    @R-H3 @R-H7 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: A cap is reached
      Given Anna's caps are 10.00 a purchase, 50.00 a day and 50.00 a month
      And Anna waits to buy 1 copy of "Emma" for 15.00 or less
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then she reads about her watch "Your cap for a purchase is 10.00 USD"
      And Anna's watch goes on
      And nothing was bought for her

    @R-H3 @in-memory
    # In memory only: the shop rests a quarter of an hour before it tries again.
    Scenario: The price has moved away before the copy could be ordered
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less
      And everybody believes that Hazel Reads asks 14.49 for "Emma", while it asks 17.49
      Then she reads about her watch "nothing is done before"
      And nothing was bought for her
      When Hazel Reads lowers its price of "Emma" to 14.39
      And 15 minutes pass
      Then Anna's watch has ended because every copy is bought
      And 1 copy was bought for her, for 14.39 in all

  Rule: The reader may say no first

    @R-H3
    Scenario: She says no
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less, with 60 minutes to say no
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then Anna has got these letters:
        | About to buy for you |
      When Anna says no
      Then Anna's watch goes on
      And she reads about her watch "You said no to 14.49 USD"
      And nothing was bought for her

    @R-H3 @in-memory
    # In memory only: an hour has to pass.
    Scenario: She says nothing
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less, with 60 minutes to say no
      When Hazel Reads lowers its price of "Emma" to 14.49
      Then Anna has got these letters:
        | About to buy for you |
      And she reads about her watch "It will be bought after"
      And nothing was bought for her
      When 60 minutes pass
      Then Anna's watch has ended because every copy is bought

    @R-H3 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: There is nothing to say no to
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less
      When Anna says no
      Then this is refused: nothing is about to be bought

  Rule: The reader changes, pauses and ends it at any moment

    @R-H3 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: She changes the price
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less
      And Anna's watch has seen 16.99
      When Anna changes her watch to 17.00 or less
      Then Anna's watch has ended because every copy is bought
      And 1 copy was bought for her, for 16.99 in all

    @R-H3 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: She pauses it and goes on later
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less
      And Anna has paused her watch
      When Hazel Reads lowers its price of "Emma" to 14.49
      And Anna's watch has seen 14.49
      Then Anna's watch is paused
      And nothing was bought for her
      When Anna goes on with her watch
      Then Anna's watch has ended because every copy is bought

    @R-H3 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: She ends it
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less
      When Anna ends her watch
      And Hazel Reads lowers its price of "Emma" to 14.49
      Then Anna's watch has ended because she ended it
      And nothing was bought for her
      When Anna goes on with her watch
      Then this is refused: the watch has ended

    @R-H3 @in-memory
    # In memory only: days have to pass.
    Scenario: The latest date passes
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less, for 3 days
      When 3 days pass
      Then Anna's watch has ended because its latest date has come
      And Anna has got these letters:
        | Your watch has ended |
      And nothing was bought for her

  Rule: A watch is nobody else's business

    @R-H3 @in-memory
    # In memory only: the whole shop tells the first story of each kind.
    Scenario: Somebody else asks about it
      Given Anna waits to buy 1 copy of "Emma" for 15.00 or less
      When Ben asks about Anna's watch
      Then this is refused: there is no such watch
