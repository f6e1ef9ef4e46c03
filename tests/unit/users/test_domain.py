"""Addresses, names, passwords, roles and the ladder of attempts."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shared.errors import InvalidInput
from domain.shared.ids import SessionId, UserId
from domain.users.attempts import (
    ACCOUNT,
    ACCOUNT_FROM_ADDRESS,
    ACCOUNT_FROM_DEVICE,
    ADDRESS,
    FORGOTTEN_AFTER,
    REGISTRATIONS,
    Ladder,
)
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash, new_password
from domain.users.person import person_name, phone_number
from domain.users.principal import NotAllowed, Principal, Role
from domain.users.user import RoleGranted, RoleRevoked, User, UserRegistered

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("jane@example.org", "jane@example.org"),
        ("  Jane.Roe+books@Example.ORG\n", "jane.roe+books@example.org"),
        ("o'hara_99@mail.example.co.uk", "o'hara_99@mail.example.co.uk"),
        ("jose\u0301@exa\u0301mple.org", "josé@exámple.org"),
        ("用户@例子.公司", "用户@例子.公司"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert EmailAddress.parse(typed).value == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "@", "jane", "jane@", "@example.org", "jane@localhost", "jane@@example.org", "a b@example.org",
        ".jane@example.org", "jane.@example.org", "ja..ne@example.org", "jane@example..org", "jane@-a.org",
        "jane@a-.org", "jane@example.1", "jane@example.org,eve@example.org", "jane\u0000@example.org",
        "jane@example.org\r\nBcc: eve@example.org", "\u202ejane@example.org", "<jane@example.org>",
        "x" * 65 + "@example.org", "x@" + "y" * 250 + ".org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        EmailAddress.parse(typed)
    assert wrong.value.field == "email"


@given(st.emails())
def test_keeping_an_address_twice_changes_nothing(typed: str) -> None:
    try:
        once = EmailAddress.parse(typed)
    except InvalidInput:
        return  # Hypothesis also knows quoted and numeric forms that the shop declines
    assert EmailAddress.parse(once.value) == once


@given(st.text(max_size=300))
def test_no_text_breaks_the_check_of_addresses(typed: str) -> None:
    try:
        value = EmailAddress.parse(typed).value
    except InvalidInput:
        return
    assert value.count("@") == 1
    assert value.isprintable()


@pytest.mark.parametrize(("typed", "kept"), [(" Jane   Roe ", "Jane Roe"), ("李小龍", "李小龍"), ("X", "X")])
def test_a_name_stays_as_its_owner_writes_it(typed: str, kept: str) -> None:
    assert person_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "x" * 121, "Jane\u0007", "Jane\u202e"])
def test_a_name_is_one_visible_line(typed: str) -> None:
    with pytest.raises(InvalidInput):
        person_name(typed)


@pytest.mark.parametrize(
    ("typed", "kept"), [("+1 (555) 010-9999", "+15550109999"), ("030/123.456", "030123456")]
)
def test_a_phone_number_is_kept_as_digits(typed: str, kept: str) -> None:
    assert phone_number(typed) == kept


@pytest.mark.parametrize("typed", ["", "1234", "+", "1" * 16, "555-CALL-ME", "++15550109999", "٠١٢٣٤٥٦٧"])
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        phone_number(typed)


@pytest.mark.parametrize("text", ["correct horse", "12345679", "パスワード八文字", "x" * 255 + "y"])
def test_a_password_may_be_anything_long_enough(text: str) -> None:
    assert new_password(text, "jane@example.org", "Jane") == text


@pytest.mark.parametrize(
    "text", ["", "1234567", "x" * 257, "zzzzzzzzzz", "PassWord", "12345678", "Jane@Example.org", "jane ROE"]
)
def test_a_password_that_is_guessed_first_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        new_password(text, "jane@example.org", "Jane Roe")


def reader() -> User:
    email = EmailAddress("jane@example.org")
    return User.register(UserId(UUID(int=1)), email, "Jane", PasswordHash("x"), NOW)


def test_everybody_starts_as_a_reader() -> None:
    user = reader()
    assert user.roles == {Role.READER}
    assert user.drain_events() == [UserRegistered(aggregate_id=user.id, occurred_at=NOW)]


def test_a_role_is_given_and_taken_once() -> None:
    user, admin = reader(), UserId(UUID(int=9))
    user.drain_events()
    for _ in range(2):
        user.grant(Role.STAFF, admin, NOW)
    assert user.roles == {Role.READER, Role.STAFF}
    for _ in range(2):
        user.revoke(Role.STAFF, admin, NOW)
    assert user.roles == {Role.READER}
    assert [type(event) for event in user.drain_events()] == [RoleGranted, RoleRevoked]


def test_nobody_stops_being_a_reader() -> None:
    with pytest.raises(InvalidInput):
        reader().revoke(Role.READER, None, NOW)


def test_staff_and_admins_are_told_apart() -> None:
    def who(*roles: Role) -> Principal:
        return Principal(UserId(UUID(int=1)), SessionId(UUID(int=2)), frozenset(roles))

    who(Role.STAFF).require_staff()
    who(Role.ADMIN).require_staff()
    who(Role.ADMIN).require_admin()
    with pytest.raises(NotAllowed):
        who(Role.READER).require_staff()
    with pytest.raises(NotAllowed):
        who(Role.STAFF).require_admin()


def hammered(ladder: Ladder) -> list[timedelta]:
    """The moments of the attempts of somebody who tries whenever he may, for some hours."""
    moments, now = [timedelta(0)], timedelta(0)
    while now < timedelta(hours=6):
        now += ladder.wait_after(len(moments))
        moments.append(now)
    return moments


@pytest.mark.parametrize("ladder", [ACCOUNT, ACCOUNT_FROM_ADDRESS, ACCOUNT_FROM_DEVICE])
def test_nobody_gets_more_than_ten_guesses_in_any_quarter_of_an_hour(ladder: Ladder) -> None:
    moments = hammered(ladder)
    for start in moments:
        assert sum(start <= moment <= start + QUARTER for moment in moments) <= 10


@pytest.mark.parametrize(
    "ladder", [ACCOUNT, ACCOUNT_FROM_ADDRESS, ACCOUNT_FROM_DEVICE, ADDRESS, REGISTRATIONS]
)
def test_waits_grow_and_end_before_they_are_forgotten(ladder: Ladder) -> None:
    waits = [ladder.wait_after(n) for n in range(2000)]
    assert waits == sorted(waits)
    assert waits[ladder.free - 1] == timedelta(0) < waits[ladder.free] == ladder.first
    assert waits[-1] == ladder.longest
    assert ladder.longest + QUARTER <= FORGOTTEN_AFTER
