"""Why points are minted: three deeds of a reader, each paid once, and staff's hand. Nothing else mints."""

from datetime import datetime
from typing import Final

from domain.points.account import BURN, MINT, Account
from domain.points.ledger import Movement, Transaction, transfer
from domain.shared.errors import InvalidInput
from domain.shared.ids import UserId, WorkId

# Enough for four first stakes of a quarter each, and no more than two books read: an account made for the
# grant alone must first sit through a meeting.
SIGN_UP: Final = 200
# A book read to its end earns a hundred, in whatever steps, pages or editions it was read.
PER_BOOK: Final = 100
# Who came to three meetings in a quarter of a year, whoever won the bets.
SEASON_BONUS: Final = 100
MEETINGS_FOR_BONUS: Final = 3
MOST_BY_HAND: Final = 1_000_000  # more in one go is a slip of the finger
_LONGEST_REASON: Final = 200  # characters
_PARTS_PER_POINT: Final = 1_000_000 // PER_BOOK  # progress is told in parts of a million


def sign_up_grant(reader: UserId, at: datetime) -> Transaction:
    """After the first meeting the reader attended."""
    return _mint(f"sign-up:{reader}", reader, SIGN_UP, "Welcome: you came to your first meeting.", at)


def points_read(high_water: int) -> int:
    """What a book read so far (parts of a million) has earned in all."""
    return high_water // _PARTS_PER_POINT


def reading_grant(
    reader: UserId, work: WorkId, *, paid: int, high_water: int, at: datetime
) -> Transaction | None:
    """What reading on earns above the `paid` points of this work: turning back and forth earns nothing."""
    earned = points_read(high_water)
    if earned <= paid:
        return None
    return _mint(
        f"reading:{reader}:{work}:{earned}", reader, earned - paid, f"You have read {earned} % of a book.", at
    )


def season_grant(reader: UserId, season: str, attended: int, at: datetime) -> Transaction | None:
    """Once a season, when the third meeting was attended."""
    if attended < MEETINGS_FOR_BONUS:
        return None
    words = f"You came to {MEETINGS_FOR_BONUS} meetings in {season}."
    return _mint(f"season:{season}:{reader}", reader, SEASON_BONUS, words, at)


def staff_grant(key: str, reader: UserId, amount: int, reason: str, at: datetime) -> Transaction:
    """By hand, on the books, with a reason that the reader sees."""
    return _mint(key, reader, _by_hand(amount), _said(reason), at)


def staff_burn(key: str, reader: UserId, amount: int, reason: str, at: datetime) -> Transaction:
    """Taken away by hand for good, on the books, with a reason that the reader sees."""
    return transfer(
        key,
        Movement.BURN,
        _by_hand(amount),
        taken_from=Account.of_reader(reader),
        given_to=BURN,
        reason=_said(reason),
        at=at,
    )


def _mint(key: str, reader: UserId, amount: int, reason: str, at: datetime) -> Transaction:
    return transfer(
        key, Movement.GRANT, amount, taken_from=MINT, given_to=Account.of_reader(reader), reason=reason, at=at
    )


def _by_hand(amount: int) -> int:
    if not 0 < amount <= MOST_BY_HAND:
        raise InvalidInput("amount", f"Name 1 to {MOST_BY_HAND} points.")
    return amount


def _said(reason: str) -> str:
    if not 0 < len(words := reason.strip()) <= _LONGEST_REASON:
        raise InvalidInput("reason", f"Say why in at most {_LONGEST_REASON} characters.")
    return words
