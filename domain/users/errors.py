"""What can go wrong with accounts, in the shop's words."""

from datetime import timedelta
from math import ceil

from domain.shared.errors import DomainError


class EmailTaken(DomainError):
    """Another account has this e-mail address."""

    code = "email_taken"

    def __init__(self) -> None:
        super().__init__(
            "There is already an account with this e-mail address; sign in instead.", field="email"
        )


class NoSuchUser(DomainError):
    """No account is meant by that."""

    code = "user_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such account.")


class NoSuchSession(DomainError):
    """The reader has no open session of that id."""

    code = "session_not_found"

    def __init__(self) -> None:
        super().__init__("You have no open session with this id.")


class WrongCredentials(DomainError):
    """Deliberately silent about which part was wrong: nobody learns here who has an account."""

    code = "wrong_credentials"

    def __init__(self) -> None:
        super().__init__("E-mail address and password do not belong together.")


class BusinessUnfinished(DomainError):
    """Somebody still has to pay, deliver or give back: for that they must know who she is."""

    code = "business_unfinished"

    def __init__(self, orders: int, purchases: int) -> None:
        super().__init__(
            "Orders, refunds or purchases of this account are under way. Cancel them, or wait for their end;"
            " then the account can be erased.",
            orders=orders,
            purchases=purchases,
        )


class RefreshTokenRejected(DomainError):
    """Unknown, expired, or used a second time; in the last case its session was ended."""

    code = "refresh_token_rejected"

    def __init__(self) -> None:
        super().__init__("This refresh token is not valid any more; sign in again.")


class TooManyAttempts(DomainError):
    """Somebody tries too fast; the wait is in whole seconds."""

    code = "too_many_attempts"

    def __init__(self, wait: timedelta) -> None:
        seconds = max(1, ceil(wait.total_seconds()))
        super().__init__(f"Too many attempts; try again in {seconds} s.", retry_after=seconds)


class SignInBusy(DomainError):
    """More passwords wait to be checked than the process checks in a second."""

    code = "sign_in_busy"

    def __init__(self) -> None:
        super().__init__("Very many people are signing in; try again in a moment.", retry_after=2)
