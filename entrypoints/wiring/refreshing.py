"""Keeping prices fresh."""

import random
import time

from dependency_injector import providers

from application.prices.refreshing.dead_letters import SeeDeadLetters, SendAgain
from application.prices.refreshing.pick_books import PickBooks
from application.prices.refreshing.processes import DriveRefreshing
from application.prices.refreshing.refresh_store import RefreshStore
from application.prices.refreshing.review_demand import ReviewDemand
from application.prices.refreshing.seasons import Seasons
from application.prices.refreshing.steering import (
    DrainRefreshing,
    PauseRefreshing,
    ResumeRefreshing,
    SeeRefreshing,
)
from application.prices.refreshing.store_report import ReportOnStores
from application.prices.refreshing.strain import Strain
from entrypoints.wiring.comparing import ComparingUseCases


class RefreshingUseCases(ComparingUseCases):
    """Keeping prices fresh."""

    adapters = ComparingUseCases.adapters
    best_offers = ComparingUseCases.best_offers

    pick_books = providers.Singleton(
        PickBooks,
        adapters.refresh_queue,
        providers.Singleton(Seasons, adapters.interests, adapters.clock, providers.Object(time.monotonic)),
        adapters.clock,
    )
    refresh_store = providers.Singleton(
        RefreshStore,
        stores=adapters.bookstores,
        queue=adapters.refresh_queue,
        pick=pick_books,
        inquiries=ComparingUseCases.inquiries,
        breaker=ComparingUseCases.store_breaker,
        records=adapters.store_records,
        strain=providers.Singleton(
            Strain, adapters.outbox, adapters.valkey_ping, adapters.clock, providers.Object(time.monotonic)
        ),
        clock=adapters.clock,
        seconds=providers.Object(time.monotonic),
        chance=providers.Object(random.random),
        at_most=adapters.store_refreshes,
    )
    review_demand = providers.Singleton(
        ReviewDemand, adapters.demand_sources, adapters.interests, adapters.clock
    )
    drive_refreshing = providers.Singleton(
        DriveRefreshing, adapters.refresh_processes, adapters.bookstores, adapters.store_refreshes
    )
    see_dead_letters = providers.Singleton(SeeDeadLetters, adapters.refresh_queue)
    send_again = providers.Singleton(SendAgain, adapters.refresh_queue)
    report_on_stores = providers.Singleton(
        ReportOnStores,
        stores=adapters.bookstores,
        records=adapters.store_records,
        outages=adapters.store_outages,
        queue=adapters.refresh_queue,
        clock=adapters.clock,
    )
    see_refreshing = providers.Singleton(SeeRefreshing, adapters.refresh_processes)
    pause_refreshing = providers.Singleton(PauseRefreshing, adapters.refresh_processes)
    drain_refreshing = providers.Singleton(DrainRefreshing, adapters.refresh_processes)
    resume_refreshing = providers.Singleton(ResumeRefreshing, adapters.refresh_processes)
