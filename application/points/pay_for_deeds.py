"""Points that readers earn: by reading, and by coming to meetings."""

from application.shared.unit_of_work import UnitOfWork
from domain.points.grants import points_read, reading_grant, season_grant, sign_up_grant
from domain.shared.clock import Clock
from domain.shared.ids import UserId, WorkId


class PayForReading:
    """A book read on earns a point a percent, above the furthest place that was paid before: turning back and
    forth, another edition or another club earn nothing.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, work_id: WorkId, high_water: int) -> None:
        """`high_water` in parts of a million; what was paid is not paid again."""
        async with self._unit_of_work() as work:
            paid = await work.reading_marks.paid(reader, work_id)
            grant = reading_grant(reader, work_id, paid=paid, high_water=high_water, at=self._clock.now())
            if grant is not None:
                await work.reading_marks.pay(reader, work_id, points_read(high_water))
                await work.points.post(grant)


class PayForAttendance:
    """The first meeting that a reader attends earns the points to begin with, and the third of a season its
    bonus; each once.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, season: str, attended_in_season: int) -> None:
        """After a meeting that the reader attended."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            await work.points.post(sign_up_grant(reader, now))
            bonus = season_grant(reader, season, attended_in_season, now)
            if bonus is not None:
                await work.points.post(bonus)
