"""Between threads, posts and their rows, both ways."""

from adapters.postgres.database import Row
from domain.shared.ids import ClubId, MeetingId, PostId, ThreadId, UserId, WorkId
from domain.shared.personal_data import PersonalDataVault, Sealed
from domain.threads.post import HidingReason, Post, PostState
from domain.threads.thread import Thread


def thread_from(row: Row, vault: PersonalDataVault) -> Thread:
    """The aggregate; the row brings its opener's key, if she still has one."""
    return Thread(
        id=ThreadId(row.id),
        club_id=ClubId(row.club_id),
        opened_by=UserId(row.opened_by),
        opened_at=row.opened_at,
        title=title_from(row, vault),
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id else None,
        work_id=WorkId(row.work_id) if row.work_id else None,
        closed_at=row.closed_at,
        closed_by=UserId(row.closed_by) if row.closed_by else None,
    )


def title_from(row: Row, vault: PersonalDataVault) -> str | None:
    """What it is about; nothing once she who opened it was erased."""
    if row.wrapped is None:
        return None
    return vault.open(row.wrapped, title_place(ThreadId(row.id)), Sealed(row.sealed_title))


def post_from(row: Row, vault: PersonalDataVault) -> Post:
    """The aggregate; the row brings its author's key, if she still has one."""
    return Post(
        id=PostId(row.id),
        thread_id=ThreadId(row.thread_id),
        author=UserId(row.author),
        text=text_from(row, vault),
        position=row.position,
        written_at=row.written_at,
        revised_at=row.revised_at,
        state=PostState(row.state),
        reason=HidingReason(row.reason) if row.reason else None,
        hidden_by=UserId(row.hidden_by) if row.hidden_by else None,
        version=row.version,
    )


def text_from(row: Row, vault: PersonalDataVault) -> str | None:
    """What was said; nothing once its author was erased."""
    if row.wrapped is None or row.sealed_text is None:
        return None
    return vault.open(row.wrapped, text_place(PostId(row.id)), Sealed(row.sealed_text))


def standing_row(post: Post) -> dict[str, object]:
    """The columns that verbs change, but for the words."""
    return {
        "position": post.position,
        "revised_at": post.revised_at,
        "state": post.state.value,
        "reason": post.reason.value if post.reason else None,
        "hidden_by": post.hidden_by,
    }


def title_place(thread_id: ThreadId) -> str:
    """Table, row and column: what is sealed for one does not open in another."""
    return f"threads:{thread_id}:title"


def text_place(post_id: PostId) -> str:
    """As above."""
    return f"thread_posts:{post_id}:text"
