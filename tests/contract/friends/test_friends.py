"""What readers have to do with each other, in memory and in PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.friends.errors import (
    BlockedByYou,
    DeclinedLately,
    FriendRequestNotFound,
    FriendRequestWaits,
    OneselfMeant,
    ReaderNotFound,
    TooManyFriendRequests,
)
from domain.friends.friendship import DECLINED_FOR, Bond, Friendship, Standing
from domain.friends.limits import MOST_UNANSWERED
from domain.friends.pair import Pair
from domain.shared.ids import UserId
from tests.builders import NOON
from tests.contract.friends.conftest import Salon


async def test_a_friendship_comes_back_at_every_step_of_its_way(salon: Salon) -> None:
    anna, ben = await salon.reader(), await salon.reader()
    tie, later = Friendship(pair=Pair.of(anna, ben)), NOON + timedelta(hours=1)
    steps = (
        lambda it: it.ask(anna, NOON),
        lambda it: it.decline(ben, later),
        lambda it: it.ask(ben, later),
        lambda it: it.decline(anna, later),
        lambda it: it.block(ben, later),
        lambda it: it.block(anna, NOON),
        lambda it: it.unblock(ben),
        lambda it: it.unblock(anna),
        lambda it: it.ask(anna, later + DECLINED_FOR),
        lambda it: it.accept(ben, later + DECLINED_FOR),
        lambda it: it.part(ben, later),
    )
    for step in steps:
        step(tie)
        async with salon.unit_of_work() as work:
            await work.friendships.save(tie)
        async with salon.unit_of_work() as work:
            assert await work.friendships.between(tie.pair) == tie
    assert tie.is_blank


async def test_readers_meet_by_the_code_of_a_card(salon: Salon) -> None:
    anna, ben = await salon.reader(), await salon.reader()
    await salon.signs(ben, "Ben")
    asked = await salon.asks(anna, ben)
    assert (asked.other, asked.changed) == (ben, True)
    assert not (await salon.asks(anna, ben)).changed
    told = await salon.views.one(anna, ben)
    assert (told.reader_id, told.display_name, told.standing, told.since) == (
        ben,
        "Ben",
        Standing.ASKED_BY_YOU,
        NOON,
    )
    assert (await salon.views.one(ben, anna)).display_name is None
    assert await salon.listed(anna) == {"asked_by_you": [ben]}
    assert await salon.listed(ben) == {"asks_you": [anna]}
    salon.clock.move(timedelta(hours=1))
    await salon.accepts(ben, anna)
    await salon.accepts(ben, anna)
    for one, other in ((anna, ben), (ben, anna)):
        assert await salon.listed(one) == {"friends": [other]}
        assert (await salon.views.one(one, other)).since == salon.clock.now()


async def test_two_who_ask_each_other_are_friends(salon: Salon) -> None:
    anna, ben = await salon.reader(), await salon.reader()
    await salon.friends(anna, ben)
    assert await salon.listed(anna) == {"friends": [ben]}


async def test_a_no_holds_in_one_direction_for_thirty_days(salon: Salon) -> None:
    anna, ben = await salon.reader(), await salon.reader()
    await salon.asks(anna, ben)
    await salon.declines(ben, anna)
    assert await salon.listed(anna) == await salon.listed(ben) == {}
    with pytest.raises(DeclinedLately):
        await salon.asks(anna, ben)
    salon.clock.move(DECLINED_FOR)
    await salon.asks(anna, ben)
    await salon.declines(ben, anna)
    await salon.asks(ben, anna)
    assert await salon.listed(anna) == {"asks_you": [ben]}
    await salon.asks(anna, ben)
    assert await salon.listed(anna) == {"friends": [ben]}


async def test_what_was_not_asked_is_not_answered(salon: Salon) -> None:
    anna, ben = await salon.reader(), await salon.reader()
    for answer in (salon.accepts, salon.declines):
        with pytest.raises(FriendRequestNotFound):
            await answer(ben, anna)
        with pytest.raises(FriendRequestNotFound):
            await answer(ben, UserId(uuid4()))
    await salon.asks(anna, ben)
    with pytest.raises(FriendRequestNotFound):
        await salon.accepts(anna, ben)
    with pytest.raises(FriendRequestWaits):
        await salon.parts(ben, anna)
    await salon.parts(anna, ben)
    await salon.parts(anna, UserId(uuid4()))
    assert await salon.listed(anna) == await salon.listed(ben) == {}


async def test_a_block_hides_both_from_each_other_and_tells_one_of_it(salon: Salon) -> None:
    anna, ben = await salon.reader(), await salon.reader()
    await salon.friends(anna, ben)
    await salon.blocks(ben, anna)
    assert await salon.listed(anna) == {}
    assert await salon.listed(ben) == {"blocked_by_you": [anna]}
    with pytest.raises(ReaderNotFound) as blocked:
        await salon.asks(anna, ben)
    with pytest.raises(ReaderNotFound) as unknown:
        await salon.views.one(anna, ben)
    assert str(blocked.value) == str(unknown.value)
    with pytest.raises(BlockedByYou):
        await salon.asks(ben, anna)
    await salon.unblocks(ben, anna)
    await salon.unblocks(ben, anna)
    assert await salon.listed(ben) == {}
    assert (await salon.asks(anna, ben)).changed


async def test_a_stranger_is_blocked_as_soon_as_her_id_is_known(salon: Salon) -> None:
    anna, ben = await salon.reader(), await salon.reader()
    await salon.blocks(anna, ben)
    assert await salon.listed(anna) == {"blocked_by_you": [ben]}
    with pytest.raises(ReaderNotFound):
        await salon.blocks(anna, UserId(uuid4()))
    assert await salon.listed(anna) == {"blocked_by_you": [ben]}


async def test_nobody_has_to_do_with_herself(salon: Salon) -> None:
    anna = await salon.reader()
    with pytest.raises(OneselfMeant):
        await salon.asks(anna, anna)
    for deed in (salon.accepts, salon.declines, salon.parts, salon.blocks, salon.unblocks, salon.views.one):
        with pytest.raises(OneselfMeant):
            await deed(anna, anna)


async def test_a_card_is_printed_once_and_signed_at_will(salon: Salon) -> None:
    anna = await salon.reader()
    card = await salon.card(anna)
    assert (await salon.card(anna)) == card
    assert card.display_name is None
    for name in ("Anna", None, "A."):
        signed = await salon.signs(anna, name)
        assert (signed.code, signed.display_name) == (card.code, name)
        assert await salon.card(anna) == signed


async def test_an_old_code_leads_nowhere_and_friends_stay_friends(salon: Salon) -> None:
    anna, ben, clara = await salon.reader(), await salon.reader(), await salon.reader()
    await salon.friends(anna, ben)
    old = (await salon.card(anna)).code
    renewed = await salon.renews(anna)
    assert renewed.code != old
    async with salon.unit_of_work() as work:
        assert await work.calling_cards.holder(renewed.code) == anna
        with pytest.raises(ReaderNotFound):
            await work.calling_cards.holder(old)
    assert await salon.listed(ben) == {"friends": [anna]}
    assert (await salon.asks(clara, anna)).other == anna


async def test_who_asks_very_many_people_waits_for_answers(salon: Salon) -> None:
    anna, ben, clara = await salon.reader(), await salon.reader(), await salon.reader()
    others = await salon.readers(MOST_UNANSWERED - 1)
    async with salon.unit_of_work() as work:
        for other in others:
            pair = Pair.of(anna, other)
            await work.friendships.save(Friendship(pair=pair, bond=Bond.ASKED, asked_by=anna, since=NOON))
    await salon.asks(anna, ben)
    with pytest.raises(TooManyFriendRequests):
        await salon.asks(anna, clara)
    assert (await salon.listed(clara)) == {}
    assert not (await salon.asks(anna, ben)).changed
    await salon.asks(clara, anna)
    assert (await salon.asks(anna, clara)).changed, "to say yes there is always room"
