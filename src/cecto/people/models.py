"""Persons, organizations and what ties them together. Free text about people lives here and can be erased here."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from cecto.foundation.keys import new_key


class Person(models.Model):
    """A human being, with one name as they write it. Ledger and journal know only the key."""

    key = models.CharField(max_length=22, unique=True, default=new_key)
    name = models.CharField(max_length=300)
    sort_name = models.CharField(max_length=300)
    preferred_name = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sort_name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """What to call them in a greeting."""
        return self.preferred_name or self.name


class FormerName(models.Model):
    """A name a person went by until an instant: people search for it, and reports still carry it. Can be erased."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=300)
    until = models.DateTimeField()

    class Meta:
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return self.name


class PersonEmail(models.Model):
    """One of a person's e-mail addresses, kept as written and compared without case."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="emails")
    address = models.EmailField(max_length=254)
    verified_at = models.DateTimeField(null=True)
    primary = models.BooleanField(default=False)

    class Meta:
        ordering = ["-primary", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("address"), name="people_email_once"),
            models.UniqueConstraint("person", condition=models.Q(primary=True), name="people_one_primary_email"),
        ]

    def __str__(self) -> str:
        return self.address


class Organization(models.Model):
    """A school district, charter school, partner or other employer. Districts are known by their LEA code."""

    class Kind(models.TextChoices):
        DISTRICT = "district", "School district"
        CHARTER = "charter", "Charter school"
        PARTNER = "partner", "Partner"
        GOVERNMENT = "government", "Local or state government"
        OTHER = "other", "Other organization"

    key = models.CharField(max_length=22, unique=True, default=new_key)
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=300)
    county = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    names_as_of = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint("code", condition=~models.Q(code=""), name="people_organization_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationAlias(models.Model):
    """Another name an organization goes by, and who says so."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300)
    source = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("organization", Lower("name"), name="people_alias_once")]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A person works for an organization, from a date, until a date (not included) or still.

    `recorded_at` and `end_recorded_at` say when each end of it became known.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="affiliations")
    title = models.CharField(max_length=200, blank=True)
    start = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    end_recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["start", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("start")),
                name="people_affiliation_ends_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.organization}"

    def until_as_known(self, known_at: datetime) -> date | None:
        """The day after the last, as known at an instant: None while no end was known."""
        known = self.end_recorded_at is not None and self.end_recorded_at <= known_at
        return self.until if known else None


class Relation(models.Model):
    """Who is whose mentor (or the like), from a date until a date.

    Superintendent and director of one district need no row: they share it.
    """

    kind = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations_of")
    start = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.other} is {self.kind} of {self.person}"


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts for those who sign in by e-mail, and reads them with their persons: every page needs both."""

    def get_queryset(self) -> models.QuerySet[Account]:
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, person: Person | None = None) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), person=person)
        account.set_unusable_password()
        account.save()
        return account


class Account(AbstractBaseUser):
    """Lets a person sign in, by a code sent to this address or a passkey. Carries no rights: those are role grants."""

    email = models.EmailField(max_length=254, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account", null=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.email


class Role(models.TextChoices):
    """What a grant lets a person do; `viewer.ROLES` says what each may see."""

    COORDINATOR = "coordinator", "Coordinator"
    OFFICER = "officer", "Certification officer"
    PARTNER = "partner", "Partner"
    ADMINISTRATOR = "administrator", "Administrator"


class RoleGrant(models.Model):
    """A person holds a role in one program, from an instant until another.

    Only administrators hold theirs for no program.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role)
    program_code = models.CharField(max_length=40, blank=True)
    start = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role="administrator", program_code="")
                | (~models.Q(role="administrator") & ~models.Q(program_code="")),
                name="people_role_of_a_program",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role} of {self.program_code or 'the installation'}"


class OfficeSeat(models.Model):
    """A person holds a named office of a program (like dpi-liaison).

    From a date until a date; `acting` while the seat is vacant or away.
    """

    office = models.CharField(max_length=40)
    program_code = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    acting = models.BooleanField(default=False)
    start = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["office", "start"]

    def __str__(self) -> str:
        return f"{self.person}: {'acting ' if self.acting else ''}{self.office}"
