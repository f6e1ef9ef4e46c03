"""Carts, coupons and quotes."""

from dependency_injector import providers

from application.carts.add_to_cart import AddToCart
from application.carts.change_cart import ChangeCart
from application.carts.guest_carts import GuestCarts
from application.carts.merge_carts import MergeCarts
from application.carts.remove_ordered import RemoveOrdered
from application.carts.view_cart import ViewCart
from application.promotions.create_coupon import CreateCoupon
from application.promotions.see_coupon import SeeCoupon
from application.quotes.make_quote import MakeQuote
from application.quotes.price_cart import PriceCart
from application.quotes.take_quote import TakeQuote
from entrypoints.wiring.points import PointsUseCases


class CartsUseCases(PointsUseCases):
    """Carts, coupons and quotes."""

    adapters = PointsUseCases.adapters

    guest_carts = providers.Singleton(GuestCarts, adapters.cart_tokens, adapters.ids)
    view_cart = providers.Singleton(ViewCart, adapters.carts, adapters.offers)
    add_to_cart = providers.Singleton(AddToCart, adapters.carts, adapters.offers, adapters.clock)
    change_cart = providers.Singleton(ChangeCart, adapters.carts, adapters.offers)
    merge_carts = providers.Singleton(MergeCarts, adapters.carts, adapters.clock, adapters.ids)
    remove_ordered = providers.Singleton(RemoveOrdered, adapters.carts, adapters.clock)
    price_cart = providers.Singleton(
        PriceCart,
        carts=adapters.carts,
        offers=adapters.offers,
        coupon_standings=adapters.coupon_standings,
        carriage_rates=adapters.carriage_rates,
        clock=adapters.clock,
        ids=adapters.ids,
    )
    make_quote = providers.Singleton(MakeQuote, price_cart, adapters.unit_of_work)
    take_quote = providers.Singleton(TakeQuote, adapters.carts, adapters.unit_of_work, adapters.clock)
    create_coupon = providers.Singleton(CreateCoupon, adapters.unit_of_work, adapters.clock)
    see_coupon = providers.Singleton(SeeCoupon, adapters.unit_of_work)
