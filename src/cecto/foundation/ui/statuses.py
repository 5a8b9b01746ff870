"""Every status word of the product, with the sign and color that say the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Sign:
    """How a status is shown. `tone` names the color: good, ahead, attention, bad, granted or quiet."""

    label: str | Promise
    icon: str
    tone: str


SIGNS: dict[str, Sign] = {
    # Requirements
    "met": Sign(_("Met"), "check_circle", "good"),
    "pending": Sign(_("On track"), "schedule", "ahead"),
    "open": Sign(_("Open"), "radio_button_unchecked", "attention"),
    "impossible": Sign(_("Cannot be met"), "cancel", "bad"),
    "waived": Sign(_("Waived"), "verified_user", "granted"),
    "not-applicable": Sign(_("Not applicable"), "remove", "quiet"),
    "undecided": Sign(_("Undecided"), "help", "attention"),
    # Sessions
    "scheduled": Sign(_("Scheduled"), "event", "ahead"),
    "today": Sign(_("Today"), "notifications", "attention"),
    "to-settle": Sign(_("To settle"), "edit", "attention"),
    "settled": Sign(_("Settled"), "check_circle", "good"),
    "reopened": Sign(_("Reopened"), "undo", "attention"),
    "canceled": Sign(_("Canceled"), "do_not_disturb", "quiet"),
    # Attendance
    "present": Sign(_("Present"), "check", "good"),
    "partial": Sign(_("Partly present"), "schedule", "attention"),
    "absent": Sign(_("Absent"), "close", "bad"),
    "excused": Sign(_("Excused"), "verified_user", "granted"),
    "conflict": Sign(_("Sources disagree"), "warning", "bad"),
    "matched": Sign(_("Matched"), "check", "good"),
    "unsure": Sign(_("Unsure"), "help", "attention"),
    "unknown": Sign(_("Unknown"), "help", "bad"),
    "ignored": Sign(_("Ignored"), "remove", "quiet"),
    # What a session came to, for the person
    "counted": Sign(_("Counted"), "check", "good"),
    "counted-in-part": Sign(_("Missed in part"), "schedule", "attention"),
    "missed": Sign(_("Missed"), "close", "bad"),
    "made-up": Sign(_("Made up"), "undo", "granted"),
    "waiting": Sign(_("Waiting"), "hourglass_empty", "quiet"),
    "required": Sign(_("You need this one"), "event", "ahead"),
    "moved": Sign(_("Moved"), "schedule", "attention"),
    # Enrollments
    "active": Sign(_("Active"), "check", "good"),
    "withdrawn": Sign(_("Withdrawn"), "logout", "quiet"),
    "deferred": Sign(_("Deferred"), "history", "quiet"),
    "returned": Sign(_("Returned"), "undo", "ahead"),
    "at-risk": Sign(_("At risk"), "warning", "bad"),
    "on-track": Sign(_("On track"), "check", "good"),
    # Work
    "not-due": Sign(_("Not yet due"), "event", "quiet"),
    "due": Sign(_("Due"), "schedule", "attention"),
    "overdue": Sign(_("Overdue"), "warning", "bad"),
    "submitted": Sign(_("Submitted"), "send", "ahead"),
    "accepted": Sign(_("Accepted"), "check_circle", "good"),
    # Decisions and credentials
    "eligible": Sign(_("Eligible"), "check_circle", "good"),
    "not-eligible": Sign(_("Not eligible"), "cancel", "bad"),
    "proposed": Sign(_("Proposed"), "edit", "attention"),
    "signed": Sign(_("Signed"), "check_circle", "good"),
    "issued": Sign(_("Issued"), "military_tech", "good"),
    "valid": Sign(_("Valid"), "verified", "good"),
    "revoked": Sign(_("Revoked"), "do_not_disturb", "bad"),
    "superseded": Sign(_("Superseded"), "history", "quiet"),
    "expired": Sign(_("Expired"), "hourglass_empty", "attention"),
    # Imports and definitions
    "new": Sign(_("New"), "add", "ahead"),
    "changed": Sign(_("Changed"), "edit", "attention"),
    "unchanged": Sign(_("Unchanged"), "check", "quiet"),
    "refused": Sign(_("Refused"), "error", "bad"),
    "as-expected": Sign(_("As expected"), "check", "good"),
    "otherwise": Sign(_("Otherwise than expected"), "close", "bad"),
    "draft": Sign(_("Draft"), "edit", "quiet"),
    "published": Sign(_("Published"), "lock", "good"),
}


def sign_of(status: str) -> Sign:
    """The sign of a status; underscores and capitals are forgiven. An unlisted word is shown as it is, quietly."""
    key = str(status).lower().replace("_", "-")
    return SIGNS.get(key) or Sign(key.replace("-", " ").capitalize(), "info", "quiet")
