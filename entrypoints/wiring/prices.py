"""Remembering what bookstores told, and what prices have been."""

from dependency_injector import providers

from application.prices.ask_once import AskOnce
from application.prices.keep_history import KeepPriceHistory
from application.prices.price_history import SeePriceHistory
from application.prices.recall_prices import RecallPrices
from application.prices.remember_prices import RememberPrices
from entrypoints.price_memory import chance
from entrypoints.wiring.catalogue import BrowsingUseCases


class PriceMemoryUseCases(BrowsingUseCases):
    """Remembering what bookstores told, and what prices have been."""

    adapters = BrowsingUseCases.adapters

    recall_prices = providers.Singleton(
        RecallPrices, adapters.price_memory, adapters.clock, providers.Object(chance)
    )
    remember_prices = providers.Singleton(
        RememberPrices,
        adapters.unit_of_work,
        adapters.price_memory,
        adapters.clock,
        adapters.measurements,
    )
    ask_once = providers.Singleton(AskOnce, adapters.price_memory, remember_prices, adapters.measurements)
    see_price_history = providers.Singleton(SeePriceHistory, adapters.written_prices, adapters.clock)
    keep_price_history = providers.Singleton(
        KeepPriceHistory,
        adapters.price_months,
        adapters.price_doubts,
        adapters.clock,
        adapters.price_history_months,
    )
