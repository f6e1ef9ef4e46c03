"""What delivery costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shared.errors import InvalidInput
from domain.shared.money import Money
from domain.shipping.rates import HEAVIEST_GRAMS, TARIFFS, RateTable
from domain.shipping.weights import TYPICAL_GRAMS, copy_grams, parcel_grams
from domain.shipping.zones import ZONES, Zone, zone_of

TABLE = RateTable()
COUNTRIES = st.sampled_from(sorted(ZONES))
METHODS = st.sampled_from(["standard", "express"])
GRAMS = st.integers(1, HEAVIEST_GRAMS - 2_000)


@pytest.mark.parametrize(
    ("method", "country", "grams", "cents"),
    [
        ("standard", "US", 400, 399),  # 480 g with its mailer: the base alone
        ("standard", "US", 421, 499),  # 501 g: one step begun
        ("standard", "US", 1_000, 599),  # 1,080 g
        ("standard", "DE", 460, 1_949),  # one paperback to Europe: 540 g
        ("express", "AU", 560, 6_199),  # one hardcover as far as it goes: 640 g
        ("standard", "CA", 2_000, 2_199),  # 2,250 g in a box
    ],
)
def test_the_price_is_a_base_and_a_step_for_each_half_kilogram_begun_after_the_first(
    method: str, country: str, grams: int, cents: int
) -> None:
    assert TABLE.price(method, country, grams) == Money(cents, "USD")


def test_a_download_is_free_and_goes_everywhere() -> None:
    assert TABLE.price("digital", "ZZ", 0) == Money.zero("USD")
    (offer,) = TABLE.offers("ZZ", 0)
    assert (offer.method, offer.parcel_grams) == ("digital", 0)


@pytest.mark.parametrize("country", ["ZZ", "us", "", "KP", "USA"])
def test_a_country_the_shop_does_not_ship_to_is_named_as_the_field_at_fault(country: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        TABLE.price("standard", country, 500)
    assert refusal.value.field == "shipping_addr.country"


@pytest.mark.parametrize("method", ["digital", "drone", ""])
def test_a_method_that_cannot_carry_books_is_named_with_those_that_can(method: str) -> None:
    with pytest.raises(InvalidInput, match="standard or express") as refusal:
        TABLE.price(method, "US", 500)
    assert refusal.value.field == "shipping_method"


def test_a_parcel_nobody_can_lift_is_refused() -> None:
    with pytest.raises(InvalidInput, match="30 kg"):
        TABLE.price("standard", "US", HEAVIEST_GRAMS)


def test_an_explanation_adds_up_in_words() -> None:
    rate = TABLE.rate("standard", "US", 1_000)
    assert rate.explanation == (
        "Standard domestic delivery: 3.99 USD and 2 more at 1.00 USD for 1080 g with packaging."
    )


def test_every_zone_has_a_tariff_for_both_methods() -> None:
    assert set(TARIFFS) == {(method, zone) for method in ("standard", "express") for zone in Zone}


def test_countries_stand_in_one_zone_each() -> None:
    assert all(len(country) == 2 and country.isupper() for country in ZONES)
    assert (zone_of("PR"), zone_of("MX"), zone_of("FR"), zone_of("JP")) == (
        Zone.DOMESTIC,
        Zone.NEIGHBOUR,
        Zone.EUROPE,
        Zone.WORLD,
    )


@given(METHODS, COUNTRIES, GRAMS, st.integers(1, 500))
def test_more_weight_never_costs_less(method: str, country: str, grams: int, more: int) -> None:
    assert TABLE.price(method, country, grams) <= TABLE.price(method, country, grams + more)


@given(COUNTRIES, GRAMS)
def test_express_costs_more_and_comes_sooner(country: str, grams: int) -> None:
    standard, express = TABLE.offers(country, grams)
    assert standard.price < express.price
    assert express.days[1] < standard.days[1]


@given(GRAMS, st.integers(1, 500))
def test_packaging_weighs_something_and_more_books_never_weigh_less(grams: int, more: int) -> None:
    assert grams < parcel_grams(grams) < parcel_grams(grams + more)


@pytest.mark.parametrize("download", ["ebook", "audiobook"])
def test_downloads_weigh_nothing_whatever_the_catalogue_says(download: str) -> None:
    assert copy_grams(download, 300) == 0
    assert parcel_grams(0) == 0


def test_a_book_weighs_what_its_publisher_says_else_what_such_books_weigh() -> None:
    assert copy_grams("hardcover", 1_200) == 1_200
    assert copy_grams("hardcover", None) == TYPICAL_GRAMS["hardcover"]


def test_a_format_nobody_can_weigh_is_refused() -> None:
    with pytest.raises(InvalidInput, match="scroll"):
        copy_grams("scroll", None)
