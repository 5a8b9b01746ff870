"""An authenticator app, by the standard and not by the product's library: RFC 6238, six digits, 30 seconds, SHA-1."""

from __future__ import annotations

import hmac
import time
from base64 import b32decode, b32encode
from secrets import token_bytes

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from cecto.people.models import Account, Person


def code_of(secret: str) -> str:
    """The code that an app with this secret shows now."""
    counter = int(time.time() // 30).to_bytes(8, "big")
    digest = hmac.digest(b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def set_up_app(person: Person) -> str:
    """Give a person an app, as if they had set it up; its secret."""
    secret = b32encode(token_bytes(20)).decode()
    kept = {"secret": get_adapter().encrypt(secret)}
    account = Account.objects.get(person=person)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=kept)
    return secret
