"""A refresh token is good once; whoever shows it again ends the session, unless an answer was lost."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.shared.ids import SessionId, UserId
from domain.users.errors import RefreshTokenRejected
from domain.users.session import (
    GRACE,
    LONGEST_SESSION,
    REFRESH_LIFETIME,
    Fingerprint,
    RefreshToken,
    RefreshTokenReused,
    Session,
    fingerprint,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def started() -> Session:
    first = fingerprint("first")
    return Session.start(SessionId(UUID(int=1)), UserId(UUID(int=2)), "Firefox on Linux", first, NOW)


def spent(token: RefreshToken, at: datetime) -> RefreshToken:
    return RefreshToken(token.fingerprint, token.parent, token.expires_at, at)


def new(text: str) -> Fingerprint:
    return fingerprint(text)


def test_only_a_hash_of_a_token_is_known() -> None:
    assert len(fingerprint("secret")) == 32
    assert b"secret" not in fingerprint("secret")


def test_a_live_token_is_exchanged_for_its_successor() -> None:
    session = started()
    first = session.live
    assert session.renew(first, new("second"), NOW + SECOND)
    assert session.live == RefreshToken(new("second"), first.fingerprint, NOW + SECOND + REFRESH_LIFETIME)
    assert session.last_used_at == NOW + SECOND


def test_an_answer_lost_on_its_way_is_replaced() -> None:
    session = started()
    first = session.live
    session.renew(first, new("lost"), NOW)
    assert session.renew(spent(first, NOW), new("found"), NOW + GRACE)
    assert session.live.fingerprint == new("found")
    assert session.ended_at is None


def test_the_replaced_answer_is_good_for_nothing_but_ending_the_session() -> None:
    session = started()
    first = session.live
    session.renew(first, new("lost"), NOW)
    lost = session.live
    session.renew(spent(first, NOW), new("found"), NOW + SECOND)
    assert not session.renew(spent(lost, NOW + SECOND), new("thief"), NOW + SECOND)
    assert session.ended_at == NOW + SECOND


def test_after_the_grace_a_second_use_ends_the_session_and_is_told() -> None:
    session = started()
    first = session.live
    session.renew(first, new("second"), NOW)
    late = NOW + GRACE + SECOND
    assert not session.renew(spent(first, NOW), new("thief"), late)
    assert session.ended_at == late
    assert session.drain_events() == [
        RefreshTokenReused(aggregate_id=session.id, occurred_at=late, user_id=session.user_id)
    ]


def test_within_the_grace_a_second_use_ends_the_session_once_its_answer_was_used() -> None:
    session = started()
    first = session.live
    session.renew(first, new("second"), NOW)
    session.renew(session.live, new("third"), NOW + SECOND)
    assert not session.renew(spent(first, NOW), new("thief"), NOW + 2 * SECOND)
    assert session.ended_at is not None


def test_an_ended_session_is_not_carried_on() -> None:
    session = started()
    session.end(NOW)
    session.end(NOW + SECOND)
    assert session.ended_at == NOW
    with pytest.raises(RefreshTokenRejected):
        session.renew(session.live, new("second"), NOW)


def test_a_token_that_was_not_used_for_a_month_is_refused_without_suspicion() -> None:
    session = started()
    with pytest.raises(RefreshTokenRejected):
        session.renew(session.live, new("second"), NOW + REFRESH_LIFETIME)
    assert session.ended_at is None


def test_no_session_outlives_half_a_year_however_busy() -> None:
    session, at = started(), NOW
    while at < NOW + LONGEST_SESSION - REFRESH_LIFETIME / 2:
        at += REFRESH_LIFETIME / 2
        assert session.renew(session.live, fingerprint(str(at)), at)
    assert session.live.expires_at == NOW + LONGEST_SESSION
    with pytest.raises(RefreshTokenRejected):
        session.renew(session.live, new("one more"), NOW + LONGEST_SESSION)
