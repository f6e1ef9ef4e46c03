"""Is it running, can it serve, and what is missing? For load balancers and people."""

from typing import Annotated

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec

from application.health.check_readiness import CheckReadiness, DependencyHealth

NOT_READY = 503


class Live(msgspec.Struct, frozen=True):
    """The process runs and answers."""

    status: str = "ok"


class Ready(msgspec.Struct, frozen=True):
    """`ready` means that books can be browsed; every dependency says how it is, and what readers feel
    while it is lost.
    """

    ready: bool
    dependencies: Annotated[list[DependencyHealth], msgspec.Meta(description="In the order of their weight.")]


class Health(Controller):
    """Public: load balancers carry no tokens. Says no address, no version of the shop and no secret."""

    path = "/health"
    tags = ("Health",)

    @get("/live", sync_to_thread=False)
    def live(self) -> Live:
        """Answers 200 as long as the process runs: restart it when this stays silent."""
        return Live()

    @get("/ready", responses={NOT_READY: ResponseSpec(Ready, description="Send nobody here for now.")})
    async def ready(self, check_readiness: NamedDependency[CheckReadiness]) -> Response[Ready]:
        """Each dependency, looked at briefly and at most once a second; 503 while books cannot be browsed."""
        found = await check_readiness()
        body = Ready(ready=found.ready, dependencies=list(found.dependencies))
        return Response(body, status_code=200 if found.ready else NOT_READY)
