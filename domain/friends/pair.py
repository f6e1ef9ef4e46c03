"""Two readers, in no order: whoever of them comes first, it is the same pair."""

from dataclasses import dataclass
from typing import Self

from domain.friends.errors import OneselfMeant
from domain.shared.ids import UserId


@dataclass(frozen=True, slots=True)
class Pair:
    """`lesser` and `greater` by their ids, so that there is one of each pair."""

    lesser: UserId
    greater: UserId

    @classmethod
    def of(cls, one: UserId, other: UserId) -> Self:
        """Raises `OneselfMeant`."""
        if one == other:
            raise OneselfMeant
        return cls(min(one, other), max(one, other))

    def other(self, reader: UserId) -> UserId:
        """The one who is not this reader."""
        return self.greater if reader == self.lesser else self.lesser
