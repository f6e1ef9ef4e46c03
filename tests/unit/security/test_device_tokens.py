"""A device cookie proves an earlier sign-in to one account, and nothing else."""

import pytest

from adapters.security.device_tokens import SignedDeviceTokens
from domain.users.attempts import DeviceTokens

DEVICES: DeviceTokens = SignedDeviceTokens(bytes(32))


def test_a_device_is_known_to_the_account_it_signed_in_to() -> None:
    token = DEVICES.issue(b"jane")
    assert DEVICES.device(token, b"jane") is not None
    assert DEVICES.device(token, b"eve") is None
    assert SignedDeviceTokens(b"o" * 32).device(token, b"jane") is None


def test_every_sign_in_makes_another_device() -> None:
    first, second = (DEVICES.issue(b"jane") for _ in range(2))
    assert DEVICES.device(first, b"jane") != DEVICES.device(second, b"jane")


def test_no_altered_character_goes_unseen() -> None:
    token = DEVICES.issue(b"jane")
    for i, character in enumerate(token):
        altered = token[:i] + ("A" if character != "A" else "B") + token[i + 1 :]
        assert DEVICES.device(altered, b"jane") is None


@pytest.mark.parametrize("token", ["", "x", "====", "é", "\ud800", "A" * 10_000, "A" * 64])
def test_whatever_else_comes_along_is_no_device(token: str) -> None:
    assert DEVICES.device(token, b"jane") is None
