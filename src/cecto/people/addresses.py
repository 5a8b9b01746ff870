"""E-mail addresses as we keep them."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LONGEST = 254
_valid = EmailValidator()


class AddressRefused(ValueError):
    """An e-mail address that cannot be; the message says why and what to do."""


def written_address(text: str) -> str:
    """The address without blanks around it, its domain in ASCII (RFC 5890). Raises AddressRefused if it is none.

    What comes out is ASCII, so that both databases and every mail server agree which addresses are the same one;
    letters that merely fold to others, like the dotless ı, are refused.
    """
    address = _in_ascii(unicodedata.normalize("NFC", text).strip())
    try:
        _valid(address)
    except ValidationError as error:
        raise AddressRefused(
            f"“{address[:60]}” is not an e-mail address. Write one like name@district.k12.nc.us."
        ) from error
    if len(address) > LONGEST:
        raise AddressRefused(f"The e-mail address has {len(address)} characters; at most {LONGEST} are kept.")
    return address


def _in_ascii(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if not domain or (local + domain).isascii():
        return address
    try:
        written = f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        written = address
    if not written.isascii():
        raise AddressRefused(
            f"“{address[:60]}” has a letter that email servers do not take. Write the address with plain letters."
        )
    return written
