"""What a signed-in device is handed."""

from dataclasses import dataclass, field
from datetime import timedelta

from domain.shared.ids import SessionId, UserId


@dataclass(frozen=True, slots=True)
class SessionTokens:
    """An access token for the next minutes, and the one refresh token that gets the next."""

    user_id: UserId
    session_id: SessionId
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: timedelta
