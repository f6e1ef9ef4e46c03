Feature: Catalogue
  A work has books: a book is one edition that can be bought, with its own ISBN, price and stock.
  Readers browse what is on sale; staff keeps it right.

  Rule: What staff adds, readers find

    @R-B1 @R-B2
    Scenario: A new book is on the shelves at once
      Given a member of staff adds this book:
        | title    | Northanger Abbey |
        | author   | Jane Austen      |
        | format   | hardcover        |
        | price    | 24.50            |
        | category | romance          |
      When a visitor looks at "Northanger Abbey"
      Then it costs 24.50
      And it is sold out
      When 3 copies of "Northanger Abbey" arrive
      And a visitor looks at "Northanger Abbey"
      Then 3 copies of it are there

    @R-B1
    Scenario Outline: A mistyped ISBN is told at the counter
      When a member of staff adds a book with the ISBN "<isbn>"
      Then this is refused: the ISBN is not right

      Examples:
        | isbn              | what is wrong            |
        | 978-0-14-143951-7 | the check digit          |
        | 978-0-14-1439     | too short                |
        | 979-0-2600-0043-8 | this is a piece of music |

    @R-B1
    Scenario: An ISBN names one book
      Given the shop has 1 copy of "Emma" at 12.99
      When a member of staff adds another book with the ISBN of "Emma"
      Then this is refused: the ISBN is taken

    @R-B1 @R-B3
    Scenario: The editions of a work stand side by side
      Given the shop sells:
        | title     | author     | format    | price | copies |
        | Middlemarch | George Eliot | hardcover | 29.00 | 2    |
        | Middlemarch | George Eliot | paperback | 11.00 | 0    |
        | Middlemarch | George Eliot | ebook     | 3.99  |      |
      When a visitor looks at "Middlemarch (hardcover)"
      Then it names these other editions:
        | format    | price | in stock |
        | ebook     | 3.99  | yes      |
        | paperback | 11.00 | no       |

  Rule: Readers leaf through the shop their way

    Background:
      Given the shop sells:
        | title        | author         | format    | price | copies | category |
        | Persuasion   | Jane Austen    | paperback | 9.50  | 3      | romance  |
        | Emma         | Jane Austen    | hardcover | 21.00 | 0      | romance  |
        | Poems        | Emily Dickinson | ebook    | 2.99  |        | poetry   |
        | Dracula      | Bram Stoker    | paperback | 12.00 | 1      | fiction  |

    @R-B3
    Scenario Outline: Looking for something
      When a visitor browses for <what>
      Then these books are found: <books>

      Examples:
        | what                              | books                     |
        | books by Jane Austen              | Emma, Persuasion          |
        | books by jane austen              | Emma, Persuasion          |
        | romance books                     | Emma, Persuasion          |
        | fiction books                     | Dracula, Emma, Persuasion |
        | ebook books                       | Poems                     |
        | books between 9.00 and 15.00      | Dracula, Persuasion       |
        | books in stock                    | Dracula, Persuasion, Poems |

    @R-B3
    Scenario Outline: Sorting the shelves
      When a visitor sorts the books by <order>
      Then they stand in this order: <books>

      Examples:
        | order          | books                            |
        | price, rising  | Poems, Persuasion, Dracula, Emma |
        | price, falling | Emma, Dracula, Persuasion, Poems |
        | title          | Dracula, Emma, Persuasion, Poems |

    @R-B3
    Scenario: What sells most stands first
      Given Anna has bought 2 copies of "Persuasion"
      And Ben has bought 1 copy of "Dracula"
      When a visitor sorts the books by sales
      Then they begin with: Persuasion, Dracula

  Rule: Staff never overwrites what somebody else has just changed

    @R-B2
    Scenario: Two members of staff correct the same book
      Given the shop has 1 copy of "Emma" at 12.99
      And Olga and Piet both look at "Emma"
      When Olga sets its price to 13.99
      And Piet sets its price to 10.99
      Then this is refused: somebody else changed it in the meantime
      And "Emma" costs 13.99

    @R-B2
    Scenario: A withdrawn book is found no more
      Given the shop has 1 copy of "Emma" at 12.99
      When a member of staff withdraws "Emma"
      And a visitor looks at "Emma"
      Then this is refused: there is no such book

    @R-B2
    Scenario: Readers change nothing in the catalogue
      Given the shop has 1 copy of "Emma" at 12.99
      And Anna is a reader
      When Anna sets the price of "Emma" to 0.01
      Then this is refused: only staff may do this
      And "Emma" costs 12.99
