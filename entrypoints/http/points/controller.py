"""GET /v1/points."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from application.points.see_points import SeePoints
from application.points.views import LONGEST_PAGE
from domain.users.principal import Principal
from entrypoints.http.points.schemas import PointsAnswer


@get("/points", tags=["points"], description=SeePoints.__doc__)
async def see_points(
    reader: NamedDependency[Principal],
    see_points: NamedDependency[SeePoints],
    limit: Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE, description="How many.")] = 20,
    cursor: Annotated[int | None, QueryParameter(ge=1, description="The `next` of the page before.")] = None,
) -> PointsAnswer:
    """My points and how I came by them."""
    return PointsAnswer.of(await see_points(reader, before=cursor, limit=limit))
