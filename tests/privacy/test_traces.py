"""The scanner sees what it claims to see: otherwise a clean scan would prove nothing."""

import base64
import json
from urllib.parse import quote

import pytest

from tests.privacy.traces import Traces, cards_in

EMAIL = "Wilhelmina.Quackenbush@example.org"
TRACES = Traces("quackenbush", "quagmire")


@pytest.mark.parametrize(
    "written",
    [
        EMAIL.encode(),
        EMAIL.upper().encode(),
        EMAIL.lower().encode(),
        EMAIL.lower().encode().hex().encode(),
        json.dumps({"to": EMAIL}).encode(),
        EMAIL.encode().hex().encode(),
        EMAIL.encode().hex().upper().encode(),
        EMAIL.encode("utf-16-le"),
        quote(EMAIL).encode(),
        *(base64.b64encode(b"x" * before + EMAIL.encode() + b"and more") for before in range(4)),
        base64.b64encode(b"Wilhelmina Quackenbush"),
        base64.urlsafe_b64encode(json.dumps({"name": "Wilhelmina Quackenbush"}).encode()),
        b"\x00\x01\xff" + EMAIL.encode() + b"\x00",
    ],
)
def test_an_address_is_found_however_it_is_written(written: bytes) -> None:
    assert len(list(TRACES.in_bytes(written, "here"))) >= 1


@pytest.mark.parametrize("written", [b"", b"quack", b"anna@example.org", EMAIL[::-1].encode()])
def test_what_is_not_the_person_is_not_found(written: bytes) -> None:
    assert list(TRACES.in_bytes(written, "here")) == []


@pytest.mark.parametrize(
    "card", ["4242424242424242", "4242 4242 4242 4242", "5555-5555-5555-4444", "378282246310005"]
)
def test_a_card_is_found_in_a_sentence(card: str) -> None:
    assert len(cards_in(f'{{"note": "my card is {card}, thanks"}}')) == 1


@pytest.mark.parametrize(
    "number",
    [
        "4242424242424241",  # a wrong check digit
        "9780141439587",  # an ISBN
        "1790000000123456",  # a time in microseconds
        "0190a1b2-4242-4242-4242-424242424242",  # an id
        "12.4242424242424242",  # a fraction
        "42424242424242424242",  # too long
    ],
)
def test_a_number_that_is_no_card_is_left_alone(number: str) -> None:
    assert cards_in(f"x {number} y") == []
