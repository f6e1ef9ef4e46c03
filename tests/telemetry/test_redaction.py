"""What is written down about readers: nothing."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telemetry.redaction import HIDDEN, PERSONAL_KEYS, redact, redacted


@pytest.mark.parametrize(
    "text",
    [
        "mail to ada.lovelace+books@example.org failed",
        "card 4242424242424242 refused",
        "card 4242 4242 4242 4242 refused",
        "card 4242-4242-4242-4242, 378282246310005",
        "postgresql://octavo:s3cret@localhost/octavo",
        'duplicate key\nDETAIL:  Key (name)=("Ada Lovelace") already exists.',
    ],
)
def test_what_hides_in_a_sentence_is_hidden(text: str) -> None:
    for secret in ("lovelace", "4242", "378282246310005", "s3cret"):
        assert secret not in redacted(text).lower()


@pytest.mark.parametrize(
    "text",
    [
        "order 0198c5b4-4242-7abc-8def-424242424242 confirmed",
        "ISBN 9780141439518, 9783161484100",
        "amount 1299 USD at 2026-11-21T03:19:28.157219Z",
    ],
)
def test_order_numbers_isbns_and_times_stay_readable(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize("key", sorted(PERSONAL_KEYS))
def test_a_personal_key_is_hidden_however_deep_it_lies(key: str) -> None:
    event = redact(None, "", {"event": "x", "request": {"parts": [{key.upper().replace("_", "-"): "Ada"}]}})
    assert "Ada" not in str(event)


def test_an_object_is_named_and_not_printed() -> None:
    @dataclass
    class Reader:
        name: str

    event = redact(None, "", {"event": "x", "who": Reader("Ada"), "order": UUID(int=7)})
    assert event == {"event": "x", "who": "<Reader>", "order": str(UUID(int=7))}


@given(st.text(max_size=30), st.emails(), st.text(max_size=30))
def test_no_address_survives_whatever_stands_around_it(before: str, email: str, after: str) -> None:
    if not email.isascii() or any(c in email for c in "!#$&*/=?^`{|}~"):
        return  # legal, and refused at registration
    assert email not in redacted(f"{before} {email} {after}")


def test_the_mark_itself_is_stable() -> None:
    assert redacted(redacted("a@b.example")) == HIDDEN
