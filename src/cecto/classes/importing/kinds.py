"""What the pages of an import must know of a kind of file, and what they show of its preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from cecto.classes.importing.stored import StoredFile
from cecto.foundation.journal.actor import Actor
from cecto.foundation.sheets import Heading
from cecto.foundation.tables import Table
from cecto.people.viewer import Permission, Viewer

# Words of a module are translated when they are shown.
Text = Any


class PreviewChanged(Exception):
    """What accepting would do is no longer what was shown."""


class Previewed(Protocol):
    """What a file would do to a class. Equal fingerprints mean equal consequences."""

    @property
    def fingerprint(self) -> str:
        """Names what was seen."""

    @property
    def changes_something(self) -> bool:
        """Whether accepting would write anything."""

    @property
    def unread(self) -> tuple[str, ...]:
        """The headings that mean nothing to us."""


class Place(Protocol):
    """Where a file is brought in: a class, or a program's register."""

    @property
    def key(self) -> str:
        """What stands for it in addresses."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def time_zone(self) -> str:
        """The zone its times are in."""


P = TypeVar("P", bound=Previewed)
W = TypeVar("W", bound=Place)


@dataclass(frozen=True, kw_only=True)
class FileKind(Generic[P, W]):
    """A kind of file that a place takes: `reach` finds the place for those with `permission`, or raises Http404.

    `upload`, `preview` and `after` are names of addresses that take the place's key. `nav` is a template above the
    form. `look` reads a file (bytes, name) and raises SheetRefused; `accept` does what the preview with a fingerprint
    showed, says in a sentence what it did, and raises PreviewChanged or one of `refusals`. `lead` and `note` may use
    %(name)s and %(zone)s of the place; `notes` is a template for what else should be seen of the preview.
    """

    upload: str
    preview: str
    after: str
    title: Text
    label: Text
    row: Text
    lead: Text
    note: Text = ""
    notes: str = ""
    preview_title: Text
    headings: Sequence[Heading]
    permission: Permission
    reach: Callable[[Viewer, str], W]
    nav: str
    crumbs: Callable[[W], list[tuple[str, str]]]
    look: Callable[[bytes, str, W, datetime], P]
    accept: Callable[[StoredFile, W, str, Actor, datetime], str]
    summary: Callable[[P], str]
    table: Callable[[P], Table]
    button: Callable[[P], str]
    refusals: tuple[type[Exception], ...] = ()


class Changed(Protocol):
    """One change that a file makes; `what` is "unchanged" for one that makes none."""

    @property
    def what(self) -> str:
        """A word of the kind's own."""


C = TypeVar("C", bound=Changed)


@dataclass(frozen=True)
class Changes(Generic[C]):
    """All changes in the order of the file, and what of the file is not read."""

    changes: tuple[C, ...]
    unread: tuple[str, ...]

    def count(self, what: str) -> int:
        """How many changes are of that kind."""
        return sum(change.what == what for change in self.changes)

    @property
    def changes_something(self) -> bool:
        """Whether accepting would write anything."""
        return any(change.what != "unchanged" for change in self.changes)


def counted(changes: Changes[C], words: Mapping[Any, Text]) -> str:
    """How many changes there are of each kind, as in “2 added, 3 changed”; each of the words takes %(n)d."""
    return ", ".join(str(text) % {"n": changes.count(what)} for what, text in words.items() if changes.count(what))


def check_seen(seen: str, preview: Previewed) -> None:
    """Raises PreviewChanged unless this is the preview that was seen; with nothing seen, any is right."""
    if seen and seen != preview.fingerprint:
        raise PreviewChanged("Something changed since this preview was made. Look at it again, then accept it.")
