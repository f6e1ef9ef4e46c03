"""How a club describes itself."""

from dataclasses import dataclass, fields
from typing import Final, Self

from domain.clubs.standing import Visibility
from domain.shared.errors import InvalidInput
from domain.shared.wording import folded, one_line, paragraphs

LONGEST_NAME: Final = 80
LONGEST_LOCATION: Final = 80  # a town or a quarter; an address belongs to a meeting
LONGEST_DESCRIPTION: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubFacts:
    """`genre` is the slug of one of the shop's categories. `betting`: whether its meetings may be bet on."""

    name: str
    location: str | None = None
    genre: str | None = None
    description: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    betting: bool = True

    @classmethod
    def parse(
        cls,
        *,
        name: str,
        location: str | None = None,
        genre: str | None = None,
        description: str | None = None,
        private: bool = False,
        betting: bool = True,
    ) -> Self:
        """Bring what somebody typed into one form. Raises `InvalidInput`."""
        called = one_line("name", name, LONGEST_NAME)
        if called is None:
            raise InvalidInput("name", "A club needs a name.")
        return cls(
            name=called,
            location=one_line("location", location, LONGEST_LOCATION),
            genre=genre,
            description=paragraphs("description", description, LONGEST_DESCRIPTION),
            visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
            betting=betting,
        )

    @property
    def name_key(self) -> str:
        """Under this the name is found."""
        return folded(self.name)

    @property
    def location_key(self) -> str | None:
        """Under this the place is found."""
        return None if self.location is None else folded(self.location)

    def changed(self, other: "ClubFacts") -> tuple[str, ...]:
        """The names of what differs."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) != getattr(other, f.name))
