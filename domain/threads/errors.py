"""What can go wrong with threads and their posts."""

from datetime import timedelta
from math import ceil

from domain.shared.errors import DomainError


class ThreadNotFound(DomainError):
    """There is no such thread, or it is none of this reader's business."""

    code = "thread_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such thread.")


class PostNotFound(DomainError):
    """There is no such post in this thread, or not any more."""

    code = "post_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such post.")


class ThreadClosed(DomainError):
    """A host has closed the thread: what was said can be read, and taken back, and nothing is added."""

    code = "thread_closed"

    def __init__(self) -> None:
        super().__init__("This thread is closed.")


class NotYourPost(DomainError):
    """Only its author changes a post or takes it back; a host can hide it."""

    code = "not_your_post"

    def __init__(self) -> None:
        super().__init__("This post is somebody else's.")


class PostIsHidden(DomainError):
    """A host has hidden this post: it is changed no more. Its author can take it back."""

    code = "post_is_hidden"

    def __init__(self) -> None:
        super().__init__("A host has hidden this post.")


class PositionNotTold(DomainError):
    """Others would learn from the post how far its author is, who keeps that to herself: she says up to where
    her words give something away.
    """

    code = "position_not_told"

    def __init__(self) -> None:
        super().__init__(
            "Your progress is sealed: say up to where your words give something away (page, percent, chapter"
            " or seconds)."
        )


class PositionWithoutWork(DomainError):
    """The thread is about no work: there is nothing to be ahead of."""

    code = "position_without_work"

    def __init__(self) -> None:
        super().__init__("This thread is about no work; leave the position out.")


class TooManyPosts(DomainError):
    """More posts in a while than anybody reads; the wait is in whole seconds."""

    code = "too_many_posts"

    def __init__(self, wait: timedelta) -> None:
        seconds = max(1, ceil(wait.total_seconds()))
        super().__init__("You have written very many posts; go on a little later.", retry_after=seconds)
