"""Every column that names a file kept as evidence, and what follows from it: who still needs the file, and who not.

A feature declares its columns in its AppConfig, as `evidence_columns`. Erasing, `cecto doctor` and backups go by them,
so a column that is not declared is one whose files outlive the person in them; a test of shapes refuses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from django.apps import apps
from django.db import models, transaction

from cecto.foundation import evidence


@dataclass(frozen=True, slots=True)
class EvidenceColumn:
    """A column with the SHA-256 (hex) of a file, or with "" when there is none.

    `model` and `column` say where it is, `called` what its file is to a reader ("signature at a kiosk"). `whose` leads
    from the row to the person that the file is about, who may have it erased; empty for files of a whole class.
    `only` narrows a table to the rows that have files.
    """

    model: str
    column: str
    called: str
    whose: str = ""
    only: Mapping[str, object] = field(default_factory=dict)

    @property
    def rows(self) -> models.QuerySet[models.Model]:
        """The rows that name a file, whoever they are about."""
        table = models.QuerySet[models.Model](apps.get_model(self.model))
        return table.filter(**self.only).exclude(**{self.column: ""}).order_by()

    @property
    def needed(self) -> models.QuerySet[models.Model]:
        """The rows whose file must be there: all but those of people who were erased."""
        return self.rows.exclude(**{f"{self.whose}__erased_at__isnull": False}) if self.whose else self.rows

    def of(self, digest: str) -> models.QuerySet[models.Model]:
        """The rows that need the file of this SHA-256."""
        return self.needed.filter(**{self.column: digest})


def in_journal(action: str, called: str) -> EvidenceColumn:
    """The `sha256` that the journal keeps of an import, of a whole class."""
    only = {"action": action, "detail__has_key": "sha256"}
    return EvidenceColumn("journal.JournalEntry", "detail__sha256", called, only=only)


def evidence_columns() -> list[EvidenceColumn]:
    """Every declared column, in the order of the apps."""
    return list(chain.from_iterable(getattr(app, "evidence_columns", ()) for app in apps.get_app_configs()))


def needed_files() -> Iterator[tuple[EvidenceColumn, str]]:
    """The SHA-256 of every file that must be there, once for each column that needs it."""
    for column in evidence_columns():
        for digest in column.needed.values_list(column.column, flat=True).distinct().iterator():
            yield column, str(digest)


def files_about(person: models.Model) -> list[str]:
    """The SHA-256 of every file about this person, in order; others may need some of them too."""
    found: set[str] = set()
    for column in _about_people():
        found |= set(column.rows.filter(**{column.whose: person}).values_list(column.column, flat=True))
    return sorted(found)


def files_about_nobody_else(person: models.Model) -> list[str]:
    """Those of the files about this person that go with them, in order: nobody else and no class needs them."""
    return [digest for digest in files_about(person) if not _needed_by_others(digest, person)]


def _needed_by_others(digest: str, person: models.Model) -> bool:
    others = [column.of(digest).exclude(**{column.whose: person}) for column in _about_people()]
    of_classes = [column.of(digest) for column in evidence_columns() if not column.whose]
    return any(rows.exists() for rows in others + of_classes)


def _about_people() -> list[EvidenceColumn]:
    return [column for column in evidence_columns() if column.whose]


def is_needed(digest: str) -> bool:
    """Whether some row needs the file: of a person who was not erased, or of a class."""
    return any(column.of(digest).exists() for column in evidence_columns())


def release(digests: Iterable[str]) -> None:
    """Once the transaction is committed, remove those of the files that nothing needs any more."""
    for digest in {*digests} - {""}:
        transaction.on_commit(partial(_remove_unneeded, digest))


def _remove_unneeded(digest: str) -> None:
    # In a transaction, so that on SQLite nobody hands in the same bytes between the question and the deed.
    with transaction.atomic():
        if not is_needed(digest):
            evidence.erase(digest)
