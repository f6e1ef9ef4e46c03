"""Ordering, following, cancelling, refunding."""

from dependency_injector import providers

from application.audit.audit_shop import AuditShop
from application.books.forget_answers import ForgetAnswers
from application.books.renew_bestsellers import RenewBestsellers
from application.orders.answer_request import AnswerRequest
from application.orders.cancel_order import CancelOrder
from application.orders.drive_open_orders import DriveOpenOrders
from application.orders.follow_checkout import FollowCheckout
from application.orders.follow_order import FollowOrder
from application.orders.follow_refund import FollowRefund
from application.orders.parked import RetryParked, SeeParked
from application.orders.place_order import PlaceOrder
from application.orders.reactions import (
    CountOutcome,
    CountSales,
    EmptyCart,
    StartCheckout,
    StartRefund,
    TakeBackSales,
)
from application.orders.request_refund import RequestRefund
from application.orders.see_orders import ListOrders, SeeOrder
from application.outbox.publish_events import PublishEvents
from application.payments.receive_payment_news import ReceivePaymentNews
from application.shipping.receive_parcel_news import ReceiveParcelNews
from entrypoints.wiring.bets import BetsUseCases
from entrypoints.wiring.carts import CartsUseCases
from entrypoints.wiring.club_buys import ClubBuysUseCases
from entrypoints.wiring.reviews import ReviewsUseCases
from entrypoints.wiring.search import SearchUseCases
from entrypoints.wiring.watches import WatchesUseCases


class OrdersUseCases(ClubBuysUseCases):
    """Ordering, following, cancelling, refunding."""

    adapters = ClubBuysUseCases.adapters

    place_order = providers.Singleton(
        PlaceOrder,
        unit_of_work=adapters.unit_of_work,
        requests=adapters.requests,
        price_cart=CartsUseCases.price_cart,
        take_quote=CartsUseCases.take_quote,
        clock=adapters.clock,
        ids=adapters.ids,
        hold_for=adapters.hold_for,
        measurements=adapters.measurements,
    )
    follow_checkout = providers.Singleton(
        FollowCheckout, adapters.order_processes, adapters.order_news, adapters.order_views
    )
    answer_request = providers.Singleton(AnswerRequest, adapters.requests)
    see_order = providers.Singleton(SeeOrder, adapters.order_views)
    list_orders = providers.Singleton(ListOrders, adapters.order_views)
    follow_order = providers.Singleton(FollowOrder, adapters.order_news, adapters.order_views)
    cancel_order = providers.Singleton(CancelOrder, adapters.order_processes, adapters.order_views)
    request_refund = providers.Singleton(RequestRefund, adapters.unit_of_work, adapters.clock, adapters.ids)
    follow_refund = providers.Singleton(
        FollowRefund, adapters.order_processes, adapters.order_news, adapters.order_views
    )
    receive_payment_news = providers.Singleton(
        ReceivePaymentNews,
        adapters.unit_of_work,
        adapters.order_processes,
        adapters.purchase_processes,
        adapters.clock,
        adapters.payment_webhooks,
    )
    receive_parcel_news = providers.Singleton(
        ReceiveParcelNews, adapters.order_processes, adapters.carrier_webhooks
    )
    see_parked = providers.Singleton(SeeParked, adapters.parked_processes)
    retry_parked = providers.Singleton(RetryParked, adapters.parked_processes)
    audit_shop = providers.Singleton(
        AuditShop, adapters.audit_records, adapters.provider_ledger, adapters.clock
    )
    drive_open_orders = providers.Singleton(
        DriveOpenOrders,
        adapters.unit_of_work,
        adapters.order_processes,
        adapters.order_views,
        adapters.clock,
    )
    renew_bestsellers = providers.Singleton(
        RenewBestsellers, adapters.sales, adapters.search_documents, adapters.clock
    )
    forget_answers = providers.Singleton(ForgetAnswers, adapters.shared_answers)
    publish_events = providers.Singleton(
        PublishEvents,
        outbox=adapters.outbox,
        stream=adapters.event_stream,
        reactions=providers.Dict(
            order_created=providers.List(
                providers.Singleton(
                    StartCheckout, adapters.order_processes, adapters.order_views, adapters.clock
                )
            ),
            order_confirmed=providers.List(
                providers.Singleton(EmptyCart, CartsUseCases.remove_ordered, adapters.order_views),
                providers.Singleton(CountSales, adapters.sales),
                SearchUseCases.mark_ordered,
                providers.Singleton(CountOutcome, adapters.measurements),
            ),
            order_ended=providers.List(
                providers.Singleton(TakeBackSales, adapters.sales),
                SearchUseCases.mark_ordered,
                ReviewsUseCases.mark_after_order,
                providers.Singleton(CountOutcome, adapters.measurements),
            ),
            payment_captured=providers.List(ReviewsUseCases.mark_after_order),
            order_refunded=providers.List(ReviewsUseCases.mark_after_order),
            club_left=providers.List(WatchesUseCases.drop_ballots),
            purchase_received=providers.List(WatchesUseCases.start_purchase),
            purchase_finished=providers.List(WatchesUseCases.wake_buyer),
            purchase_ended=providers.List(WatchesUseCases.wake_buyer),
            watch_begun=providers.List(WatchesUseCases.wake_looked_at),
            watch_changed=providers.List(WatchesUseCases.wake_looked_at),
            price_changed=providers.List(WatchesUseCases.wake_watches),
            price_doubted=providers.List(WatchesUseCases.start_suspicion),
            meeting_scheduled=providers.List(BetsUseCases.start_meeting),
            meeting_rescheduled=providers.List(BetsUseCases.tell_meeting),
            meeting_cancelled=providers.List(BetsUseCases.tell_meeting),
            meeting_closed=providers.List(BetsUseCases.tell_meeting),
            attendee_answered=providers.List(BetsUseCases.tell_meeting),
            attendance_noted=providers.List(BetsUseCases.reward_coming),
            reader_finished=providers.List(BetsUseCases.tell_meeting),
            progress_noted=providers.List(BetsUseCases.tell_meeting, BetsUseCases.reward_reading),
            review_published=providers.List(ReviewsUseCases.mark_after_review),
            review_held=providers.List(ReviewsUseCases.mark_after_review),
            refund_requested=providers.List(providers.Singleton(StartRefund, adapters.order_processes)),
            book_added=providers.List(forget_answers, SearchUseCases.mark_book),
            book_revised=providers.List(forget_answers, SearchUseCases.mark_book),
            book_repriced=providers.List(forget_answers, SearchUseCases.mark_book),
            book_withdrawn=providers.List(forget_answers, SearchUseCases.mark_book),
            book_sold_out=providers.List(forget_answers, SearchUseCases.mark_book),
            book_back_in_stock=providers.List(forget_answers, SearchUseCases.mark_book),
            books_imported=providers.List(forget_answers, SearchUseCases.mark_imported),
            work_revised=providers.List(forget_answers, SearchUseCases.mark_work),
            work_rated=providers.List(forget_answers, SearchUseCases.mark_work),
        ),
        clock=adapters.clock,
        measurements=adapters.measurements,
    )
