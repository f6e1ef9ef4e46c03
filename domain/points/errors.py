"""What can go wrong with points, in a club's words."""

from domain.shared.errors import DomainError


class NotEnoughPoints(DomainError):
    """The balance does not reach so far: nobody can spend points that they do not have."""

    code = "not_enough_points"


class BooksDoNotBalance(DomainError):
    """A transaction takes more than it gives, or less: a mistake of ours, and nothing was written."""

    code = "books_do_not_balance"
