"""What Valkey promises to one process it does not give to another, whichever answer was lost."""

import asyncio
from dataclasses import dataclass, field

import pytest

from adapters.redis.turns.lease import NO_LEASE
from adapters.redis.turns.policies import BEGINS_AFTER, LASTS, microseconds
from adapters.redis.turns.seat import SEATS
from adapters.redis.turns.seating import GET_UP, SIT
from adapters.redis.turns.taking import TAKE
from tests.contract.turns.virtual import EPOCH, Server

BEGINS, HELD = microseconds(BEGINS_AFTER), microseconds(BEGINS_AFTER + LASTS)
APART = 240_001  # microseconds
SECOND = 1_000_000
FRESH = (-1, NO_LEASE)


@dataclass
class Office:
    """Two seats, and a clock that is moved by hand; all in microseconds."""

    url: str
    now: int = 0
    server: Server = field(init=False)

    def __post_init__(self) -> None:
        self.server = Server(self.url, clock=lambda: self.now / SECOND)
        self.start = round(EPOCH * SECOND)
        self.renew("nobody", 0, NO_LEASE)
        self.now += HELD + SECOND  # no earlier life is feared

    def renew(self, who: str, seat: int, has_from: int) -> tuple[int, int, int, int]:
        """The seat, the moment, and from and until when the new lease may be used."""
        args = [who, 2, seat, has_from, BEGINS, HELD - BEGINS]
        seat, moment, starts, ends = map(int, self.server.execute(SIT, [SEATS], args))
        return seat, moment, starts, ends

    def turn(self, who: str = "me", number: int = 1, lost: int = 0) -> tuple[bool, int]:
        """Whether there is one now; and the moment of the next one otherwise."""
        args = [*(who, 2, APART, 1, 0, 1, 60 * SECOND), *(1, 2, 5, number, lost)]
        said = self.server.execute(TAKE, ["turns:office", SEATS], args)
        return int(said[0]) == 1, self.moment + int(said[1])

    @property
    def moment(self) -> int:
        return round((EPOCH + self.now / SECOND) * SECOND)

    def moments(self, seat: int, after: int) -> int:
        """The first of that seat."""
        place = -(-after // APART)
        return (place + (2 * seat + 1 - place) % 4) * APART

    def wait_until(self, moment: int) -> None:
        self.now = moment - self.start


@pytest.fixture
async def office(redis_url: str) -> Office:
    assert asyncio.get_running_loop()  # the server has an event of its own
    return Office(redis_url.replace("db=0", "db=9"))  # shops of other tests have seats of their own


async def test_a_lease_begins_later_and_is_renewed_before_it_does(office: Office) -> None:
    seat, moment, starts, ends = office.renew("a", *FRESH)
    assert (seat, starts - moment, ends - moment) == (0, BEGINS, HELD)
    office.now += SECOND
    assert office.renew("a", seat, starts) == (0, moment + SECOND, starts + SECOND, ends + SECOND)


async def test_each_seat_has_one_holder_until_its_lease_has_ended(office: Office) -> None:
    assert [office.renew(who, *FRESH)[0] for who in ("a", "b", "c")] == [0, 1, -1]
    office.now += HELD + 1
    assert office.renew("c", *FRESH)[0] == 0


async def test_who_gets_up_leaves_its_seat_to_the_next(office: Office) -> None:
    office.renew("a", *FRESH)
    office.renew("b", *FRESH)
    office.server.execute(GET_UP, [SEATS], ["a", 1])  # not its own
    assert office.renew("c", *FRESH)[0] == -1
    office.server.execute(GET_UP, [SEATS], ["b", 1])
    office.now += 1
    assert office.renew("c", *FRESH)[0] == 1


async def test_another_number_of_seats_has_none(office: Office) -> None:
    said = office.server.execute(SIT, [SEATS], ["a", 3, -1, NO_LEASE, BEGINS, HELD])
    assert int(said[0]) == -1


async def test_a_lease_whose_news_were_lost_leaves_the_old_one_standing(office: Office) -> None:
    seat, _, starts, _ = office.renew("a", *FRESH)
    office.turn()
    office.now += BEGINS - SECOND // 2
    office.renew("a", seat, starts)  # it never hears of the new one, and uses the old one
    office.wait_until(office.moments(seat, starts) + 1_000)
    took, next_one = office.turn()
    assert not took
    assert next_one >= office.moments(seat, starts) + APART


async def test_moments_used_by_lease_keep_their_distance_after_the_lease_is_over(office: Office) -> None:
    seat, _, starts, _ = office.renew("a", *FRESH)
    office.turn()
    used = office.moments(seat, starts)
    office.wait_until(used + 1_000)  # it has just called
    _, _, newer, _ = office.renew("a", seat, starts)
    office.renew("a", seat, newer)  # and holds a lease that has not begun
    took, next_one = office.turn()
    assert not took
    assert next_one >= used + APART


async def test_moments_used_in_an_earlier_life_keep_their_distance(office: Office) -> None:
    seat, _, starts, _ = office.renew("a", *FRESH)
    office.turn()
    used = office.moments(seat, starts)
    office.wait_until(used - 2 * APART)
    office.server.rise(empty=True)
    office.turn()
    office.wait_until(used + 1_000)
    _, _, newer, _ = office.renew("a", seat, starts)
    office.renew("a", seat, newer)
    took, next_one = office.turn()
    assert not took
    assert next_one >= used + APART


async def test_in_a_new_life_a_seat_is_its_holder_s_and_nobody_else_s(office: Office) -> None:
    _, _, a_starts, _ = office.renew("a", *FRESH)
    office.renew("b", *FRESH)
    office.server.rise(empty=True)
    assert office.renew("c", *FRESH)[0] == -1
    assert office.renew("a", 0, a_starts)[0] == 0
    office.now += HELD + SECOND
    assert [office.renew(who, *FRESH)[0] for who in ("c", "d", "e")] == [0, 1, -1]  # nobody came back in time


async def test_a_turn_that_was_lost_is_free_again(office: Office) -> None:
    office.turn()
    office.now += SECOND * 2
    assert office.turn(number=2)[0]
    office.now += 60_000
    assert not office.turn("another")[0]
    assert office.turn(number=3, lost=2)[0]
    assert not office.turn(number=4)[0]


async def test_a_turn_is_not_lost_any_more_when_somebody_has_had_the_next(office: Office) -> None:
    office.turn()
    office.now += SECOND * 2
    assert office.turn(number=2)[0]
    office.now += APART
    assert office.turn("another")[0]
    assert not office.turn(number=3, lost=2)[0]


async def test_in_a_new_life_no_turn_was_lost(office: Office) -> None:
    office.turn()
    office.now += SECOND * 2
    assert office.turn(number=2)[0]
    office.server.rise()
    took, next_one = office.turn(number=3, lost=2)
    assert not took
    assert next_one >= office.moment + APART
