"""The steps of a checkout: each is one use case, with plain values in and out."""

from uuid import UUID

from temporalio import activity

from application.notifications.send_order_mail import SendOrderMail
from application.orders.await_payment_action import AwaitPaymentAction
from application.orders.call_off_order import CallOffOrder
from application.orders.confirm_order import ConfirmOrder
from application.orders.deliver_order import DeliverOrder
from application.orders.dispatch_order import DispatchOrder
from application.orders.end_order import Ending, EndOrder
from application.payments.abandon_payment import AbandonPayment
from application.payments.ask_payment import AskPayment
from application.payments.authorise_payment import AuthorisePayment
from application.payments.capture_payment import CapturePayment
from application.shipping.book_parcel import BookParcel
from application.shipping.follow_parcel import CallOffParcel, FollowParcel
from domain.payments.gateway import ActionRequired, Authorised, Declined, PaymentReference, Refused
from domain.shared.ids import OrderId
from domain.shared.money import Money
from domain.shipping.carrier import BookingRefused
from workflows.checkout.contracts import (
    Confirmation,
    Letter,
    NoBooks,
    PaymentAnswer,
)


class CheckoutActivities:
    """Everything a checkout does to the world."""

    def __init__(
        self,
        *,
        authorise_payment: AuthorisePayment,
        ask_payment: AskPayment,
        capture_payment: CapturePayment,
        abandon_payment: AbandonPayment,
        await_payment_action: AwaitPaymentAction,
        confirm_order: ConfirmOrder,
        end_order: EndOrder,
        book_parcel: BookParcel,
        follow_parcel: FollowParcel,
        call_off_parcel: CallOffParcel,
        call_off_order: CallOffOrder,
        dispatch_order: DispatchOrder,
        deliver_order: DeliverOrder,
        send_order_mail: SendOrderMail,
    ) -> None:
        self._authorise_payment = authorise_payment
        self._ask_payment = ask_payment
        self._capture_payment = capture_payment
        self._abandon_payment = abandon_payment
        self._await_payment_action = await_payment_action
        self._confirm_order = confirm_order
        self._end_order = end_order
        self._book_parcel = book_parcel
        self._follow_parcel = follow_parcel
        self._call_off_parcel = call_off_parcel
        self._call_off_order = call_off_order
        self._dispatch_order = dispatch_order
        self._deliver_order = deliver_order
        self._send_order_mail = send_order_mail

    @activity.defn(name="authorise the payment")
    async def authorise(self, order_id: str) -> PaymentAnswer:
        """Reserve the money."""
        return _answer(await self._authorise_payment(_id(order_id)))

    @activity.defn(name="ask about the payment")
    async def ask(self, order_id: str) -> PaymentAnswer:
        """Find out what became of it."""
        found = await self._ask_payment(_id(order_id))
        return _answer(found) if found else PaymentAnswer("unknown")

    @activity.defn(name="wait for the reader's bank")
    async def await_action(self, order_id: str) -> None:
        """Show the reader where to confirm."""
        await self._await_payment_action(_id(order_id))

    @activity.defn(name="confirm the order")
    async def confirm(self, order: Confirmation) -> None:
        """Order, stock and ledger at once."""
        payment = order.payment
        money = Money(payment.amount, payment.currency)
        await self._confirm_order(
            _id(order.order_id), Authorised(PaymentReference(payment.reference or ""), money)
        )

    @activity.defn(name="take the payment")
    async def capture(self, order_id: str) -> str | None:
        """None when taken, else why the provider refuses."""
        answer = await self._capture_payment(_id(order_id))
        return answer.message if isinstance(answer, Refused) else None

    @activity.defn(name="write down that the payment was taken")
    async def note_capture(self, order_id: str) -> None:
        """An operator took it by hand."""
        await self._capture_payment.by_hand(_id(order_id))

    @activity.defn(name="let go of the payment")
    async def abandon(self, order_id: str) -> None:
        """Void, refund, or refuse it when it comes late."""
        await self._abandon_payment(_id(order_id))

    @activity.defn(name="write down that the payment was let go of")
    async def note_abandoned(self, order_id: str) -> None:
        """An operator did it by hand."""
        await self._abandon_payment.by_hand(_id(order_id))

    @activity.defn(name="book the parcel")
    async def book_parcel(self, order_id: str) -> str | None:
        """None when booked, else why the carrier refuses."""
        answer = await self._book_parcel(_id(order_id))
        return answer.message if isinstance(answer, BookingRefused) else None

    @activity.defn(name="ask where the parcel is")
    async def follow_parcel(self, order_id: str) -> str | None:
        """The carrier's own word."""
        return await self._follow_parcel(_id(order_id))

    @activity.defn(name="call off the order")
    async def call_off(self, order_id: str) -> bool:
        """False when there is no way back."""
        return await self._call_off_order(_id(order_id))

    @activity.defn(name="call off the parcel")
    async def call_off_parcel(self, order_id: str) -> bool:
        """False when it has left."""
        return await self._call_off_parcel(_id(order_id))

    @activity.defn(name="the books leave the stock")
    async def dispatch(self, order_id: str) -> None:
        """Stock and order at once."""
        await self._dispatch_order(_id(order_id))

    @activity.defn(name="the reader has the books")
    async def deliver(self, order_id: str) -> None:
        """Complete the order."""
        await self._deliver_order(_id(order_id))

    @activity.defn(name="end the order without books")
    async def end(self, end: NoBooks) -> str:
        """Give back stock and coupon; how the order ended, which is what was said first."""
        return await self._end_order(_id(end.order_id), Ending(end.ending), end.reason)

    @activity.defn(name="write to the reader")
    async def write(self, letter: Letter) -> None:
        """Send a mail, once."""
        await self._send_order_mail(_id(letter.order_id), letter.kind)


def _id(text: str) -> OrderId:
    return OrderId(UUID(text))


def _answer(outcome: Authorised | Declined | ActionRequired) -> PaymentAnswer:
    match outcome:
        case Authorised(reference, amount):
            return PaymentAnswer(
                "authorised", reference=reference, amount=amount.amount, currency=amount.currency
            )
        case Declined(_, message):
            return PaymentAnswer("declined", message=message)
        case ActionRequired(reference):
            return PaymentAnswer("action_required", reference=reference)
