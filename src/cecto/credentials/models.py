"""Keys, credentials, their signed versions, and revocations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models

from cecto.certification.models import Decision
from cecto.classes.models import Enrollment
from cecto.credentials import codes
from cecto.foundation.keys import new_key
from cecto.people import names
from cecto.people.models import Organization, Person
from cecto.programs.models import Program


class Issuer(models.Model):
    """Who this installation issues as: one row, written by `cecto init` and frozen, since every credential names it."""

    only = models.BooleanField(default=True, unique=True)
    did = models.CharField(max_length=300, unique=True)
    address = models.URLField(max_length=300)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(only=True), name="credentials_one_issuer")]

    def __str__(self) -> str:
        return self.name


class SigningKey(models.Model):
    """An Ed25519 key of the issuer, one per year. Retired keys stay published.

    The private part is encrypted; it is empty for a key that a program outside keeps.
    """

    fragment = models.CharField(max_length=80, unique=True)
    public_multibase = models.CharField(max_length=80, unique=True)
    encrypted_private = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    compromised_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.fragment


class PassphraseEscrow(models.Model):
    """The passphrase as two of three paper sheets open it; what is kept here opens nothing by itself.

    `key` was in use then: the sheets open every key that was made under that passphrase.
    """

    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Escrow of {self.made_at:%Y-%m-%d}"


class Credential(models.Model):
    """An award's credential: the id that stays the same over its versions."""

    key = models.CharField(max_length=22, unique=True, default=new_key)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="credential")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"Credential {self.key}"


class CredentialVersion(models.Model):
    """One signed document.

    Its JSON byte for byte, hash (SHA-256 of the RFC 8785 form), dates, code, status index, and the data of its
    certificate.
    """

    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=12, unique=True)
    status_index = models.PositiveIntegerField(unique=True)
    document = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    holder_name = models.CharField(max_length=300)
    template = models.CharField(max_length=20)
    certificate = models.JSONField()
    signing_key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["credential", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["credential", "number"], name="credentials_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.credential} version {self.number}"

    @property
    def erased(self) -> bool:
        """Whether its content was erased on the holder's request; hash, code, dates and state stay."""
        return not self.document

    @property
    def shown_name(self) -> str:
        """The holder's name as it was signed, or that it was erased."""
        return self.holder_name or names.ERASED

    def expired(self, at: datetime) -> bool:
        """Whether its time as it was signed is over at an instant."""
        return self.valid_until is not None and at >= self.valid_until

    @property
    def last_day(self) -> date | None:
        """The last day on which it is valid, in the program's time zone; None when it does not expire.

        What is signed is the midnight after it.
        """
        if self.valid_until is None:
            return None
        zone = ZoneInfo(self.credential.decision.enrollment.cohort.program.time_zone)
        return (self.valid_until - timedelta(seconds=1)).astimezone(zone).date()

    @property
    def printed_code(self) -> str:
        """The code in groups of four, as on the certificate."""
        return codes.printed(self.code)


class Revocation(models.Model):
    """A version is revoked, for good.

    `wording` is what the public reads; `superseded` says that a later version takes its place.
    """

    version = models.OneToOneField(CredentialVersion, on_delete=models.PROTECT, related_name="revocation")
    reason = models.CharField(max_length=300)
    wording = models.CharField(max_length=300)
    superseded = models.BooleanField(default=False)
    revoked_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.version} revoked"


class RevocationProposal(models.Model):
    """One person asks to revoke a version for good; another confirms it, or it is dropped. Until then: under review."""

    version = models.ForeignKey(CredentialVersion, on_delete=models.PROTECT, related_name="proposals")
    reason = models.CharField(max_length=300)
    wording = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "version", condition=models.Q(ended_at=None), name="credentials_one_open_revocation_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"Proposal to revoke {self.version}"


class Transcript(models.Model):
    """The award of a version and each requirement met, signed one by one and as a whole: the JSON byte for byte.

    The newest of a version is the one handed out. There is an earlier one where its form did not conform.
    """

    version = models.ForeignKey(CredentialVersion, on_delete=models.PROTECT, related_name="transcripts")
    document = models.TextField()
    signing_key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"Transcript of {self.version}"


class TranscriptDocument(models.Model):
    """One thing signed in a transcript: a part, or the whole. Its hash as of a version, and its status index.

    It is revoked when the version is.
    """

    WHOLE = "transcript"

    transcript = models.ForeignKey(Transcript, on_delete=models.PROTECT, related_name="documents")
    part = models.CharField(max_length=80)
    status_index = models.PositiveIntegerField(unique=True)
    sha256 = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.part} of {self.transcript}"


class TokenKey(models.Model):
    """The P-256 key beside a signing key, which signs tokens. It is retired and compromised with that key."""

    signing_key = models.OneToOneField(SigningKey, on_delete=models.PROTECT, related_name="token_key")
    kid = models.CharField(max_length=80, unique=True)
    public = models.JSONField()
    encrypted_private = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.kid


class Token(models.Model):
    """A version's content signed as a token (VC-JWT); it has the version's status index and falls with it."""

    version = models.OneToOneField(CredentialVersion, on_delete=models.PROTECT, related_name="token")
    text = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    key = models.ForeignKey(TokenKey, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"Token of {self.version}"


class PublishedList(models.Model):
    """The signed status list as it was published from `signed_at` on; the newest is the one served."""

    document = models.TextField()
    revoked = models.PositiveIntegerField()
    signing_key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Status list of {self.signed_at:%Y-%m-%d %H:%M}, {self.revoked} revoked"


class Paper(models.Model):
    """A certificate printed before its decision is in effect: its code is told to the public as unreleased until then.

    Issuing releases it, when the name and the day printed on it are those of the award; otherwise it is void.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="papers")
    code = models.CharField(max_length=12, unique=True)
    holder_name = models.CharField(max_length=300)
    template = models.CharField(max_length=20)
    certificate = models.JSONField()
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["-printed_at", "-id"]

    def __str__(self) -> str:
        return f"Paper {self.code}"


class HandedOut(models.Model):
    """A file that was given out for a code: its SHA-256, its form (pdf, png, svg, kit, paper) and what drew it.

    Programs that draw change, so "this very file" is told by hashes of what was given out, never by drawing it again.
    """

    code = models.CharField(max_length=12, db_index=True)
    form = models.CharField(max_length=10)
    renderer = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    handed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.form} of {self.code}"


class Unkept(models.Model):
    """Files of versions up to this one may have been given out without leaving their hash here, and why.

    Before hashes were kept, and between a backup and its restore: of such a file nobody can say that it was changed.
    """

    UPGRADE, RESTORE = "upgrade", "restore"

    last_version = models.ForeignKey(CredentialVersion, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Hashes of files not kept up to {self.last_version}: {self.reason}"


class Remembered(models.Model):
    """What a published copy knew of a version that a restore lost: its hash, the name of its code's entry, its index.

    It was issued after the backup was made. Its index and code are never drawn again, and a revocation of it stands.
    """

    status_index = models.PositiveIntegerField(unique=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    entry = models.CharField(max_length=64, blank=True, db_index=True)
    revoked = models.BooleanField(default=False)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["status_index"]

    def __str__(self) -> str:
        return f"Version at index {self.status_index}, known by its hash"


class WalletOffer(models.Model):
    """A version that its holder may take into a wallet: once, while it stands, by whoever has the secret.

    `wallet` is the did:key that took it.
    """

    version = models.ForeignKey(CredentialVersion, on_delete=models.CASCADE, related_name="offers")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    challenge = models.CharField(max_length=40)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    wallet = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.version} offered to a wallet at {self.offered_at:%Y-%m-%d %H:%M}"


class EmployerConsent(models.Model):
    """A participant lets their employer be told what they attended in a class, or no longer does.

    The latest row of an enrollment counts; earlier ones stay (the database refuses changes).
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="employer_consents")
    agreed = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.enrollment}: {'agreed' if self.agreed else 'did not agree'}"


class RecordedAward(models.Model):
    """An award from before this system: the program lists it, nobody audited it here, and it is no credential.

    What is known of it stands in its statements. `retraction` is what the public reads once it is listed no more.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="recorded_awards")
    code = models.CharField(max_length=12, unique=True, default=codes.new)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="recorded_awards")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    retracted_at = models.DateTimeField(null=True)
    retracted_by = models.CharField(max_length=40, blank=True)
    retraction = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"Recorded award {self.code}"

    @property
    def printed_code(self) -> str:
        """The code in groups of four."""
        return codes.printed(self.code)


class Statement(models.Model):
    """What a source says of a recorded award, until a correction supersedes it. Names here can be erased.

    `awarded` is a year, a month or a day, as exactly as the source says it: 2010, 2010-11 or 2010-11-09.
    """

    award = models.ForeignKey(RecordedAward, on_delete=models.CASCADE, related_name="statements")
    name = models.CharField(max_length=300)
    sort_name = models.CharField(max_length=300)
    class_label = models.CharField(max_length=60)
    track = models.CharField(max_length=60)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    awarded = models.CharField(max_length=10)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["award", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "award", condition=models.Q(superseded_at=None), name="credentials_one_statement_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.award}, {self.class_label}"


class WrittenRequest(models.Model):
    """What the holder of an award asked for in writing, without an account: who, of which day, and the letter.

    Names and letters can be erased.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    asked_by = models.CharField(max_length=300)
    asked_on = models.DateField()
    letter_sha256 = models.CharField(max_length=64, blank=True)
    letter_name = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"Request of {self.asked_on}"


class Listing(models.Model):
    """From an instant until another, the holder lets the public registry list an award: name, program and fields.

    What they agree to next is another row. `request` is theirs when a coordinator noted it, `ended_request` its end.
    """

    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, null=True, related_name="listings")
    award = models.ForeignKey(RecordedAward, on_delete=models.PROTECT, null=True, related_name="listings")
    class_label = models.BooleanField(default=False)
    track = models.BooleanField(default=False)
    district = models.BooleanField(default=False)
    year = models.BooleanField(default=False)
    verification = models.BooleanField(default=False)
    request = models.ForeignKey(WrittenRequest, on_delete=models.PROTECT, null=True, related_name="began")
    start = models.DateTimeField()
    started_by = models.CharField(max_length=40)
    until = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_request = models.ForeignKey(WrittenRequest, on_delete=models.PROTECT, null=True, related_name="ended")

    class Meta:
        ordering = ["start", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(credential=None, award__isnull=False)
                | models.Q(credential__isnull=False, award=None),
                name="credentials_listing_of_one",
            ),
            models.UniqueConstraint(
                "credential", condition=models.Q(until=None, award=None), name="credentials_one_listing_of_credential"
            ),
            models.UniqueConstraint(
                "award", condition=models.Q(until=None, credential=None), name="credentials_one_listing_of_award"
            ),
        ]

    def __str__(self) -> str:
        return f"Listing of {self.credential or self.award} from {self.start:%Y-%m-%d}"
