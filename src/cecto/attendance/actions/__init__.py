"""Every write of attendance."""

from cecto.attendance.actions.checkins import check_in, close_desk, confirm_arrival, open_desk
from cecto.attendance.actions.guests import end_guest_link, invite_guest
from cecto.attendance.actions.imports import Imported, import_report
from cecto.attendance.actions.kiosks import Tapped, answer_tap, claim_kiosk, close_kiosk, open_kiosk, take_taps
from cecto.attendance.actions.marks import (
    ByHand,
    answer_disagreements,
    override_minutes,
    record_marks,
    take_back_minutes,
)
from cecto.attendance.actions.mending import mend_words
from cecto.attendance.actions.names import NameAnswer, answer_names, withdraw_answer
from cecto.attendance.actions.notices import announce_absence, answer_notice, appeal_attendance, claim_makeup
from cecto.attendance.actions.remembered import forget_names, remember_name
from cecto.attendance.actions.sent import Said, answer_sent, take_marks
from cecto.attendance.actions.settlements import reopen_settlement, settle_meeting
from cecto.attendance.actions.signed_sheets import keep_signed_sheet
from cecto.attendance.actions.withdrawals import withdraw_report
from cecto.attendance.markings import Marking
from cecto.attendance.openness import AttendanceRefused

__all__ = [
    "AttendanceRefused",
    "ByHand",
    "Imported",
    "Marking",
    "NameAnswer",
    "Said",
    "Tapped",
    "announce_absence",
    "answer_disagreements",
    "answer_names",
    "answer_notice",
    "answer_sent",
    "answer_tap",
    "appeal_attendance",
    "check_in",
    "claim_kiosk",
    "claim_makeup",
    "close_desk",
    "close_kiosk",
    "confirm_arrival",
    "end_guest_link",
    "forget_names",
    "import_report",
    "invite_guest",
    "keep_signed_sheet",
    "mend_words",
    "open_desk",
    "open_kiosk",
    "override_minutes",
    "record_marks",
    "remember_name",
    "reopen_settlement",
    "settle_meeting",
    "take_back_minutes",
    "take_marks",
    "take_taps",
    "withdraw_answer",
    "withdraw_report",
]
