"""/v1/clubs: found, find and describe them."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter

from application.clubs.found_club import FoundClub
from application.clubs.see_clubs import ListClubs, SeeClub
from application.clubs.views import LONGEST_PAGE, ClubDetail, ClubPage, ClubQuery
from application.meetings.see_meetings import ListMeetings
from application.meetings.views import MeetingPage
from domain.clubs.facts import LONGEST_LOCATION, LONGEST_NAME
from domain.shared.ids import ClubId
from domain.users.principal import NotAuthenticated, Principal
from entrypoints.http.books.versions import version_tag
from entrypoints.http.clubs.schemas import NewClub

Limit = Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE, description="How many.")]
NextOfBefore = Annotated[str | None, QueryParameter(description="The `next` of the page before.")]
IfMatch = Annotated[
    str | None, HeaderParameter(name="If-Match", required=False, description="The ETag as you read it.")
]
_encode: Final = msgspec.json.Encoder().encode


class Clubs(Controller):
    """Open to everybody but for what is private, and to its members for that."""

    path = "/clubs"
    tags = ("Clubs",)

    @get(description=ListClubs.__doc__)
    async def find(
        self,
        *,
        visitor: NamedDependency[Principal | None],
        list_clubs: NamedDependency[ListClubs],
        q: Annotated[
            str | None, QueryParameter(max_length=LONGEST_NAME, description="Words of the name.")
        ] = None,
        location: Annotated[
            str | None, QueryParameter(max_length=LONGEST_LOCATION, description="Words of the place.")
        ] = None,
        genre: Annotated[
            str | None, QueryParameter(max_length=100, description="A category, with those under it.")
        ] = None,
        mine: Annotated[bool, QueryParameter(description="Only those you are in.")] = False,
        limit: Limit = 20,
        cursor: NextOfBefore = None,
    ) -> ClubPage:
        """A page of the directory."""
        if mine and visitor is None:
            raise NotAuthenticated("Sign in to see your own clubs.")
        reader = visitor.user_id if visitor else None
        query = ClubQuery(
            reader=reader, q=q, location=location, genre=genre, mine=mine, limit=limit, cursor=cursor
        )
        return await list_clubs(query)

    @post(description=FoundClub.__doc__)
    async def found(
        self,
        data: JSONBody[NewClub],
        reader: NamedDependency[Principal],
        found_club: NamedDependency[FoundClub],
        see_club: NamedDependency[SeeClub],
    ) -> Response[ClubDetail]:
        """My club."""
        club_id = await found_club(reader.user_id, data.facts(), data.founder_name())
        club = await see_club(club_id, reader.user_id)
        return page_of(club, status=201, Location=f"/v1/clubs/{club_id}")

    @get("/{club_id:uuid}", description=SeeClub.__doc__)
    async def see(
        self,
        club_id: FromPath[UUID],
        visitor: NamedDependency[Principal | None],
        see_club: NamedDependency[SeeClub],
    ) -> Response[ClubDetail]:
        """One club, with the ETag that changes need."""
        return page_of(await see_club(ClubId(club_id), visitor.user_id if visitor else None))

    @get("/{club_id:uuid}/meetings", description=ListMeetings.__doc__)
    async def meetings(
        self,
        *,
        club_id: FromPath[UUID],
        visitor: NamedDependency[Principal | None],
        list_meetings: NamedDependency[ListMeetings],
        over: Annotated[bool, QueryParameter(description="Those of the past.")] = False,
        limit: Limit = 20,
        cursor: NextOfBefore = None,
    ) -> MeetingPage:
        """What the club has ahead, or behind it."""
        reader = visitor.user_id if visitor else None
        return await list_meetings(ClubId(club_id), reader, over=over, limit=limit, cursor=cursor)


def page_of(club: ClubDetail, status: int = 200, **headers: str) -> Response[Any]:
    """A club with its tag, as this reader sees it."""
    body = _encode(club)
    told = {"ETag": version_tag(club.version, body), "Cache-Control": "private, no-cache", **headers}
    return Response(body, status_code=status, media_type="application/json", headers=told)
