"""What processes do, step by step."""

from dependency_injector import providers

from application.notifications.send_order_mail import SendOrderMail
from application.orders.await_payment_action import AwaitPaymentAction
from application.orders.call_off_order import CallOffOrder
from application.orders.confirm_order import ConfirmOrder
from application.orders.deliver_order import DeliverOrder
from application.orders.dispatch_order import DispatchOrder
from application.orders.end_order import EndOrder
from application.orders.note_on_order import NoteOnOrder
from application.orders.park_order import ParkOrder, ResumeOrder
from application.payments.abandon_payment import AbandonPayment
from application.payments.ask_payment import AskPayment
from application.payments.authorise_payment import AuthorisePayment
from application.payments.capture_payment import CapturePayment
from application.payments.give_refund import GiveRefund
from application.shipping.book_parcel import BookParcel
from application.shipping.follow_parcel import CallOffParcel, FollowParcel
from entrypoints.wiring.carts import CartsUseCases


class StepsUseCases(CartsUseCases):
    """What processes do, step by step."""

    adapters = CartsUseCases.adapters

    authorise_payment = providers.Singleton(
        AuthorisePayment, adapters.unit_of_work, adapters.payment_gateway, adapters.clock
    )
    ask_payment = providers.Singleton(AskPayment, adapters.payment_gateway)
    capture_payment = providers.Singleton(
        CapturePayment,
        adapters.unit_of_work,
        adapters.payment_gateway,
        adapters.clock,
        adapters.order_news,
    )
    abandon_payment = providers.Singleton(
        AbandonPayment, adapters.unit_of_work, adapters.payment_gateway, adapters.clock
    )
    give_refund = providers.Singleton(
        GiveRefund, adapters.unit_of_work, adapters.payment_gateway, adapters.clock, adapters.order_news
    )
    await_payment_action = providers.Singleton(
        AwaitPaymentAction,
        adapters.unit_of_work,
        adapters.payment_gateway,
        adapters.clock,
        adapters.order_news,
    )
    confirm_order = providers.Singleton(
        ConfirmOrder, adapters.unit_of_work, CartsUseCases.remove_ordered, adapters.clock, adapters.order_news
    )
    end_order = providers.Singleton(EndOrder, adapters.unit_of_work, adapters.clock, adapters.order_news)
    dispatch_order = providers.Singleton(
        DispatchOrder, adapters.unit_of_work, adapters.clock, adapters.order_news
    )
    deliver_order = providers.Singleton(
        DeliverOrder, adapters.unit_of_work, adapters.clock, adapters.order_news
    )
    park_order = providers.Singleton(ParkOrder, adapters.unit_of_work, adapters.clock, adapters.order_news)
    resume_order = providers.Singleton(
        ResumeOrder, adapters.unit_of_work, adapters.clock, adapters.order_news
    )
    note_on_order = providers.Singleton(NoteOnOrder, adapters.unit_of_work, adapters.clock)
    book_parcel = providers.Singleton(
        BookParcel, adapters.unit_of_work, adapters.carrier, adapters.clock, adapters.order_news
    )
    follow_parcel = providers.Singleton(FollowParcel, adapters.carrier)
    call_off_parcel = providers.Singleton(CallOffParcel, adapters.carrier)
    call_off_order = providers.Singleton(CallOffOrder, adapters.unit_of_work, adapters.carrier)
    send_order_mail = providers.Singleton(
        SendOrderMail, adapters.unit_of_work, adapters.order_views, adapters.mailer
    )
