"""Buying at other stores: the front door, the steps of the process, the caps, the reckoning."""

from dependency_injector import providers

from application.notifications.send_purchase_mail import SendPurchaseMail
from application.purchases.ask_store import AskStore
from application.purchases.authorise_purchase import AuthorisePurchase
from application.purchases.call_off_purchase import CallOffPurchase
from application.purchases.cancel_purchase import CancelPurchase
from application.purchases.caps import SeeCaps, SetCaps
from application.purchases.capture_purchase import CapturePurchase
from application.purchases.check_charge import CheckCharge
from application.purchases.drive_open_purchases import DriveOpenPurchases, StartPurchase
from application.purchases.end_purchase import EndPurchase, FinishPurchase
from application.purchases.find_offer import FindOffer
from application.purchases.follow_purchase import FollowPurchase
from application.purchases.look_again import LookAgain
from application.purchases.order_at_store import OrderAtStore
from application.purchases.park_purchase import ParkPurchase, ResumePurchase
from application.purchases.receive_purchase import ReceivePurchase
from application.purchases.reconcile import ReconcilePurchases, SeeReconciliations
from application.purchases.refund_purchase import RefundPurchase
from application.purchases.reserve_cap import ReserveCap
from application.purchases.return_order import ReturnOrder
from application.purchases.see_purchases import ListPurchases, SeePurchase
from application.purchases.void_purchase import VoidPurchase
from entrypoints.wiring.refreshing import RefreshingUseCases


class PurchasesUseCases(RefreshingUseCases):
    """Buying at other stores."""

    adapters = RefreshingUseCases.adapters
    best_offers = RefreshingUseCases.best_offers

    receive_purchase = providers.Singleton(
        ReceivePurchase, adapters.unit_of_work, adapters.requests, adapters.clock, adapters.ids
    )
    follow_purchase = providers.Singleton(
        FollowPurchase, adapters.purchase_processes, adapters.order_news, adapters.purchase_views
    )
    see_purchase = providers.Singleton(SeePurchase, adapters.purchase_views)
    list_purchases = providers.Singleton(ListPurchases, adapters.purchase_views)
    cancel_purchase = providers.Singleton(
        CancelPurchase, adapters.purchase_processes, adapters.purchase_views
    )
    see_caps = providers.Singleton(SeeCaps, adapters.purchase_views, adapters.clock, adapters.purchase_caps)
    set_caps = providers.Singleton(SetCaps, adapters.unit_of_work, adapters.clock, adapters.purchase_caps)
    see_reconciliations = providers.Singleton(SeeReconciliations, adapters.reconciliations)
    reconcile_purchases = providers.Singleton(
        ReconcilePurchases,
        views=adapters.purchase_views,
        stores=adapters.purchase_orders,
        processes=adapters.purchase_processes,
        kept=adapters.reconciliations,
        clock=adapters.clock,
    )
    start_purchase = providers.Singleton(
        StartPurchase, adapters.purchase_processes, adapters.purchase_views, adapters.clock
    )
    drive_open_purchases = providers.Singleton(
        DriveOpenPurchases, adapters.purchase_processes, adapters.purchase_views, adapters.clock
    )

    reserve_cap = providers.Singleton(
        ReserveCap, adapters.unit_of_work, adapters.clock, adapters.purchase_caps
    )
    find_offer = providers.Singleton(FindOffer, adapters.unit_of_work, best_offers, adapters.clock)
    authorise_purchase = providers.Singleton(
        AuthorisePurchase,
        adapters.unit_of_work,
        adapters.payment_gateway,
        adapters.clock,
        adapters.order_news,
    )
    look_again = providers.Singleton(LookAgain, adapters.unit_of_work, best_offers, adapters.clock)
    order_at_store = providers.Singleton(
        OrderAtStore, adapters.unit_of_work, adapters.purchase_orders, adapters.clock, adapters.order_news
    )
    ask_store = providers.Singleton(
        AskStore, adapters.unit_of_work, adapters.purchase_orders, adapters.clock, adapters.order_news
    )
    capture_purchase = providers.Singleton(
        CapturePurchase,
        adapters.unit_of_work,
        adapters.payment_gateway,
        adapters.clock,
        adapters.order_news,
    )
    void_purchase = providers.Singleton(
        VoidPurchase, adapters.unit_of_work, adapters.payment_gateway, adapters.clock
    )
    call_off_purchase = providers.Singleton(CallOffPurchase, adapters.unit_of_work)
    return_order = providers.Singleton(
        ReturnOrder, adapters.unit_of_work, adapters.purchase_orders, adapters.clock
    )
    check_charge = providers.Singleton(
        CheckCharge, adapters.unit_of_work, adapters.purchase_orders, adapters.clock
    )
    refund_purchase = providers.Singleton(
        RefundPurchase,
        adapters.unit_of_work,
        adapters.payment_gateway,
        adapters.clock,
        adapters.order_news,
    )
    end_purchase = providers.Singleton(
        EndPurchase, adapters.unit_of_work, adapters.clock, adapters.order_news
    )
    finish_purchase = providers.Singleton(
        FinishPurchase, adapters.unit_of_work, adapters.clock, adapters.order_news
    )
    send_purchase_mail = providers.Singleton(SendPurchaseMail, adapters.unit_of_work, adapters.mailer)
    park_purchase = providers.Singleton(ParkPurchase, adapters.unit_of_work, adapters.clock)
    resume_purchase = providers.Singleton(ResumePurchase, adapters.unit_of_work, adapters.clock)
