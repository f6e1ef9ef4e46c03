"""What can go wrong with meetings."""

from domain.shared.errors import DomainError


class MeetingNotFound(DomainError):
    """There is no such meeting, or its club keeps it to itself."""

    code = "meeting_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such meeting.")


class MeetingIsOver(DomainError):
    """The meeting was cancelled or has ended: nothing about it changes any more."""

    code = "meeting_is_over"

    def __init__(self, status: str) -> None:
        super().__init__(
            f"The meeting is {status}: nothing about it changes any more.", meeting_status=status
        )


class MeetingNotBegun(DomainError):
    """Who was there is known when the meeting has begun, or is about to."""

    code = "meeting_not_begun"

    def __init__(self) -> None:
        super().__init__("The meeting has not begun yet.")


class MeetingHasBegun(DomainError):
    """A meeting is moved and called off before it begins."""

    code = "meeting_has_begun"

    def __init__(self) -> None:
        super().__init__("The meeting has begun; it can no longer be moved or called off.")


class AttendanceCodeNotGood(DomainError):
    """This is not the code that the host shows at the meeting."""

    code = "attendance_code_not_good"

    def __init__(self) -> None:
        super().__init__("This is not the code of this meeting.")


class EditionLengthUnknown(DomainError):
    """A page, a chapter or a second says how far one is only if the whole is known: send `of`."""

    code = "edition_length_unknown"

    def __init__(self, unit: str) -> None:
        super().__init__(
            f"How long is your edition? Send its whole length as `of`, counted like `{unit}`.", unit=unit
        )


class ProgressIsSealed(DomainError):
    """This reader keeps her progress to herself until the meeting is near."""

    code = "progress_is_sealed"

    def __init__(self) -> None:
        super().__init__("This reader's progress is sealed until the meeting is near.")


class AttendeeNotFound(DomainError):
    """This reader has neither answered nor read for the meeting."""

    code = "attendee_not_found"

    def __init__(self) -> None:
        super().__init__("This reader has neither answered nor read for the meeting.")


class CalendarNotFound(DomainError):
    """No calendar has this address: it was never given out, or another took its place."""

    code = "calendar_not_found"

    def __init__(self) -> None:
        super().__init__("There is no calendar at this address.")
