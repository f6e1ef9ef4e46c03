Feature: Finding a book
  A reader remembers something of a book: a word of its title, its author, half a name with a letter wrong. The shop
  finds the work, shows it once with all its editions, and at what it costs now.

  Background:
    Given the shop sells:
      | title                  | author          | format    | price | copies | category |
      | Wuthering Heights      | Emily Brontë    | paperback | 9.50  | 3      | romance  |
      | Wuthering Heights      | Emily Brontë    | ebook     | 2.99  |        | romance  |
      | The Return of the King | J. R. R. Tolkien | hardcover | 24.00 | 2     | fiction  |
      | The King of Elfland    | Lord Dunsany    | paperback | 12.00 | 0      | fiction  |
      | Poems                  | Emily Dickinson | ebook     | 3.50  |        | poetry   |

  Rule: Words are found as readers write them

    @R-C1
    Scenario Outline: Looking for what is remembered
      When a visitor searches for <words>
      Then these works are found: <works>

      Examples:
        | words                       | works                                       |
        | wuthering                   | Wuthering Heights                           |
        | WUTHERING heights           | Wuthering Heights                           |
        | bronte wuthering            | Wuthering Heights                           |
        | jrr tolkien                 | The Return of the King                      |
        | J.R.R. Tolkien              | The Return of the King                      |
        | king                        | The Return of the King, The King of Elfland |
        | "return of the king"        | The Return of the King                      |
        | "king of the return"        | nothing                                     |

    @R-C1
    Scenario Outline: A slip of the finger is forgiven
      When a visitor searches for <words>
      Then these works are found: <works>

      Examples:
        | words             | works                  |
        | wuthring heights  | Wuthering Heights      |
        | wutheirng         | Wuthering Heights      |
        | tolkein return    | The Return of the King |

    @R-C1
    Scenario: The number on the back leads straight to the book
      When a visitor looks up the ISBN of "Poems", with hyphens
      Then these works are found: Poems

    @R-C1
    Scenario: A work is one hit, with each of its editions at today's price
      When a member of staff sets the price of "Wuthering Heights (ebook)" to 1.99
      And a visitor searches for wuthering
      Then "Wuthering Heights" is found once, as:
        | format    | price | available |
        | ebook     | 1.99  | yes       |
        | paperback | 9.50  | yes       |

    @R-C1
    Scenario: What was met is shown
      When a visitor searches for tolkien king
      Then "king" is marked in the title of "The Return of the King"

    @R-C3
    Scenario Outline: The shop finishes what the reader types
      When a visitor types <beginning>
      Then <kind> <text> is offered

      Examples:
        | beginning | kind     | text              |
        | wuth      | title    | Wuthering Heights |
        | emily bro | author   | Emily Brontë      |
        | poet      | category | Poetry            |

  Rule: A search is narrowed step by step

    @R-C1
    Scenario: What was found is counted by what it could be narrowed to
      When a visitor looks for books by Emily Brontë, counted by format and availability
      Then so many works are counted:
        | facet        | value     | works |
        | format       | ebook     | 1     |
        | format       | paperback | 1     |
        | availability | true      | 1     |

    @R-C1
    Scenario Outline: Narrowing
      When a visitor narrows a search for king to <condition>
      Then these works are found: <works>

      Examples:
        | condition            | works                  |
        | hardcover books      | The Return of the King |
        | books in stock       | The Return of the King |
        | books up to 15.00    | The King of Elfland    |
        | romance books        | nothing                |

    @R-C1
    Scenario: By title and author
      When a visitor looks for the title "heights" by "bronte"
      Then these works are found: Wuthering Heights

  Rule: What changes in the shop changes in the search

    @R-C4
    Scenario: A book that was withdrawn is found no more
      When a member of staff withdraws "Poems"
      And a visitor searches for poems dickinson
      Then these works are found: nothing

    @R-C4
    Scenario: A book that has come back can be found among those in stock
      When 2 copies of "The King of Elfland" arrive
      And a visitor narrows a search for elfland to books in stock
      Then these works are found: The King of Elfland

  Rule: The search stays open when its engine does not

    @R-C2
    Scenario: The engine is away
      Given the search engine is away
      When a visitor searches for wuthering
      Then these works are found: Wuthering Heights
      And the second engine has answered
