"""A class of people with phones at a session whose check-in is open: `python -m tests.proof.phones PHONES SCANS`.

Prints, as JSON, each phone's cookies and the addresses of its scans, one per second from NOON on.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cecto.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core import signing  # noqa: E402
from django.urls import reverse  # noqa: E402

from cecto.attendance.actions import open_desk  # noqa: E402
from cecto.attendance.scans import Scan  # noqa: E402
from cecto.attendance.views.scan import DEVICE_COOKIE, DEVICE_SALT  # noqa: E402
from cecto.foundation.keys import new_key  # noqa: E402
from tests.attendance.world import BY, World, local, make_world, signed_in  # noqa: E402

NOON = local("12:00")


def main(phones: int, scans: int) -> None:
    """Make the class and print its phones."""
    world = make_world()
    open_desk(meeting=world.meeting, by=BY, at=local("8:00"))
    made = [_phone(world, number, scans) for number in range(phones)]
    print(json.dumps(made))  # noqa: T201 - what the storm reads


def _phone(world: World, number: int, scans: int) -> dict[str, object]:
    person = world.enroll(f"Phone Number{number}")
    device = new_key()
    signer = signing.get_cookie_signer(salt=DEVICE_COOKIE + DEVICE_SALT)
    session = signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
    made = [Scan(world.meeting.key, NOON + timedelta(seconds=second), device, new_key()) for second in range(scans)]
    return {
        "cookies": {settings.SESSION_COOKIE_NAME: session, DEVICE_COOKIE: signer.sign(device)},
        "scans": [[scan.token, reverse("check-in:tap", args=[scan.signed()])] for scan in made],
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
