"""What can go wrong when a club buys a book together."""

from domain.shared.errors import DomainError


class ClubBuyNotFound(DomainError):
    """There is no such club buy, or it is none of this reader's business."""

    code = "club_buy_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such club buy.")


class ClubBuyIsOver(DomainError):
    """A host has closed it, or its latest date has come: nobody joins any more. Who is in keeps her watch."""

    code = "club_buy_is_over"

    def __init__(self) -> None:
        super().__init__("This club buy is over; a watch of your own can still wait for the price.")


class AlreadyInClubBuy(DomainError):
    """She takes part with a watch that goes on, or has bought: another would buy her a second copy."""

    code = "already_in_club_buy"

    def __init__(self) -> None:
        super().__init__("You take part already; change or end your watch instead.")


class PricesAreOff(DomainError):
    """This shop asks no other bookstores what they charge: there is no price that a club could wait for."""

    code = "prices_are_off"

    def __init__(self) -> None:
        super().__init__(
            "This shop asks no other bookstores for prices just now: there is nothing to wait for. Buy the"
            " book here, or ask again when prices are on."
        )
