"""The reader's signed-in devices."""

from uuid import UUID

from litestar import Controller, delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from application.users.end_sessions import EndOtherSessions, EndSession
from application.users.list_sessions import ListSessions
from domain.shared.ids import SessionId
from domain.users.principal import Principal
from entrypoints.http.users.schemas import Session, Sessions


class SessionsOfReader(Controller):
    """For their owner only."""

    path = "/users/sessions"
    tags = ("Accounts",)

    @get()
    async def list_sessions(
        self, reader: NamedDependency[Principal], list_sessions: NamedDependency[ListSessions]
    ) -> Sessions:
        """Where you are signed in."""
        found = await list_sessions(reader)
        return Sessions([Session.of(session, reader.session_id) for session in found])

    @delete()
    async def end_others(
        self, reader: NamedDependency[Principal], end_other_sessions: NamedDependency[EndOtherSessions]
    ) -> None:
        """Sign out everywhere else."""
        await end_other_sessions(reader)

    @delete("/{session_id:uuid}")
    async def end_one(
        self,
        session_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        end_session: NamedDependency[EndSession],
    ) -> None:
        """Sign out one device."""
        await end_session(reader, SessionId(session_id))
