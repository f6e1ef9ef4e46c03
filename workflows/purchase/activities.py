"""The steps of a purchase: each is one use case, with plain values in and out."""

from uuid import UUID

from temporalio import activity

from application.notifications.send_purchase_mail import SendPurchaseMail
from application.purchases.ask_store import AskStore
from application.purchases.authorise_purchase import AuthorisePurchase
from application.purchases.call_off_purchase import CallOffPurchase
from application.purchases.capture_purchase import CapturePurchase
from application.purchases.check_charge import CheckCharge
from application.purchases.end_purchase import EndPurchase, FinishPurchase
from application.purchases.find_offer import FindOffer
from application.purchases.look_again import LookAgain
from application.purchases.order_at_store import OrderAtStore, StoreAnswer
from application.purchases.park_purchase import ParkPurchase, ResumePurchase
from application.purchases.refund_purchase import RefundPurchase
from application.purchases.reserve_cap import ReserveCap
from application.purchases.return_order import ReturnOrder
from application.purchases.void_purchase import VoidPurchase
from domain.payments.gateway import ActionRequired, Authorised, Declined
from domain.purchases.status import PurchaseStatus
from domain.shared.ids import PurchaseId
from workflows.purchase.contracts import (
    ChargeReply,
    Letter,
    MoneyAnswer,
    NoBook,
    StoreReply,
    StoreWordByHand,
    Verdict,
)
from workflows.shared.attention import Attention, Sentence


class PurchaseActivities:
    """Everything a purchase does to the world."""

    def __init__(
        self,
        *,
        reserve_cap: ReserveCap,
        find_offer: FindOffer,
        authorise_purchase: AuthorisePurchase,
        look_again: LookAgain,
        order_at_store: OrderAtStore,
        ask_store: AskStore,
        capture_purchase: CapturePurchase,
        void_purchase: VoidPurchase,
        call_off_purchase: CallOffPurchase,
        return_order: ReturnOrder,
        check_charge: CheckCharge,
        refund_purchase: RefundPurchase,
        end_purchase: EndPurchase,
        finish_purchase: FinishPurchase,
        send_purchase_mail: SendPurchaseMail,
        park_purchase: ParkPurchase,
        resume_purchase: ResumePurchase,
    ) -> None:
        self._reserve_cap = reserve_cap
        self._find_offer = find_offer
        self._authorise_purchase = authorise_purchase
        self._look_again = look_again
        self._order_at_store = order_at_store
        self._ask_store = ask_store
        self._capture_purchase = capture_purchase
        self._void_purchase = void_purchase
        self._call_off_purchase = call_off_purchase
        self._return_order = return_order
        self._check_charge = check_charge
        self._refund_purchase = refund_purchase
        self._end_purchase = end_purchase
        self._finish_purchase = finish_purchase
        self._send_purchase_mail = send_purchase_mail
        self._park_purchase = park_purchase
        self._resume_purchase = resume_purchase

    @activity.defn(name="set the maximum aside within the caps")
    async def reserve_cap(self, purchase_id: str) -> str:
        """How far the purchase is."""
        return await self._reserve_cap(_id(purchase_id))

    @activity.defn(name="compare the stores")
    async def find(self, purchase_id: str) -> Verdict:
        """Choose an offer."""
        nothing = await self._find_offer(_id(purchase_id))
        return Verdict() if nothing is None else Verdict(nothing.ending, nothing.reason)

    @activity.defn(name="reserve the maximum at the bank")
    async def authorise(self, purchase_id: str) -> MoneyAnswer:
        """Never more."""
        return _money(await self._authorise_purchase(_id(purchase_id)))

    @activity.defn(name="ask about the reserved money")
    async def ask_money(self, purchase_id: str) -> MoneyAnswer:
        """Find out what became of it."""
        found = await self._authorise_purchase.ask(_id(purchase_id))
        return _money(found) if found else MoneyAnswer("unknown")

    @activity.defn(name="look at the offer once more")
    async def look(self, purchase_id: str) -> Verdict:
        """The store itself says what it asks now."""
        why = await self._look_again(_id(purchase_id))
        return Verdict() if why is None else Verdict(PurchaseStatus.PRICE_MOVED, why)

    @activity.defn(name="order at the store")
    async def order(self, purchase_id: str) -> StoreReply:
        """Once."""
        return _store(await self._order_at_store(_id(purchase_id)))

    @activity.defn(name="ask the store what became of the order")
    async def ask_store(self, purchase_id: str) -> StoreReply:
        """By the order's key."""
        return _store(await self._ask_store(_id(purchase_id)))

    @activity.defn(name="make sure that the store has no order")
    async def rule_out(self, purchase_id: str) -> StoreReply:
        """It can no longer be on its way."""
        return _store(await self._ask_store.rule_out(_id(purchase_id)))

    @activity.defn(name="write down what the store told an operator")
    async def note_store_word(self, said: StoreWordByHand) -> StoreReply:
        """As if it had told the shop."""
        answer = await self._ask_store.by_hand(_id(said.purchase_id), said.order_number, said.charged)
        return _store(answer)

    @activity.defn(name="take what the book costs")
    async def capture(self, purchase_id: str) -> str | None:
        """None when taken, else why the provider refuses."""
        return await self._capture_purchase(_id(purchase_id))

    @activity.defn(name="write down that the book's price was taken")
    async def note_capture(self, purchase_id: str) -> None:
        """An operator took it by hand."""
        await self._capture_purchase.by_hand(_id(purchase_id))

    @activity.defn(name="let go of the reserved money")
    async def void(self, purchase_id: str) -> None:
        """Void it, or refuse it when it comes late."""
        await self._void_purchase(_id(purchase_id))

    @activity.defn(name="write down that the reserved money is free")
    async def note_void(self, purchase_id: str) -> None:
        """An operator did it by hand."""
        await self._void_purchase.by_hand(_id(purchase_id))

    @activity.defn(name="call off the purchase")
    async def call_off(self, purchase_id: str) -> bool:
        """False when the order has been sent."""
        return await self._call_off_purchase(_id(purchase_id))

    @activity.defn(name="give the store its order back")
    async def return_order(self, purchase_id: str) -> str | None:
        """None when it is off, else why it stands."""
        return await self._return_order(_id(purchase_id))

    @activity.defn(name="write down that the store's order is off")
    async def note_returned(self, purchase_id: str) -> None:
        """An operator has it from the store."""
        await self._return_order.by_hand(_id(purchase_id))

    @activity.defn(name="look into the store's books")
    async def check_charge(self, purchase_id: str) -> ChargeReply:
        """What it really took."""
        charge = await self._check_charge(_id(purchase_id))
        return ChargeReply(charge.discrepancy, charge.refund_due, charge.gone)

    @activity.defn(name="give back what was paid too much")
    async def refund(self, purchase_id: str) -> str | None:
        """None when nothing is owed any more, else why the provider refuses."""
        return await self._refund_purchase(_id(purchase_id))

    @activity.defn(name="write down that it was given back")
    async def note_refund(self, purchase_id: str) -> None:
        """An operator did it by hand."""
        await self._refund_purchase.by_hand(_id(purchase_id))

    @activity.defn(name="end the purchase without a book")
    async def end(self, end: NoBook) -> str:
        """How it ended, which is what was said first."""
        return await self._end_purchase(_id(end.purchase_id), PurchaseStatus(end.ending), end.reason)

    @activity.defn(name="close the books on the purchase")
    async def finish(self, purchase_id: str) -> None:
        """Bought and paid."""
        await self._finish_purchase(_id(purchase_id))

    @activity.defn(name="write to the reader about the purchase")
    async def write(self, letter: Letter) -> None:
        """Send a mail, once."""
        await self._send_purchase_mail(_id(letter.purchase_id), letter.kind)

    @activity.defn(name="hand the purchase over to an operator")
    async def park(self, sentence: Sentence) -> None:
        """Show that a person is needed."""
        await self._park_purchase(_id(sentence.order_id), sentence.text)

    @activity.defn(name="take the purchase back from the operator")
    async def resume(self, sentence: Sentence) -> None:
        """Show what was decided."""
        await self._resume_purchase(_id(sentence.order_id), sentence.text)


OF_PURCHASES = Attention(PurchaseActivities.park, PurchaseActivities.resume)


def _id(text: str) -> PurchaseId:
    return PurchaseId(UUID(text))


def _money(outcome: Authorised | Declined | ActionRequired) -> MoneyAnswer:
    match outcome:
        case Authorised():
            return MoneyAnswer("authorised")
        case Declined(_, message):
            return MoneyAnswer("declined", message)
        case ActionRequired():
            return MoneyAnswer("action_required")


def _store(answer: StoreAnswer) -> StoreReply:
    return StoreReply(answer.word, answer.reason, answer.discrepancy)
