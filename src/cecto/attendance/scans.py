"""The rotating code on the room's screen, and what stands for a scan of it until the person has signed in.

Nothing is stored: a code is an HMAC of the session and a time step of 30 seconds, and the code of the step before is
good as well, so each is good for 30 to 60 seconds. A scan is signed with its time and the browser it was made in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from cecto.foundation.keys import new_key

STEP_SECONDS = 30
SIGN_IN_WITHIN = timedelta(minutes=15)
_SALT = "cecto.attendance.scan"


@dataclass(frozen=True, slots=True)
class Scan:
    """A code was seen: at which session, when, in which browser. `token` makes it one check-in."""

    meeting_key: str
    at: datetime
    device: str
    token: str

    def signed(self) -> str:
        """What stands for it in an address; nobody can make one up."""
        return signing.dumps([self.meeting_key, self.at.isoformat(), self.device, self.token], salt=_SALT)


def code_at(meeting_key: str, at: datetime) -> str:
    """The code that the screen of a session shows at an instant."""
    return _code(meeting_key, _step(at))


def is_good(code: str, meeting_key: str, *, at: datetime) -> bool:
    """Whether a code is that of this moment or of the step before."""
    return any(constant_time_compare(code, _code(meeting_key, _step(at) - back)) for back in (0, 1))


def scanned(meeting_key: str, device: str, *, at: datetime) -> Scan:
    """A fresh scan."""
    return Scan(meeting_key, at, device, new_key())


def read_scan(text: str) -> Scan | None:
    """The scan behind a signed text, or None for one that we did not make."""
    try:
        meeting_key, at, device, token = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return Scan(meeting_key, datetime.fromisoformat(at).astimezone(UTC), device, token)


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def _code(meeting_key: str, step: int) -> str:
    return salted_hmac("cecto.attendance.code", f"{meeting_key}:{step}", algorithm="sha256").hexdigest()[:16]
