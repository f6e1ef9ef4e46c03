"""Watching prices: what readers do, the steps of the process, who is woken when."""

from dependency_injector import providers

from application.watches.begin_watch import BeginWatch
from application.watches.drive_open_watches import DriveOpenWatches
from application.watches.look_at_watch import CallOffCopy, LookAtWatch
from application.watches.park_watch import ParkWatch, TakeBackWatch
from application.watches.purchase_desk import PurchasesForWatches
from application.watches.see_watches import ListWatches, SeeWatch
from application.watches.steer_watch import CancelWatch, ChangeWatch, PauseWatch, ResumeWatch, VetoPurchase
from application.watches.tell_reader import CallWatcher, NoteTold, WriteToWatcher
from application.watches.wake_watches import WakeBuyer, WakeLookedAt, WakeWatches
from entrypoints.wiring.purchases import PurchasesUseCases


class WatchesUseCases(PurchasesUseCases):
    """Watching prices."""

    adapters = PurchasesUseCases.adapters

    begin_watch = providers.Singleton(
        BeginWatch,
        adapters.unit_of_work,
        adapters.requests,
        adapters.clock,
        adapters.ids,
        adapters.readers_servers,
    )
    see_watch = providers.Singleton(SeeWatch, adapters.watch_views, adapters.clock)
    list_watches = providers.Singleton(ListWatches, adapters.watch_views, adapters.clock)
    change_watch = providers.Singleton(
        ChangeWatch, adapters.unit_of_work, adapters.watch_views, adapters.clock
    )
    pause_watch = providers.Singleton(PauseWatch, adapters.unit_of_work, adapters.watch_views, adapters.clock)
    resume_watch = providers.Singleton(
        ResumeWatch, adapters.unit_of_work, adapters.watch_views, adapters.clock
    )
    cancel_watch = providers.Singleton(
        CancelWatch, adapters.unit_of_work, adapters.watch_views, adapters.clock
    )
    veto_purchase = providers.Singleton(
        VetoPurchase, adapters.unit_of_work, adapters.watch_views, adapters.clock
    )

    purchase_desk = providers.Singleton(
        PurchasesForWatches, adapters.purchase_views, adapters.purchase_processes, adapters.clock
    )
    look_at_watch = providers.Singleton(LookAtWatch, adapters.unit_of_work, purchase_desk, adapters.clock)
    call_off_copy = providers.Singleton(CallOffCopy, adapters.unit_of_work, purchase_desk)
    write_to_watcher = providers.Singleton(
        WriteToWatcher, adapters.unit_of_work, adapters.mailer, adapters.clock
    )
    call_watcher = providers.Singleton(
        CallWatcher, adapters.unit_of_work, adapters.readers_servers, adapters.clock
    )
    note_told = providers.Singleton(NoteTold, adapters.unit_of_work, adapters.clock)
    park_watch = providers.Singleton(ParkWatch, adapters.unit_of_work, adapters.clock)
    take_back_watch = providers.Singleton(TakeBackWatch, adapters.unit_of_work, adapters.clock)

    wake_watches = providers.Singleton(
        WakeWatches, adapters.unit_of_work, adapters.watch_views, adapters.watch_processes, adapters.clock
    )
    wake_looked_at = providers.Singleton(WakeLookedAt, adapters.unit_of_work, adapters.watch_processes)
    wake_buyer = providers.Singleton(WakeBuyer, adapters.watch_views, adapters.watch_processes)
    drive_open_watches = providers.Singleton(
        DriveOpenWatches, adapters.watch_processes, adapters.watch_views, adapters.clock
    )
