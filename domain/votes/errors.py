"""What can go wrong with votes for the next book."""

from domain.shared.errors import DomainError


class VoteNotFound(DomainError):
    """There is no such vote, or it is none of this reader's business."""

    code = "vote_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such vote.")


class VoteIsOver(DomainError):
    """The vote has come to its end: nothing is proposed any more, and no ballot is taken."""

    code = "vote_is_over"

    def __init__(self) -> None:
        super().__init__("This vote is over.")


class NotACandidate(DomainError):
    """A ballot names only works that were proposed in this vote, each once."""

    code = "not_a_candidate"

    def __init__(self) -> None:
        super().__init__("Name only works that were proposed in this vote, each once.")


class TooManyCandidates(DomainError):
    """As many works are proposed as anybody can compare."""

    code = "too_many_candidates"

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} works are proposed already: vote for one of them.")
