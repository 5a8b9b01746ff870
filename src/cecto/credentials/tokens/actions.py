"""Make the token of a version that holds, once."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import transaction

from cecto.credentials import did
from cecto.credentials.models import CredentialVersion, SigningKey, Token, TokenKey
from cecto.credentials.register import refuse_gone, take_turn
from cecto.credentials.signing import IssuerKey
from cecto.credentials.tokens import keys
from cecto.credentials.tokens.jwt import claims_of, sign_token
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


@transaction.atomic
def make_token(*, version: CredentialVersion, key: IssuerKey, passphrase: str, by: Actor, at: datetime) -> Token:
    """Sign a version's content as a token too, and keep it; made before, nothing changes. The status index is shared.

    The first token beside a signing key makes the key that signs tokens. Raises CredentialRefused for a version that
    is revoked or replaced; keys.KeySealed.
    """
    take_turn()
    refuse_gone(version, "token")
    made = Token.objects.filter(version=version).first()
    if made:
        return made
    row = _key_beside(key.row, passphrase, at)
    payload = json.dumps(claims_of(json.loads(version.document)), ensure_ascii=False).encode()
    opened = keys.open_sealed(bytes(row.encrypted_private).decode(), passphrase)
    text = sign_token(payload, key=opened, kid=did.method_of(key.issuer.did, row.kid))
    token = Token.objects.create(
        version=version,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        key=row,
        made_at=at,
        made_by=by.key,
    )
    credential = version.credential
    subject, cohort = ("credential", credential.key), credential.decision.enrollment.cohort
    record("credentials.make-token", by=by, at=at, subject=subject, class_key=cohort.key, code=version.code)
    return token


def _key_beside(signing_key: SigningKey, passphrase: str, at: datetime) -> TokenKey:
    found = TokenKey.objects.filter(signing_key=signing_key).first()
    if found:
        return found
    key, sealed = keys.generate(passphrase)
    return TokenKey.objects.create(
        signing_key=signing_key,
        kid=key.thumbprint(),
        public=key.as_dict(private=False),
        encrypted_private=sealed.encode(),
        created_at=at,
    )
