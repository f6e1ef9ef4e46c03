"""What books cost elsewhere: asking stores, and comparing what they tell."""

import random
import time

from dependency_injector import providers

from application.prices.ask_about_doubt import AskAboutDoubt
from application.prices.ask_store import AskStore
from application.prices.begin_comparison import BeginComparison, Chances
from application.prices.call_prices import CallPrices
from application.prices.compare_prices import ComparePrices
from application.prices.decide_as_staff import DecideAsStaff
from application.prices.decide_doubts import ApprovePrice, RejectPrice, SeeDoubts
from application.prices.decisions import Decisions
from application.prices.follow_doubts import StartSuspicion
from application.prices.inquiries import Inquiries
from application.prices.own_prices import OwnPrices
from application.prices.refreshing.count_questions import CountQuestions
from application.prices.second_looks import SecondLooks
from application.prices.store_breaker import StoreBreaker
from application.prices.store_experience import StoreExperience
from application.prices.store_outages import StoreOutages
from application.prices.usual_prices import UsualPrices
from application.purchases.compared_offers import ComparedOffers
from entrypoints.wiring.prices import PriceMemoryUseCases
from entrypoints.wiring.steps import StepsUseCases


class ComparingUseCases(StepsUseCases):
    """What books cost elsewhere."""

    adapters = StepsUseCases.adapters

    store_outages = providers.Singleton(StoreOutages, adapters.store_outages, adapters.clock)
    store_breaker = providers.Singleton(
        StoreBreaker,
        adapters.store_health,
        adapters.measurements,
        providers.Object(random.random),
        store_outages,
    )
    ask_bookstore = providers.Singleton(
        AskStore,
        turns=adapters.store_turns,
        breaker=store_breaker,
        records=adapters.store_records,
        measurements=adapters.measurements,
        clock=adapters.clock,
    )
    inquiries = providers.Singleton(
        Inquiries,
        ask_bookstore,
        PriceMemoryUseCases.ask_once,
        adapters.clock,
        providers.Object(time.monotonic),
    )
    store_experience = providers.Singleton(
        StoreExperience, adapters.store_experiences, providers.Object(time.monotonic)
    )
    second_looks = providers.Singleton(
        SecondLooks,
        adapters.price_doubts,
        adapters.bookstores,
        ask_bookstore,
        adapters.clock,
        adapters.ids,
    )
    count_questions = providers.Singleton(CountQuestions, adapters.interests, adapters.clock)
    own_prices = providers.Singleton(
        OwnPrices, adapters.own_books, adapters.offers, adapters.carriage_rates, adapters.clock
    )
    decisions = providers.Singleton(Decisions, providers.Object(time.monotonic))
    begin_comparison = providers.Singleton(
        BeginComparison,
        stores=adapters.bookstores,
        recall=PriceMemoryUseCases.recall_prices,
        own=own_prices,
        usual=providers.Singleton(UsualPrices, adapters.written_prices, adapters.clock),
        experience=store_experience,
        second_looks=second_looks,
        questions=count_questions,
        call_prices=providers.Singleton(CallPrices, adapters.refresh_queue, providers.Object(time.monotonic)),
        decisions=decisions,
        clock=adapters.clock,
        chances=providers.Singleton(Chances),
    )
    compare_prices = providers.Singleton(
        ComparePrices,
        stores=adapters.bookstores,
        begin=begin_comparison,
        inquiries=inquiries,
        second_looks=second_looks,
        experience=store_experience,
        decisions=decisions,
        clock=adapters.clock,
        seconds=providers.Object(time.monotonic),
    )
    see_doubts = providers.Singleton(SeeDoubts, adapters.price_doubts)
    approve_price = providers.Singleton(
        ApprovePrice, adapters.price_doubts, adapters.doubt_processes, adapters.clock
    )
    reject_price = providers.Singleton(
        RejectPrice, adapters.price_doubts, adapters.doubt_processes, adapters.clock
    )
    decide_as_staff = providers.Singleton(DecideAsStaff, adapters.unit_of_work, approve_price, reject_price)
    ask_about_doubt = providers.Singleton(AskAboutDoubt, adapters.price_doubts, second_looks)
    start_suspicion = providers.Singleton(StartSuspicion, adapters.price_doubts, adapters.doubt_processes)
    best_offers = providers.Singleton(
        ComparedOffers, compare_prices, adapters.bookstores, ask_bookstore, adapters.clock
    )
