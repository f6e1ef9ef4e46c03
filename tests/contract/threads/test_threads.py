"""What a club talks about, in memory and in PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest

from application.threads.views import ThreadQuery
from application.threads.write_post import Place
from domain.clubs.errors import ClubNotFound, NotAHost, NotAMember
from domain.meetings.errors import EditionLengthUnknown, MeetingNotFound
from domain.meetings.progress import Position, Unit
from domain.shared.errors import StaleVersion
from domain.shared.ids import MeetingId, PostId, ThreadId
from domain.threads.errors import (
    NotYourPost,
    PositionNotTold,
    PositionWithoutWork,
    PostIsHidden,
    PostNotFound,
    ThreadClosed,
    ThreadNotFound,
    TooManyPosts,
)
from domain.threads.limits import POSTS_IN_A_WHILE, WINDOW
from domain.threads.post import HidingReason, Sight
from tests.contract.threads.conftest import Parlour


async def test_a_thread_tells_what_it_is_about(parlour: Parlour) -> None:
    older, thread = await parlour.thread("The ball"), await parlour.thread("  Box \n Hill ")
    member = await parlour.member(read=40)
    await parlour.says(member, thread)
    told = await parlour.sees.one(member, thread)
    meeting = await parlour.village.sees_meeting(parlour.meeting, member)
    assert (told.thread_id, told.club_id, told.meeting_id, told.work_id) == (
        thread,
        parlour.club,
        parlour.meeting,
        meeting.work_id,
    )
    assert (told.title, told.opened_by, told.closed_at) == ("Box Hill", parlour.host, None)
    assert (told.posts, told.last_post_at) == (1, parlour.village.clock.now())
    loose = await parlour.opens(member, parlour.club, None, "Biscuits")
    for meeting_id, threads in ((None, [loose, thread, older]), (parlour.meeting, [thread, older])):
        page = await parlour.sees(member, ThreadQuery(club_id=parlour.club, meeting_id=meeting_id))
        assert [one.thread_id for one in page.items] == threads


async def test_a_post_is_open_to_those_who_have_read_so_far(parlour: Parlour) -> None:
    thread = await parlour.thread()
    anna, ben, clara = await parlour.member(read=50), await parlour.member(read=49), await parlour.member()
    post = await parlour.says(anna, thread, "He proposes.")
    assert await parlour.heard(anna, thread) == ["He proposes."]
    [ahead] = await parlour.posts(ben, thread)
    assert (ahead.sight, ahead.text, ahead.position, ahead.author_id) == (Sight.AHEAD, None, 500_000, anna)
    assert (await parlour.reads.one(clara, thread, post)).sight is Sight.AHEAD
    await parlour.has_read(ben, 50)
    await parlour.has_read(ben, 3)  # leafing back closes nothing
    assert await parlour.heard(ben, thread) == ["He proposes."]
    assert await parlour.heard(clara, thread) == [None]


async def test_its_author_says_how_much_it_gives_away(parlour: Parlour) -> None:
    thread = await parlour.thread()
    anna, ben = await parlour.member(read=90), await parlour.member(read=10)
    for text, percent in (("Nice dress.", 5), ("She marries him.", 100)):
        await parlour.says(anna, thread, text, percent)
    assert await parlour.heard(ben, thread) == ["Nice dress.", None]
    assert await parlour.heard(anna, thread) == ["Nice dress.", "She marries him."]


async def test_progress_for_another_club_counts_and_another_work_s_does_not(parlour: Parlour) -> None:
    thread, ben = await parlour.thread(), await parlour.member()
    await parlour.says(await parlour.member(read=50), thread, "He proposes.")
    work = (await parlour.village.sees_meeting(parlour.meeting, ben)).work_id
    other_host = await parlour.village.reader()
    other_club = await parlour.village.club(other_host)
    foreign = await parlour.village.meeting(other_club, other_host)
    same = await parlour.village.meeting(other_club, other_host, work)
    await parlour.has_read(ben, 100, meeting=foreign)
    assert await parlour.heard(ben, thread) == [None]
    await parlour.has_read(ben, 60, meeting=same)
    assert await parlour.heard(ben, thread) == ["He proposes."]


async def test_pages_are_counted_in_the_edition_she_reads(parlour: Parlour) -> None:
    thread, anna = await parlour.thread(), await parlour.member()
    page = Place(Unit.PAGE, 160)
    with pytest.raises(EditionLengthUnknown):
        await parlour.writes(anna, thread, "Here.", page)
    await parlour.tells(anna, Position.told(Unit.PAGE, 200, 320))
    await parlour.writes(anna, thread, "Here.", page)
    await parlour.writes(anna, thread, "There.", Place(Unit.SECONDS, 900, 3_600))
    assert [post.position for post in await parlour.posts(anna, thread)] == [500_000, 250_000]


async def test_who_keeps_her_progress_to_herself_says_how_much_she_gives_away(parlour: Parlour) -> None:
    thread, anna = await parlour.thread(), await parlour.member(read=70, sealed=True)
    with pytest.raises(PositionNotTold):
        await parlour.says(anna, thread)
    await parlour.says(anna, thread, "Nice dress.", 5)
    assert [post.position for post in await parlour.posts(anna, thread)] == [50_000]


async def test_where_nothing_is_read_nothing_is_given_away(parlour: Parlour) -> None:
    anna, ben = await parlour.member(read=70), await parlour.member()
    thread = await parlour.opens(anna, parlour.club, None, "Biscuits")
    await parlour.says(anna, thread, "Shortbread.")
    [post] = await parlour.posts(ben, thread)
    assert (post.text, post.position) == ("Shortbread.", None)
    with pytest.raises(PositionWithoutWork):
        await parlour.says(anna, thread, "Scones.", 50)


async def test_a_post_is_revised_by_its_author_on_the_version_she_has_seen(parlour: Parlour) -> None:
    thread, anna, ben = await parlour.thread(), await parlour.member(read=50), await parlour.member(read=50)
    post = await parlour.says(anna, thread, "Frnak!")
    with pytest.raises(NotYourPost):
        await parlour.revises(ben, thread, post, text="Mine.", place=None, seen=1)
    parlour.village.clock.move(timedelta(minutes=1))
    for _ in range(2):
        await parlour.revises(anna, thread, post, text="Frank!", place=None, seen=None)
    with pytest.raises(StaleVersion):
        await parlour.revises(anna, thread, post, text="Frank?", place=None, seen=1)
    [told] = await parlour.posts(ben, thread)
    assert (told.text, told.position, told.revised_at) == ("Frank!", 500_000, parlour.village.clock.now())
    await parlour.revises(anna, thread, post, text="Frank!", place=Place(Unit.PERCENT, 51), seen=told.version)
    assert await parlour.heard(ben, thread) == [None]
    with pytest.raises(PostNotFound):
        await parlour.revises(anna, thread, PostId(uuid4()), text="?", place=None, seen=None)


async def test_what_is_taken_back_is_gone_also_for_who_has_left(parlour: Parlour) -> None:
    thread, anna, ben = await parlour.thread(), await parlour.member(), await parlour.member()
    post = await parlour.says(anna, thread, "I should not have said that.")
    with pytest.raises(NotYourPost):
        await parlour.withdraws(ben, thread, post)
    await parlour.village.leaves(anna, parlour.club)
    with pytest.raises(ThreadNotFound):
        await parlour.posts(anna, thread)
    await parlour.withdraws(anna, thread, post)
    assert await parlour.posts(ben, thread) == []
    for gone in (parlour.withdraws(anna, thread, post), parlour.reads.one(ben, thread, post)):
        with pytest.raises(PostNotFound):
            await gone


async def test_a_host_hides_what_should_not_be_read_and_its_author_sees_why(parlour: Parlour) -> None:
    thread, anna, ben = await parlour.thread(), await parlour.member(), await parlour.member()
    post = await parlour.says(anna, thread, "You are all fools.")
    with pytest.raises(NotAHost):
        await parlour.hides(ben, thread, post, HidingReason.OFFENSIVE)
    for _ in range(2):
        await parlour.hides(parlour.host, thread, post, HidingReason.OFFENSIVE)
    seen = {reader: (await parlour.posts(reader, thread))[0] for reader in (anna, ben, parlour.host)}
    assert [(p.sight, p.text, p.reason) for p in seen.values()] == [
        (Sight.OPEN, "You are all fools.", "offensive"),
        (Sight.HIDDEN, None, None),
        (Sight.HIDDEN, None, "offensive"),
    ]
    assert (await parlour.reads.one(parlour.host, thread, post)).text == "You are all fools."
    with pytest.raises(PostIsHidden):
        await parlour.revises(anna, thread, post, text="Well.", place=None, seen=None)
    await parlour.shows(parlour.host, thread, post)
    assert await parlour.heard(ben, thread) == ["You are all fools."]


async def test_a_host_who_has_to_decide_reads_ahead_when_she_opens_a_post(parlour: Parlour) -> None:
    thread = await parlour.thread()
    post = await parlour.says(await parlour.member(read=90), thread, "She marries him.")
    assert await parlour.heard(parlour.host, thread) == [None]
    assert (await parlour.reads.one(parlour.host, thread, post)).text == "She marries him."


async def test_a_closed_thread_is_read_and_not_added_to(parlour: Parlour) -> None:
    thread, anna = await parlour.thread(), await parlour.member()
    post = await parlour.says(anna, thread, "So there.")
    with pytest.raises(NotAHost):
        await parlour.closes(anna, thread)
    await parlour.closes(parlour.host, thread)
    with pytest.raises(ThreadClosed):
        await parlour.says(anna, thread)
    with pytest.raises(ThreadClosed):
        await parlour.revises(anna, thread, post, text="No.", place=None, seen=None)
    assert await parlour.heard(anna, thread) == ["So there."]
    assert (await parlour.sees.one(anna, thread)).closed_at is not None
    await parlour.reopens(parlour.host, thread)
    await parlour.says(anna, thread)


async def test_two_who_block_each_other_s_sight_do_not_hear_each_other(parlour: Parlour) -> None:
    thread, anna, ben = await parlour.thread(), await parlour.member(), await parlour.member()
    mine, hers = await parlour.says(anna, thread, "Anna's."), await parlour.says(ben, thread, "Ben's.")
    await parlour.blocks(anna, ben)
    assert await parlour.heard(anna, thread) == ["Anna's."]
    assert await parlour.heard(ben, thread) == ["Ben's."]
    for reader, post in ((anna, hers), (ben, mine)):
        with pytest.raises(PostNotFound):
            await parlour.reads.one(reader, thread, post)
    assert await parlour.heard(await parlour.member(), thread) == ["Anna's.", "Ben's."]
    await parlour.blocks(parlour.host, ben)
    assert await parlour.heard(parlour.host, thread) == ["Anna's.", "Ben's."]


async def test_what_is_said_in_a_club_is_for_its_members(parlour: Parlour) -> None:
    thread, stranger = await parlour.thread(), await parlour.village.reader()
    for closed in (
        parlour.says(stranger, thread),
        parlour.posts(stranger, thread),
        parlour.sees.one(stranger, thread),
        parlour.closes(stranger, thread),
    ):
        with pytest.raises(ThreadNotFound):
            await closed
    for closed in (
        parlour.opens(stranger, parlour.club, None, "Hello?"),
        parlour.sees(stranger, ThreadQuery(club_id=parlour.club)),
    ):
        with pytest.raises(ClubNotFound):
            await closed
    with pytest.raises(ThreadNotFound):
        await parlour.posts(parlour.host, ThreadId(uuid4()))
    open_club = await parlour.village.club(parlour.host)
    public = await parlour.opens(parlour.host, open_club, None, "Biscuits")
    for closed in (parlour.posts(stranger, public), parlour.says(stranger, public)):
        with pytest.raises(NotAMember):
            await closed


async def test_a_thread_is_about_a_meeting_of_its_own_club(parlour: Parlour) -> None:
    host = await parlour.village.reader()
    elsewhere = await parlour.village.meeting(await parlour.village.club(host), host)
    for meeting in (elsewhere, MeetingId(uuid4())):
        with pytest.raises(MeetingNotFound):
            await parlour.opens(parlour.host, parlour.club, meeting, "Theirs")


async def test_nobody_talks_all_the_time(parlour: Parlour) -> None:
    thread, anna = await parlour.thread(), await parlour.member()
    for _ in range(POSTS_IN_A_WHILE - 1):
        await parlour.says(anna, thread)
    await parlour.withdraws(anna, thread, await parlour.says(anna, thread))
    with pytest.raises(TooManyPosts) as refused:
        await parlour.says(anna, thread)
    assert refused.value.details == {"retry_after": WINDOW.total_seconds()}
    parlour.village.clock.move(WINDOW)
    await parlour.says(anna, thread)
