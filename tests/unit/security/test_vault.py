"""Personal data at rest opens only with the subject's key, in its own place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.security.vault import INDEX_BYTES, KEYS_KEPT_OPEN, EnvelopeVault, SealBroken
from domain.shared.personal_data import PersonalDataVault, Sealed, WrappedKey

OLD, NEW, OTHER, INDEX = (bytes([n]) * 32 for n in range(4))
VAULT: PersonalDataVault = EnvelopeVault([OLD], INDEX)
PLACE = "users:1:email"


@given(st.text(max_size=200))
def test_what_is_sealed_opens_in_its_place(text: str) -> None:
    key = VAULT.new_key()
    assert VAULT.open(key, PLACE, VAULT.seal(key, PLACE, text)) == text


def test_sealed_bytes_show_nothing_of_the_text_and_never_repeat() -> None:
    key = VAULT.new_key()
    first, second = (VAULT.seal(key, PLACE, "jane@example.org") for _ in range(2))
    assert first != second
    assert b"jane" not in first + second + key


@pytest.mark.parametrize("place", ["users:2:email", "users:1:phone", ""])
def test_a_value_moved_to_another_row_or_column_does_not_open(place: str) -> None:
    key = VAULT.new_key()
    sealed = VAULT.seal(key, PLACE, "jane@example.org")
    with pytest.raises(SealBroken):
        VAULT.open(key, place, sealed)


def test_another_subjects_key_does_not_open_it() -> None:
    sealed = VAULT.seal(VAULT.new_key(), PLACE, "jane@example.org")
    with pytest.raises(SealBroken):
        VAULT.open(VAULT.new_key(), PLACE, sealed)


def test_no_altered_byte_goes_unseen() -> None:
    key = VAULT.new_key()
    sealed = VAULT.seal(key, PLACE, "jane")
    for i in range(len(sealed)):
        altered = Sealed(sealed[:i] + bytes([sealed[i] ^ 1]) + sealed[i + 1 :])
        with pytest.raises(SealBroken):
            VAULT.open(key, PLACE, altered)


@pytest.mark.parametrize("stump", [b"", b"x", b"x" * 12, b"x" * 27])
def test_a_cut_off_value_is_called_broken(stump: bytes) -> None:
    with pytest.raises(SealBroken):
        VAULT.open(VAULT.new_key(), PLACE, Sealed(stump))
    with pytest.raises(SealBroken):
        VAULT.open(WrappedKey(stump), PLACE, Sealed(b"x" * 40))


def test_rotation_keeps_everything_readable_before_during_and_after() -> None:
    key = VAULT.new_key()
    sealed = VAULT.seal(key, PLACE, "jane")
    both, after = EnvelopeVault([NEW, OLD], INDEX), EnvelopeVault([NEW], INDEX)
    assert both.open(key, PLACE, sealed) == "jane"
    rewrapped = both.rewrap(key)
    assert both.open(rewrapped, PLACE, sealed) == "jane"
    assert after.open(rewrapped, PLACE, sealed) == "jane"
    with pytest.raises(SealBroken):
        after.open(key, PLACE, sealed)


def test_a_key_that_is_already_current_is_not_wrapped_again() -> None:
    vault = EnvelopeVault([NEW, OLD], INDEX)
    key = vault.new_key()
    assert vault.rewrap(key) == key


def test_a_blind_index_answers_equality_and_nothing_else() -> None:
    index = VAULT.blind_index("email", "jane@example.org")
    assert index == VAULT.blind_index("email", "jane@example.org")
    assert len(index) == INDEX_BYTES >= 16
    assert index != VAULT.blind_index("email", "john@example.org")
    assert index != VAULT.blind_index("login", "jane@example.org")
    assert index != EnvelopeVault([OLD], OTHER).blind_index("email", "jane@example.org")


def test_a_blind_index_outlives_the_rotation_of_shop_keys() -> None:
    rotated = EnvelopeVault([NEW, OLD], INDEX)
    assert rotated.blind_index("email", "jane") == VAULT.blind_index("email", "jane")


def test_only_a_bounded_number_of_keys_stays_open_in_memory() -> None:
    vault = EnvelopeVault([OLD], INDEX)
    for _ in range(KEYS_KEPT_OPEN + 10):
        vault.seal(vault.new_key(), PLACE, "")
    assert len(vault._open_keys) == KEYS_KEPT_OPEN


@pytest.mark.parametrize("keys", [[], [b"short"]])
def test_a_missing_or_short_key_stops_the_process_at_its_start(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        EnvelopeVault(keys, INDEX)
