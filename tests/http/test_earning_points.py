"""Points are earned in the whole shop: what is told over HTTP reaches the books by the outbox."""

from domain.points.grants import SIGN_UP
from domain.shared.ids import UserId
from tests.betting import Track
from tests.fakes.time import StandingClock
from tests.shop import Reader, Shop, eventually

BELIEVED_AT_ONCE = 8  # percent: thirty pages of a book of middling length, read before the first note


async def test_reading_and_coming_to_a_meeting_earn_points(shop: Shop) -> None:
    box, harriet = shop.container.adapters, await shop.reader()
    reader = UserId(harriet.user_id)
    track = Track(box.unit_of_work(), StandingClock(box.clock().now()))
    club = await track.club()
    async with track.unit_of_work() as work:
        joined = (await work.clubs.get(club)).receive(None, reader, None, track.clock.now(), invited=True)
        await work.clubs.keep(joined)
    meeting = await track.meeting(club)

    note = await shop.http.put(
        f"/v1/meetings/{meeting}/attendees", headers=harriet.headers, json={"percent": 50}
    )
    assert note.status_code == 200, note.text
    await track.came(meeting, reader)

    async def reasons() -> list[str]:
        told = await points(shop, harriet)
        return told if len(told) > 1 else []

    assert sorted(await eventually(reasons)) == sorted(
        [
            f"{BELIEVED_AT_ONCE}: You have read {BELIEVED_AT_ONCE} % of a book.",
            f"{SIGN_UP}: Welcome: you came to your first meeting.",
        ]
    )


async def points(shop: Shop, reader: Reader) -> list[str]:
    answer = (await shop.http.get("/v1/points", headers=reader.headers)).json()
    return [f"{entry['amount']}: {entry['reason']}" for entry in answer["entries"]]
