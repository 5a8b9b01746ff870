"""What every template knows about who is looking."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest

from cecto.people import access
from cecto.people.viewer import NOBODY, Permission


def viewer(request: HttpRequest) -> dict[str, object]:
    """`viewer`, what the header shows them, and `viewer_may_open`, which the tags of links ask."""
    looking = access.viewer(request) if hasattr(request, "user") else NOBODY
    return {
        "viewer": looking,
        "viewer_may_open": partial(access.may_open, looking),
        "viewer_is_staff": looking.is_staff,
        "viewer_may_certify": looking.may_anywhere(Permission.CERTIFY),
        "viewer_may_keep_organizations": looking.may_anywhere(Permission.KEEP_ORGANIZATIONS),
        "viewer_may_publish": looking.may_anywhere(Permission.PUBLISH),
        "viewer_may_administer": looking.may_anywhere(Permission.ADMINISTER),
    }
