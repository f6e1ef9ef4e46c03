"""Only a fresh letter, unchanged to the last byte, from who knows a secret is believed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from adapters.payments.webhook_signature import sandbox_webhooks, stripe_webhooks
from domain.payments.gateway import PaymentKey, PaymentReference
from domain.payments.webhooks import PaymentEvent
from domain.shared.errors import InvalidInput
from domain.shared.signatures import ForgedMessage, demand_signature, sign
from entrypoints.sandbox.shared import webhooks as sandbox

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BODY = json.dumps(
    {"id": "evt_1", "type": "payment.authorised", "data": {"key": "k-1", "reference": "pay_1"}}
).encode()


class StoppedClock:
    def now(self) -> datetime:
        return NOW


LETTERS = sandbox_webhooks(["current", "previous"], StoppedClock())
SIGNATURE = sign(BODY, "current", NOW)


def test_a_true_letter_is_read() -> None:
    expected = PaymentEvent("evt_1", "payment.authorised", PaymentKey("k-1"), PaymentReference("pay_1"))
    assert LETTERS.verify(BODY, SIGNATURE) == expected


def test_every_active_secret_counts_while_it_is_rotated() -> None:
    LETTERS.verify(BODY, sign(BODY, "previous", NOW))
    with pytest.raises(ForgedMessage):
        LETTERS.verify(BODY, sign(BODY, "retired", NOW))


@pytest.mark.parametrize("position", range(len(BODY)))
def test_a_letter_with_any_byte_changed_is_a_forgery(position: int) -> None:
    for change in (1, 32, 128):
        forged = bytearray(BODY)
        forged[position] ^= change
        with pytest.raises(ForgedMessage):
            LETTERS.verify(bytes(forged), SIGNATURE)


@pytest.mark.parametrize("position", range(len(SIGNATURE)))
def test_a_signature_with_any_character_changed_is_a_forgery(position: int) -> None:
    for change in (1, 2, 16, 32):
        forged = SIGNATURE[:position] + chr(ord(SIGNATURE[position]) ^ change) + SIGNATURE[position + 1 :]
        with pytest.raises(ForgedMessage):
            LETTERS.verify(BODY, forged)


@pytest.mark.parametrize("seconds", [-299, 0, 299])
def test_a_letter_within_five_minutes_of_now_is_believed(seconds: int) -> None:
    LETTERS.verify(BODY, sign(BODY, "current", NOW + timedelta(seconds=seconds)))


@pytest.mark.parametrize("seconds", [-86_400, -301, 301, 86_400])
def test_an_old_letter_and_one_from_the_future_are_refused(seconds: int) -> None:
    with pytest.raises(ForgedMessage):
        LETTERS.verify(BODY, sign(BODY, "current", NOW + timedelta(seconds=seconds)))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "v1=00",
        "t=1",
        SIGNATURE.replace("v1", "v0"),
        f" {SIGNATURE}",
        f"{SIGNATURE},",
        "t=1,v1=",
        "t=-1,v1=00",
    ],
)
def test_a_header_of_another_shape_is_refused(header: str) -> None:
    with pytest.raises(ForgedMessage):
        LETTERS.verify(BODY, header)


@given(st.binary(max_size=200), st.text(max_size=200))
def test_noise_is_refused_and_never_an_accident(body: bytes, header: str) -> None:
    with pytest.raises(ForgedMessage):
        LETTERS.verify(body, header)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": 1, "type": 2, "data": null}', b"\xff"])
def test_a_true_letter_without_sense_is_told_so(body: bytes) -> None:
    with pytest.raises(InvalidInput):
        LETTERS.verify(body, sign(body, "current", NOW))


@pytest.mark.parametrize("secrets", [[], [""], ["current", ""]])
def test_nobody_listens_without_a_secret(secrets: list[str]) -> None:
    with pytest.raises(ValueError, match="secret"):
        stripe_webhooks(secrets, StoppedClock())


@pytest.mark.parametrize("secrets", [[], [""]])
def test_an_empty_secret_proves_nothing(secrets: list[str]) -> None:
    with pytest.raises(ForgedMessage):
        demand_signature(BODY, sign(BODY, "", NOW), secrets, NOW)


def test_the_sandbox_signs_as_the_shop_reads() -> None:
    LETTERS.verify(BODY, sandbox.sign(BODY.decode(), "current", int(NOW.timestamp())))


def stripe_letter(subject: dict[str, object]) -> tuple[bytes, str]:
    body = json.dumps({"id": "evt_2", "type": "some.type", "data": {"object": subject}})
    header = stripe.WebhookSignature.generate_signature_header(
        body, "whsec_1", timestamp=int(NOW.timestamp())
    )
    return body.encode(), header


@pytest.mark.parametrize(
    ("subject", "key", "reference"),
    [
        ({"object": "payment_intent", "id": "pi_1", "metadata": {"octavo_key": "k-1"}}, "k-1", "pi_1"),
        ({"object": "charge", "id": "ch_1", "payment_intent": "pi_1", "metadata": {}}, None, "pi_1"),
        ({"object": "customer", "id": "cus_1", "metadata": None}, None, None),
    ],
)
def test_a_letter_signed_by_stripes_own_library_is_read(
    subject: dict[str, object], key: str | None, reference: str | None
) -> None:
    body, header = stripe_letter(subject)
    event = stripe_webhooks(["whsec_1"], StoppedClock()).verify(body, f"{header},v0=00ff")
    assert (event.id, event.key, event.reference) == ("evt_2", key, reference)
