"""What clubs talk about."""

from dependency_injector import providers

from application.threads.moderate import CloseThread, HidePost, ReopenThread, ShowPost
from application.threads.open_thread import OpenThread
from application.threads.see_threads import ReadPosts, SeeThreads
from application.threads.write_post import RevisePost, WithdrawPost, WritePost
from entrypoints.wiring.clubs import ClubsUseCases


class ThreadsUseCases(ClubsUseCases):
    """What clubs talk about."""

    adapters = ClubsUseCases.adapters

    see_threads = providers.Singleton(SeeThreads, adapters.thread_views, adapters.club_views)
    read_posts = providers.Singleton(ReadPosts, adapters.thread_views)
    open_thread = providers.Singleton(OpenThread, adapters.unit_of_work, adapters.ids, adapters.clock)
    close_thread = providers.Singleton(CloseThread, adapters.unit_of_work, adapters.clock)
    reopen_thread = providers.Singleton(ReopenThread, adapters.unit_of_work)
    write_post = providers.Singleton(WritePost, adapters.unit_of_work, adapters.ids, adapters.clock)
    revise_post = providers.Singleton(RevisePost, adapters.unit_of_work, adapters.clock)
    withdraw_post = providers.Singleton(WithdrawPost, adapters.unit_of_work)
    hide_post = providers.Singleton(HidePost, adapters.unit_of_work)
    show_post = providers.Singleton(ShowPost, adapters.unit_of_work)
