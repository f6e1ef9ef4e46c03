"""What can go wrong with a watch, in the shop's words."""

from domain.shared.errors import DomainError


class WatchNotFound(DomainError):
    """There is no such watch, or it is somebody else's."""

    code = "watch_not_found"


class WatchHasEnded(DomainError):
    """The watch came to its end, or will when its purchase is decided: begin a new one."""

    code = "watch_has_ended"


class WatchCannotMove(DomainError):
    """The watch's state does not allow this step."""

    code = "watch_cannot_move"


class NothingToVeto(DomainError):
    """The watch is not about to buy anything: there is nothing to say no to."""

    code = "nothing_to_veto"


class TooManyWatches(DomainError):
    """A reader has as many open watches as the shop keeps for one: end some first."""

    code = "too_many_watches"
