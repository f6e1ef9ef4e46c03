"""The outbox empties in order for each aggregate, at least once; nobody waits for another's trouble."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from application.orders.errors import ProcessesUnavailable
from application.outbox.ports import WaitingEvent
from application.outbox.publish_events import PublishEvents
from application.shared.unavailable import CacheUnavailable
from domain.orders.events import OrderDispatched, OrderEnded
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.outbox import InMemoryOutbox, InMemoryStream
from tests.fakes.time import StandingClock

ONE, TWO = UUID(int=1), UUID(int=2)
React = Callable[[WaitingEvent], Awaitable[bool]]


class Post:
    """An outbox, a stream, and two reactions to `order_ended`."""

    def __init__(self) -> None:
        self.clock, self.outbox, self.stream = StandingClock(), InMemoryOutbox(), InMemoryStream()
        self.measurements = InMemoryMeasurements()
        self.reacted: list[str] = []
        self.reacted_too: list[str] = []
        self.trouble_with: set[UUID] = set()
        self.postponed: set[UUID] = set()
        self.publish = PublishEvents(
            outbox=self.outbox,
            stream=self.stream,
            reactions={"order_ended": [self.react, self.react_too]},
            clock=self.clock,
            measurements=self.measurements,
        )

    async def react(self, event: WaitingEvent) -> bool:
        if event.aggregate_id in self.trouble_with:
            raise ProcessesUnavailable("Not now.")
        if event.aggregate_id in self.postponed:
            return False
        self.reacted.append(str(event.payload["reason"]))
        return True

    async def react_too(self, event: WaitingEvent) -> bool:
        self.reacted_too.append(str(event.payload["reason"]))
        return True

    def happened(self, order: UUID, *reasons: str) -> None:
        at = self.clock.now()
        self.outbox.write(
            *(
                OrderEnded(aggregate_id=order, occurred_at=at, status="declined", reason=reason)
                for reason in reasons
            )
        )

    def told(self) -> list[str]:
        return [str(event.payload["reason"]) for event in self.stream.events]


@pytest.fixture
def post() -> Post:
    return Post()


async def test_events_are_reacted_to_published_and_then_gone(post: Post) -> None:
    post.happened(ONE, "a", "b")
    assert await post.publish() == (2, None)
    assert post.reacted == post.reacted_too == post.told() == ["a", "b"]
    assert await post.publish() == (0, None)


async def test_an_event_without_reaction_is_published_all_the_same(post: Post) -> None:
    post.outbox.write(OrderDispatched(aggregate_id=ONE, occurred_at=post.clock.now()))
    assert await post.publish() == (1, None)
    assert [event.name for event in post.stream.events] == ["order_dispatched"]


async def test_events_of_one_aggregate_go_out_in_the_order_they_happened(post: Post) -> None:
    for turn in range(20):
        post.happened(ONE, f"one {turn}")
        post.happened(TWO, f"two {turn}")
    await post.publish()
    for name in ("one", "two"):
        assert [told for told in post.told() if told.startswith(name)] == [f"{name} {t}" for t in range(20)]


async def test_a_stuck_event_holds_back_its_own_aggregate_and_nobody_else(post: Post) -> None:
    post.trouble_with.add(ONE)
    post.happened(ONE, "stuck", "behind it")
    post.happened(TWO, "free", "too")
    done, trouble = await post.publish()
    assert (done, type(trouble)) == (2, ProcessesUnavailable)
    assert post.told() == ["free", "too"]
    post.trouble_with.clear()
    assert await post.publish() == (2, None)
    assert post.told() == ["free", "too", "stuck", "behind it"]


async def test_a_postponed_event_comes_again_before_what_happened_after_it_and_is_no_trouble(
    post: Post,
) -> None:
    post.postponed.add(ONE)
    post.happened(ONE, "early", "later")
    post.happened(TWO, "other")
    assert await post.publish() == (1, None)
    post.postponed.clear()
    assert await post.publish() == (2, None)
    assert post.told() == ["other", "early", "later"]


async def test_what_went_out_before_the_trouble_does_not_go_out_again(post: Post) -> None:
    post.happened(ONE, "first")
    post.outbox.write(OrderDispatched(aggregate_id=ONE, occurred_at=post.clock.now()))
    post.happened(ONE, "last")
    original = post.react

    async def trouble_at_last(event: WaitingEvent) -> bool:
        if event.payload["reason"] == "last":
            raise ProcessesUnavailable("Not now.")
        return await original(event)

    post.publish._reactions = {"order_ended": [trouble_at_last]}
    done, _ = await post.publish()
    assert done == 2
    assert [e.name for e in await post.outbox.waiting(10)] == ["order_ended"]


async def test_a_stream_that_is_down_loses_nothing_and_reactions_come_again(post: Post) -> None:
    post.stream.down = True
    post.happened(ONE, "a", "b")
    done, trouble = await post.publish()
    assert (done, type(trouble)) == (0, CacheUnavailable)
    post.stream.down = False
    assert await post.publish() == (2, None)
    assert post.told() == ["a", "b"]
    assert post.reacted == ["a", "a", "b"]


async def test_a_mistake_of_our_own_is_said_aloud_once_the_others_events_are_noted(post: Post) -> None:
    async def mistaken(event: WaitingEvent) -> bool:
        if event.aggregate_id == ONE:
            raise KeyError
        return True

    post.publish._reactions = {"order_ended": [mistaken]}
    post.happened(ONE, "poison", "behind it")
    post.happened(TWO, "free")
    with pytest.raises(KeyError):
        await post.publish()
    assert post.told() == ["free"]
    assert [e.payload["reason"] for e in await post.outbox.waiting(10)] == ["poison", "behind it"]


async def test_a_later_reaction_is_not_asked_while_an_earlier_one_is_not_ready(post: Post) -> None:
    post.postponed.add(ONE)
    post.happened(ONE, "a")
    await post.publish()
    assert post.reacted_too == []


async def test_the_backlog_and_its_age_are_measured(post: Post) -> None:
    await post.publish.measure()
    assert post.measurements.waiting == (0, 0.0)
    post.happened(ONE, "a")
    post.clock.move(timedelta(seconds=90))
    post.happened(TWO, "b")
    await post.publish.measure()
    assert post.measurements.waiting == (2, 90.0)
