"""Amounts are read as they were meant, to the cent, or not at all."""

import pytest

from adapters.stores.answers.spot import Unreadable
from adapters.stores.mapping.amounts import Notation, Written, read_amount
from domain.shared.money import Money

LOCAL = [
    ("$1,234.50", "USD", ".", 123450),
    ("US$ 12.99", "USD", ".", 1299),
    ("£1,234.50", "GBP", ".", 123450),
    ("1.234,50\u00a0€", "EUR", ",", 123450),
    ("1\u202f234,50\u00a0€", "EUR", ",", 123450),
    ("EUR 12,9", "EUR", ",", 1290),
    ("12", "EUR", ",", 1200),
    ("CHF\u00a01\u2019234.50", "CHF", ".", 123450),
    ("CHF 1'234.50", "CHF", ".", 123450),
    ("CA$1,234.50", "CAD", ".", 123450),
    ("A$1,234.50", "AUD", ".", 123450),
    ("¥1,234", "JPY", ".", 1234),
    ("1,234円", "JPY", ".", 1234),
    ("1.234.567", "EUR", ",", 123456700),
    ("KD 1.250", "KWD", ".", 1250),
]


@pytest.mark.parametrize(("text", "currency", "mark", "amount"), LOCAL)
def test_local_texts_are_read_as_people_there_read_them(
    text: str, currency: str, mark: str, amount: int
) -> None:
    assert read_amount(text, currency, Notation(Written.LOCAL, mark)) == Money(amount, currency)


@pytest.mark.parametrize(
    ("text", "currency", "mark"),
    [
        ("19.99", "EUR", ","),  # never 1,999
        ("1,23,456.00", "USD", "."),
        ("1.234,50", "USD", "."),
        ("1,234.567,00", "USD", "."),
        ("1'234.567", "CHF", ","),
        ("$12.99", "EUR", "."),
        ("12,99 €", "USD", ","),
        ("12,99 € *", "EUR", ","),
        ("from $12.99", "USD", "."),
        ("$12.99 $15.99", "USD", "."),
        ("-$3.00", "USD", "."),
        ("$12.", "USD", "."),
        ("$12.999", "USD", "."),
        ("¥1,234.50", "JPY", "."),
        ("call us", "USD", "."),
        ("", "USD", "."),
        ("9" * 41, "USD", "."),
        ("9" * 40, "USD", "."),
        ("\u0663", "USD", "."),  # a three in Arabic
    ],
)
def test_what_could_mean_something_else_is_no_amount(text: str, currency: str, mark: str) -> None:
    with pytest.raises(Unreadable):
        read_amount(text, currency, Notation(Written.LOCAL, mark))


@pytest.mark.parametrize("text", ["2879.2", "2879.20", "2879.200000", "2.8792e3", "2879.2000000000003"])
def test_one_amount_written_in_two_ways_is_one_amount(text: str) -> None:
    assert read_amount(text, "USD", Notation()) == Money(287920, "USD")


@pytest.mark.parametrize(
    ("text", "written", "currency", "amount"),
    [
        ("1299", Written.MINOR, "USD", 1299),
        ("1299", Written.MINOR, "JPY", 1299),
        ("12990000", Written.MICROS, "USD", 1299),
        ("1.299E+7", Written.MICROS, "USD", 1299),
        ("1299", Written.DECIMAL, "JPY", 1299),
        ("1299.00", Written.DECIMAL, "JPY", 1299),
        ("0", Written.DECIMAL, "USD", 0),
    ],
)
def test_numbers_count_in_what_the_description_says(
    text: str, written: Written, currency: str, amount: int
) -> None:
    assert read_amount(text, currency, Notation(written)) == Money(amount, currency)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("12.995", Written.DECIMAL),
        ("-1", Written.DECIMAL),
        ("1,299", Written.DECIMAL),
        ("$12.99", Written.DECIMAL),
        ("9e99", Written.DECIMAL),
        ("NaN", Written.DECIMAL),
        ("12.99", Written.MINOR),
        ("9" * 19, Written.MINOR),
        ("12.99e6 ", Written.MICROS),
        ("999999999999e5", Written.DECIMAL),
    ],
)
def test_other_texts_are_no_amounts(text: str, written: Written) -> None:
    with pytest.raises(Unreadable, match=r"amount|price|finer|whole number"):
        read_amount(text, "USD", Notation(written))
