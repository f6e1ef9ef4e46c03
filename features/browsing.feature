Feature: Browsing
  From any book a reader finds the way to its author's other works, to the next volume of its series, and to
  what others read now.

  Rule: Bestsellers are of today

    @R-B3 @in-memory
    # In memory only: a month passes in it.
    Scenario: What sold a month ago gives way to what sells now
      Given the shop sells:
        | title      | price | format |
        | Persuasion | 9.50  | ebook  |
        | Dracula    | 12.00 | ebook  |
      And Anna has bought 3 copies of "Persuasion"
      And 29 days pass
      And Ben has bought 1 copy of "Dracula"
      When a visitor sorts the books by sales
      Then they begin with: Dracula, Persuasion

    @R-B3
    Scenario: Nobody makes a bestseller by ordering and cancelling
      Given the shop sells:
        | title      | price | copies |
        | Persuasion | 9.50  | 5      |
        | Dracula    | 12.00 | 5      |
      And Anna has bought 1 copy of "Persuasion"
      And Ben has bought 3 copies of "Dracula"
      When Ben cancels the order
      And a visitor sorts the books by sales
      Then they begin with: Persuasion, Dracula

  Rule: New releases are out, and what is to come is told apart

    Background:
      Given the shop sells:
        | title     | price | format | published  |
        | Emma      | 9.00  | ebook  | 1815-12-23 |
        | Sanditon  | 9.00  | ebook  | 1925-01-01 |
        | Tomorrow  | 9.00  | ebook  | 2998-05-01 |
        | Some day  | 9.00  | ebook  | 2999-01-01 |

    @R-B3
    Scenario: New releases
      When a visitor looks through the new releases
      Then they stand in this order: Sanditon, Emma

    @R-B3
    Scenario: Soon to come
      When a visitor looks through what is to come
      Then they stand in this order: Tomorrow, Some day

  Rule: Shelves tell how much stands on them

    @R-B3
    Scenario: A shelf counts what stands on the shelves under it, each book once
      Given a visitor looks at the shelves
      When the shop takes in:
        | title       | author       | format | price | category |
        | Persuasion  | Jane Austen  | ebook  | 9.50  | romance  |
        | Persuasion  | Jane Austen  | audiobook | 21.00 | romance  |
        | Dracula     | Bram Stoker  | ebook  | 12.00 | fiction  |
      Then 2 books of 1 work more stand under "Love stories"
      And 3 books of 2 works more stand under "Fiction"
      And 0 books of 0 works more stand under "Poetry"

  Rule: From a book to its work, its author and its series

    Background:
      Given the shop sells:
        | title          | author         | format    | price | series  | number  |
        | Nana           | Émile Zola     | ebook     | 9.00  | Rougon  | 9       |
        | Germinal       | Émile Zola     | ebook     | 9.00  | Rougon  | 13      |
        | Germinal       | Émile Zola     | audiobook | 19.00 | Rougon  | 13      |
        | The Beginnings | EMILE ZOLA     | ebook     | 3.00  | ROUGON  | Preface |
        | The Kill       | Émile Zola     | ebook     | 9.00  | Rougon  | 2       |
        | J'accuse       | Émile Zola     | ebook     | 1.00  |         |         |
        | The Rougon     | Another Author | ebook     | 5.00  | Rougon  | 1       |

    @R-B1 @R-B3
    Scenario: A work with all its editions
      When a visitor goes from "Germinal" to its work
      Then it comes as:
        | format    | price |
        | ebook     | 9.00  |
        | audiobook | 19.00 |

    @R-B3
    Scenario: What an author has written
      When a visitor goes from "Nana" to its author
      Then these works are shown: Germinal, J'accuse, Nana, The Beginnings, The Kill

    @R-B3
    Scenario: The volumes of a series stand in reading order
      When a visitor goes from "Germinal" to its series
      Then the works are in this order: The Kill, Nana, Germinal, The Beginnings

    @R-B3
    Scenario: A series of the same name by somebody else is another series
      When a visitor goes from "The Rougon" to its series
      Then the works are in this order: The Rougon
      And it points to the series of the same name by Émile Zola

    @R-B3
    Scenario: Looking for an author by the beginning of the name
      When a visitor looks for authors whose names begin with "emile zola"
      Then Émile Zola is found, with 5 works

    @R-B3
    Scenario: A withdrawn work is on no page any more
      When a member of staff withdraws "Nana"
      And a visitor goes from "Germinal" to its author
      Then these works are shown: Germinal, J'accuse, The Beginnings, The Kill
