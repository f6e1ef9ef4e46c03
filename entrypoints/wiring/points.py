"""Points: what readers see of them, what mints them."""

from dependency_injector import providers

from application.points.change_by_hand import BurnPoints, GrantPoints
from application.points.pay_for_deeds import PayForAttendance, PayForReading
from application.points.see_points import SeePoints
from entrypoints.wiring.clubs import ClubsUseCases


class PointsUseCases(ClubsUseCases):
    """Points."""

    adapters = ClubsUseCases.adapters

    see_points = providers.Singleton(SeePoints, adapters.points_views)
    grant_points = providers.Singleton(GrantPoints, adapters.unit_of_work, adapters.clock, adapters.ids)
    burn_points = providers.Singleton(BurnPoints, adapters.unit_of_work, adapters.clock, adapters.ids)
    pay_for_reading = providers.Singleton(PayForReading, adapters.unit_of_work, adapters.clock)
    pay_for_attendance = providers.Singleton(PayForAttendance, adapters.unit_of_work, adapters.clock)
