"""A price cheap beyond belief at a store in memory, and the process that waits for somebody's word on it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from temporalio.client import WorkflowHandle

from application.prices.ask_about_doubt import AskAboutDoubt
from application.prices.decide_as_staff import DecideAsStaff
from application.prices.decide_doubts import ApprovePrice, RejectPrice
from application.prices.second_looks import SecondLooks
from application.shared.unit_of_work import UnitOfWork
from domain.prices.doubt import Doubt, Standing
from domain.prices.offer import StoreName
from domain.shared.clock import Clock
from domain.shared.ids import UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.principal import Role
from domain.users.user import User
from tests.builders import NOON, usd
from tests.fakes.processes import InMemoryDoubtProcesses
from tests.fakes.time import CountingIds
from tests.price_builders import an_isbn, offer
from tests.price_world import LoopClock, Market
from workflows.suspicion.activities import SuspicionActivities
from workflows.suspicion.contracts import Suspicion, workflow_id
from workflows.suspicion.workflow import SuspicionWorkflow

if TYPE_CHECKING:
    from tests.workflows.conftest import World

Handle = WorkflowHandle[SuspicionWorkflow, Any]
CHEAP = StoreName("cheap")


@dataclass
class Suspects:
    """The store that asks too little, and what is doubted."""

    market: Market = field(default_factory=Market)
    processes: InMemoryDoubtProcesses = field(default_factory=InMemoryDoubtProcesses)

    def __post_init__(self) -> None:
        self.store = self.market.sells(CHEAP, 204, takes=0.0)
        self.market.shop()


def suspicion_steps(work: UnitOfWork, clock: Clock, suspects: Suspects) -> SuspicionActivities:
    """Every step of a suspicion."""
    market = suspects.market
    looks = SecondLooks(market.doubts, market, market.ask_store, LoopClock(), CountingIds())
    decide = market.doubts, suspects.processes, clock
    return SuspicionActivities(
        ask_about_doubt=AskAboutDoubt(market.doubts, looks),
        decide_as_staff=DecideAsStaff(work, ApprovePrice(*decide), RejectPrice(*decide)),
    )


async def doubted(world: "World") -> Doubt:
    """As a comparison of a minute ago left it."""
    suspect = offer(an_isbn(), 204, store=CHEAP, at=LoopClock().now() - timedelta(minutes=1))
    made = Doubt(uuid4(), suspect, usd(2_020), NOON)
    await world.suspects.market.doubts.add([made])
    return made


async def suspected(world: "World", made: Doubt) -> Handle:
    """Its process."""
    return await world.client.start_workflow(
        SuspicionWorkflow.run,
        Suspicion(str(made.id), f"cheap: {made.offer.isbn} for {made.offer.landed}."),
        id=workflow_id(made.id),
        task_queue=world.queue,
    )


async def somebody(world: "World", role: Role) -> UserId:
    """A reader with that role."""
    email = EmailAddress.parse(f"r{uuid4().hex}@example.org")
    user = User.register(UserId(uuid4()), email, "Jane", PasswordHash("x"), NOON)
    user.grant(role, None, NOON)
    async with world.unit_of_work() as work:
        await work.users.add(user)
    return user.id


async def standing(world: "World", doubt_id: UUID) -> Standing:
    """How it stands by the books."""
    return (await world.suspects.market.doubts.get(doubt_id)).standing
