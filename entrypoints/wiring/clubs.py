"""Clubs, their meetings, and who reads how far for them."""

from dependency_injector import providers

from application.clubs.found_club import FoundClub
from application.clubs.give_role import GiveRole
from application.clubs.invite import InviteByLink, WithdrawInvitation
from application.clubs.join_club import JoinClub, LeaveClub
from application.clubs.keep_door import KeepDoor
from application.clubs.revise_club import ReviseClub
from application.clubs.see_clubs import ListClubs, ListMembers, SeeClub
from application.meetings.answer_meeting import AnswerMeeting
from application.meetings.calendars import GiveCalendar, ReadCalendar, WithdrawCalendar
from application.meetings.change_meeting import CancelMeeting, CloseMeeting, OpenSeals, ReviseMeeting
from application.meetings.note_attendance import AttendByCode, NoteAttendance, SeeAttendanceCode
from application.meetings.note_progress import NoteProgress
from application.meetings.remind_readers import RemindReaders
from application.meetings.schedule_meeting import ScheduleMeeting
from application.meetings.see_meetings import ListAttendees, ListMeetings, ListOwnMeetings, SeeMeeting
from application.meetings.see_progress import SeeReadingCurve
from entrypoints.wiring.reviews import ReviewsUseCases


class ClubsUseCases(ReviewsUseCases):
    """Clubs, their meetings, and who reads how far for them."""

    adapters = ReviewsUseCases.adapters

    found_club = providers.Singleton(FoundClub, adapters.unit_of_work, adapters.ids, adapters.clock)
    join_club = providers.Singleton(JoinClub, adapters.unit_of_work, adapters.clock)
    leave_club = providers.Singleton(LeaveClub, adapters.unit_of_work, adapters.clock)
    list_clubs = providers.Singleton(ListClubs, adapters.club_views)
    see_club = providers.Singleton(SeeClub, adapters.club_views, adapters.clock)
    list_members = providers.Singleton(ListMembers, adapters.club_views)
    revise_club = providers.Singleton(ReviseClub, adapters.unit_of_work, adapters.clock)
    keep_door = providers.Singleton(KeepDoor, adapters.unit_of_work, adapters.clock)
    give_role = providers.Singleton(GiveRole, adapters.unit_of_work, adapters.clock)
    invite_by_link = providers.Singleton(
        InviteByLink, adapters.unit_of_work, adapters.secrets, adapters.clock
    )
    withdraw_invitation = providers.Singleton(WithdrawInvitation, adapters.unit_of_work)
    schedule_meeting = providers.Singleton(
        ScheduleMeeting, adapters.unit_of_work, adapters.ids, adapters.clock
    )
    answer_meeting = providers.Singleton(AnswerMeeting, adapters.unit_of_work, adapters.clock)
    see_meeting = providers.Singleton(SeeMeeting, adapters.meeting_views)
    list_meetings = providers.Singleton(
        ListMeetings, adapters.meeting_views, adapters.club_views, adapters.clock
    )
    list_own_meetings = providers.Singleton(ListOwnMeetings, adapters.meeting_views, adapters.clock)
    list_attendees = providers.Singleton(ListAttendees, adapters.meeting_views, adapters.clock)
    revise_meeting = providers.Singleton(ReviseMeeting, adapters.unit_of_work, adapters.clock)
    cancel_meeting = providers.Singleton(CancelMeeting, adapters.unit_of_work, adapters.clock)
    close_meeting = providers.Singleton(CloseMeeting, adapters.unit_of_work, adapters.clock)
    open_seals = providers.Singleton(OpenSeals, adapters.unit_of_work, adapters.clock)
    note_attendance = providers.Singleton(NoteAttendance, adapters.unit_of_work, adapters.clock)
    see_attendance_code = providers.Singleton(SeeAttendanceCode, adapters.unit_of_work, adapters.vault)
    attend_by_code = providers.Singleton(AttendByCode, adapters.unit_of_work, adapters.vault, adapters.clock)
    note_progress = providers.Singleton(NoteProgress, adapters.unit_of_work, adapters.clock)
    see_reading_curve = providers.Singleton(SeeReadingCurve, adapters.meeting_views, adapters.clock)
    give_calendar = providers.Singleton(
        GiveCalendar, adapters.calendars, adapters.club_views, adapters.secrets, adapters.clock
    )
    withdraw_calendar = providers.Singleton(WithdrawCalendar, adapters.calendars)
    read_calendar = providers.Singleton(
        ReadCalendar, adapters.calendars, adapters.meeting_views, adapters.calendar_writer, adapters.clock
    )
    remind_readers = providers.Singleton(
        RemindReaders,
        reminders=adapters.reminders,
        meetings=adapters.meeting_views,
        unit_of_work=adapters.unit_of_work,
        mailer=adapters.mailer,
        clock=adapters.clock,
    )
