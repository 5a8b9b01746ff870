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
    """The address without blanks around it. Raises AddressRefused when it is not one."""
    address = unicodedata.normalize("NFC", text).strip()
    try:
        _valid(address)
    except ValidationError as error:
        raise AddressRefused(
            f"“{address[:60]}” is not an e-mail address. Write one like name@district.k12.nc.us."
        ) from error
    if len(address) > LONGEST:
        raise AddressRefused(f"The e-mail address has {len(address)} characters; at most {LONGEST} are kept.")
    return address
