"""Settings work out of the box, and a wrong one is named."""

import base64
import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from entrypoints.environment import SettingError
from entrypoints.settings import Settings
from entrypoints.stack.display import without_password
from entrypoints.stack.secrets import ensure_secrets, new_secrets

SECRETS = new_secrets()


def load(**values: str) -> Settings:
    return Settings.load({**SECRETS, **values})


def test_every_setting_but_the_secrets_has_a_default_that_works() -> None:
    settings = load()
    assert (settings.http.host, settings.http.port, settings.http.processes) == ("127.0.0.1", 8000, 2)
    assert settings.http.public_url == "http://127.0.0.1:8000"
    assert settings.temporal.address == "127.0.0.1:7233"
    assert settings.payments.gateway == "sandbox"
    assert settings.checkout.hold_minutes == 15
    assert settings.purchases.caps["JPY"].per_day.amount == 45_000
    assert settings.http.cors_origins == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OCTAVO_HTTP_PORT", "eighty"),
        ("OCTAVO_HTTP_PORT", "0"),
        ("OCTAVO_HTTP_PORT", "65536"),
        ("OCTAVO_HTTP_PROCESSES", "-1"),
        ("OCTAVO_HOLD_MINUTES", "0"),
        ("OCTAVO_PURCHASE_CAPS", "USD:100/300"),
        ("OCTAVO_PURCHASE_CAPS", "USD:many/300/1000"),
        ("OCTAVO_PURCHASE_CAPS", "XTS:100/300/1000"),
        ("OCTAVO_PURCHASE_CAPS", "USD:300/100/1000"),
        ("OCTAVO_DATABASE_URL", "mysql://somewhere"),
        ("OCTAVO_REDIS_URL", "somewhere"),
        ("OCTAVO_PAYMENT_GATEWAY", "cash"),
        ("OCTAVO_BOOK_SOURCES", "hearsay"),
        ("OCTAVO_BOOKS_COUNTRY", "Germany"),
        ("OCTAVO_BOOKSTORES_COUNT", "0"),
        ("OCTAVO_BOOKSTORES_COUNT", "201"),
        ("OCTAVO_BOOKS_COUNTRY", "us"),
        ("OCTAVO_BOOKS_CONTACT", "me\r\nX-Evil: 1"),
        ("OCTAVO_GOOGLE_BOOKS_PER_MINUTE", "0"),
        ("OCTAVO_ENCRYPTION_KEYS", "1:short"),
        ("OCTAVO_ENCRYPTION_KEYS", base64.b64encode(bytes(32)).decode()),
        ("OCTAVO_BLIND_INDEX_KEY", "not base64!"),
        ("OCTAVO_TOKEN_SIGNING_KEY", "-----BEGIN PRIVATE KEY-----\nno\n-----END PRIVATE KEY-----"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        load(**{name: value})


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_nothing_trades_without_a_secret(name: str) -> None:
    with pytest.raises(SettingError, match=name):
        load(**{name: ""})
    assert Settings.load({**SECRETS, name: ""}, secrets_required=False)


def test_stripe_is_not_chosen_without_its_webhook_secret() -> None:
    with pytest.raises(SettingError, match="OCTAVO_STRIPE_WEBHOOK_SECRET"):
        load(OCTAVO_PAYMENT_GATEWAY="stripe", OCTAVO_STRIPE_API_KEY="sk_test_x")


def test_an_error_never_repeats_a_secret() -> None:
    with pytest.raises(SettingError) as error:
        load(OCTAVO_ENCRYPTION_KEYS="1:c2VjcmV0")
    assert "c2VjcmV0" not in str(error.value)
    assert not any(secret in repr(load()) for secret in SECRETS.values())


def test_an_address_is_shown_without_its_password() -> None:
    assert without_password("postgresql://ann:s3cret@db/octavo") == "postgresql://ann@db/octavo"
    assert without_password("redis://:s3cret@cache:6379") == "redis://@cache:6379"
    assert without_password("unix:///run/valkey.sock?db=0") == "unix:///run/valkey.sock?db=0"


def test_a_signing_key_may_be_pem() -> None:
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert load(OCTAVO_TOKEN_SIGNING_KEY=pem).security.token_signing_key == key.private_bytes_raw()


def test_the_first_of_several_encryption_keys_is_the_current_one() -> None:
    old, new = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
    keys = load(OCTAVO_ENCRYPTION_KEYS=f"2026-11:{new}, 2025-01:{old}").security.encryption_keys
    assert keys == (bytes([2]) * 32, bytes([1]) * 32)


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    ensure_secrets(tmp_path)
    folder = tmp_path / "secrets"
    before = {file.name: file.read_text() for file in folder.iterdir()}
    ensure_secrets(tmp_path)
    assert {file.name: file.read_text() for file in folder.iterdir()} == before
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert before.keys() == SECRETS.keys()


def test_a_command_finds_the_running_stack_and_its_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("OCTAVO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OCTAVO_HOME", str(tmp_path))
    ensure_secrets(tmp_path)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "stack.env").write_text(
        "OCTAVO_PAYMENTS_URL=http://127.0.0.1:4711\nOCTAVO_HTTP_PORT=9000\n"
    )
    monkeypatch.setenv("OCTAVO_HTTP_PORT", "9001")
    settings = Settings.load()
    assert settings.payments.url == "http://127.0.0.1:4711"
    assert settings.http.port == 9001
    assert len(settings.security.cookie_key) == 32
