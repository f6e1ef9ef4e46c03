"""What can go wrong between readers."""

from datetime import datetime

from domain.shared.errors import DomainError


class ReaderNotFound(DomainError):
    """Nobody is meant by this, or nobody any more, or somebody who does not want to be found by you: the
    three answer alike.
    """

    code = "reader_not_found"

    def __init__(self) -> None:
        super().__init__("Nobody can be found by this; ask her for the code of her calling card as it is.")


class OneselfMeant(DomainError):
    """This is you: nobody is her own friend, and nobody blocks herself."""

    code = "oneself_meant"

    def __init__(self) -> None:
        super().__init__("This is you.")


class BlockedByYou(DomainError):
    """You block this reader; unblock her before you ask her anything."""

    code = "blocked_by_you"

    def __init__(self) -> None:
        super().__init__("You block this reader; unblock her first.")


class DeclinedLately(DomainError):
    """She has declined within thirty days. She may ask you at any time, you her from `again_at` on."""

    code = "declined_lately"

    def __init__(self, again_at: datetime) -> None:
        super().__init__(
            "She has declined lately. She may ask you at any time; you may ask her again later.",
            again_at=again_at.isoformat(),
        )


class FriendRequestNotFound(DomainError):
    """This reader does not ask to be your friend, or does not any more."""

    code = "friend_request_not_found"

    def __init__(self) -> None:
        super().__init__("This reader does not ask to be your friend.")


class FriendRequestWaits(DomainError):
    """There is no friendship to end yet: she waits for your answer."""

    code = "friend_request_waits"

    def __init__(self) -> None:
        super().__init__("This reader waits for your answer: accept or decline.")


class TooManyFriendRequests(DomainError):
    """As many readers as one may ask at a time have not answered yet."""

    code = "too_many_friend_requests"

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} readers have not answered you yet; wait for them, or take some back.")
