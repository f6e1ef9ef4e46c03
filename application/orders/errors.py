"""What keeps a use case about orders from its work."""

from domain.shared.errors import DomainError


class ProcessesUnavailable(DomainError):
    """The process engine does not answer; what was accepted is kept and will go on by itself."""

    code = "processes_unavailable"
