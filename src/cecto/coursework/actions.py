"""Every write of coursework: the items of a class, and posting what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from cecto.classes.importing.kinds import check_seen
from cecto.classes.models import Cohort
from cecto.coursework import queries
from cecto.coursework.activities import item_activity
from cecto.coursework.importing.preview import Preview, What, preview_work
from cecto.coursework.models import Item
from cecto.coursework.plans import DATES, ItemPlan, differences
from cecto.coursework.refusals import WorkRefused, check_day, check_plan
from cecto.foundation import evidence
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.ui.words import hours
from cecto.ledger import actions as ledger
from cecto.ledger.models import Entry
from cecto.people.models import Person

Kind = Entry.Kind


@transaction.atomic
def add_item(*, cohort: Cohort, plan: ItemPlan, by: Actor, at: datetime) -> Item:
    """Give out a piece of work in a class.

    Raises WorkRefused for a code that is taken, for minutes and dates that cannot be, and for an unknown track.
    """
    check_plan(cohort, plan)
    if queries.items(cohort).filter(code=plan.code).exists():
        raise WorkRefused(f"{cohort} has work “{plan.code}” already. Choose another code.")
    item = Item.objects.create(cohort=cohort, recorded_at=at, **plan.fields())
    _journal("coursework.add", item, by=by, at=at, code=plan.code)
    return item


@transaction.atomic
def revise_item(*, item: Item, plan: ItemPlan, by: Actor, at: datetime) -> Item:
    """Give a piece of work other dates or other words. The same plan again changes nothing.

    Other dates keep the item, and what they were before; other words withdraw it and give out a new one.
    Raises WorkRefused for what cannot be, for other words when something about it is posted already, and when someone
    else changed it meanwhile.
    """
    changed = differences(item, plan)
    if not changed:
        return item
    check_plan(item.cohort, plan)
    if set(changed) <= set(DATES):
        return _anew(item, plan, "coursework.redate", by=by, at=at)
    withdraw_item(item=item, by=by, at=at)
    return add_item(cohort=item.cohort, plan=plan, by=by, at=at)


@transaction.atomic
def mend_item(
    *, item: Item, competency: str, category: str, tags: Sequence[str], reason: str, by: Actor, at: datetime
) -> Item:
    """Give a piece of work other words, with a reason, also when it was accepted; the same words change nothing.

    What is recorded about it is reversed and posted anew with the new words. Raises WorkRefused without a reason, for
    work that was withdrawn, and when someone else changed it meanwhile.
    """
    words = {"competency": competency, "category": category, "tags": sorted(set(tags))}
    if not reason.strip():
        raise WorkRefused("Say why the words are corrected: it stays with the record.")
    if all(getattr(item, name) == value for name, value in words.items()):
        return item
    plan = replace(_plan_of(item), competency=competency, category=category, tags=tuple(words["tags"]))
    mended = _anew(item, plan, "coursework.mend", by=by, at=at)
    facet = item_activity(mended).facets[item.cohort.program.code]
    ledger.reword(
        queries.standing([item.key]),
        program=item.cohort.program.code,
        words=lambda _: facet,
        reason=reason.strip()[:300],
        by=by,
        at=at,
    )
    return mended


@transaction.atomic
def withdraw_item(*, item: Item, by: Actor, at: datetime) -> Item:
    """Take a piece of work out of the class. Withdrawing it again changes nothing.

    Raises WorkRefused when something about it is posted: take that back first.
    """
    count = queries.standing([item.key]).values("person").distinct().count()
    if count:
        raise WorkRefused(
            f"“{item.title}” is recorded for {count} {'person' if count == 1 else 'people'} already, so only its dates "
            "can change. Take those records back first, or add another piece of work."
        )
    if Item.objects.filter(pk=item.pk, withdrawn_at=None).update(withdrawn_at=at):
        item.withdrawn_at = at
        _journal("coursework.withdraw", item, by=by, at=at)
    return item


@transaction.atomic
def import_work(*, content: bytes, file: str, cohort: Cohort, seen: str = "", by: Actor, at: datetime) -> Preview:
    """Bring the work of a file into a class, and keep the file as evidence; return what was changed.

    `seen` is the fingerprint of the preview that was accepted. The same file again changes nothing.
    Raises SheetRefused with every problem, and PreviewChanged when the work changed since the preview.
    """
    preview = preview_work(content, file=file, cohort=cohort)
    check_seen(seen, preview)
    for change in preview.changes:
        if change.item is None:
            add_item(cohort=cohort, plan=change.plan, by=by, at=at)
        else:
            revise_item(item=change.item, plan=change.plan, by=by, at=at)
    if preview.changes_something:
        counts = {str(what): preview.count(what) for what in What}
        kept = evidence.store(content)
        record(
            "coursework.import",
            by=by,
            at=at,
            subject=("class", cohort.key),
            class_key=cohort.key,
            sha256=kept,
            **counts,
        )
    return preview


@transaction.atomic
def accept_work(
    *,
    item: Item,
    people: Sequence[Person],
    on: date,
    minutes: int | None = None,
    evidence_sha256: str = "",
    by: Actor,
    at: datetime,
) -> list[Entry]:
    """Accept a piece of work of these people, done on a date, for `minutes` (by default all it is worth).

    Returns what is new; accepting the same again changes nothing. A constant number of queries.
    Raises WorkRefused for people who are not to do it, minutes above the item's, a date that cannot be, and work
    accepted before for other minutes.
    """
    credited = item.minutes if minutes is None else minutes
    if not 0 <= credited <= item.minutes:
        raise WorkRefused(
            f"“{item.title}” is worth at most {hours(item.minutes)}; {hours(credited)} cannot be accepted."
        )
    check_day(item.cohort, on, at)
    _check_in_time(item, on)
    _check_people(item, people, on)
    before = _before(item, [Kind.ACCEPTED], people)
    fresh = [person for person in people if not _accepted_already(item, before[person.pk], credited)]
    facts = [
        ledger.Fact(
            person_id=person.pk,
            activity=item_activity(item),
            kind=Kind.ACCEPTED,
            occurred_on=on,
            attended=credited,
            offered=item.minutes,
            evidence_sha256=evidence_sha256,
        )
        for person in fresh
    ]
    posted = _post(facts, f"accepted:{item.key}", before, by=by, at=at)
    if posted:
        _journal("coursework.accept", item, by=by, at=at, people=len(posted), minutes=credited)
    return posted


@transaction.atomic
def accept_work_of_many(
    *, item: Item, people_by_minutes: Mapping[int, Sequence[Person]], on: date, by: Actor, at: datetime
) -> list[Entry]:
    """Accept a piece of work of many people, each for their own minutes: all of it or none.

    Returns what is new. Raises WorkRefused as `accept_work` does.
    """
    return [
        entry
        for minutes, people in sorted(people_by_minutes.items())
        for entry in accept_work(item=item, people=people, minutes=minutes, on=on, by=by, at=at)
    ]


@transaction.atomic
def record_verdict(
    *, item: Item, person: Person, outcome: str, judges: Sequence[Person], on: date, by: Actor, at: datetime
) -> Entry:
    """Record how a panel judged a person's work. The same verdict again changes nothing; a later one is added.

    Raises WorkRefused for a person who is not to do it, a panel of nobody, judges who judge themselves or come
    twice, and a date that cannot be.
    """
    keys = sorted({judge.key for judge in judges})
    if not keys or len(keys) < len(judges) or person.key in keys:
        raise WorkRefused("Name the judges, each once, and not the person whose work it is.")
    check_day(item.cohort, on, at)
    _check_people(item, [person], on)
    before = _before(item, [Kind.VERDICT], [person])
    fact = ledger.Fact(
        person_id=person.pk,
        activity=item_activity(item),
        kind=Kind.VERDICT,
        occurred_on=on,
        outcome=outcome,
        judges=tuple(keys),
    )
    same = [entry for entry in before[person.pk] if _stands(entry) and _says(entry) == (outcome, keys, on)]
    if same:
        return same[0]
    (entry,) = _post([fact], f"verdict:{item.key}", before, by=by, at=at)
    _journal("coursework.judge", item, by=by, at=at, person=person.key, outcome=outcome)
    return entry


@transaction.atomic
def take_back(*, entry: Entry, reason: str, by: Actor, at: datetime) -> list[Entry]:
    """Take back something recorded by hand, of any kind but attendance; return the reversals.

    A make-up that stands for several parts of a session is one thing, and goes as a whole.
    Raises WorkRefused without a reason and for attendance, which is reopened instead; AlreadyReversed.
    """
    if not reason.strip():
        raise WorkRefused("Say why it is taken back.")
    if entry.kind == Kind.ATTENDED:
        raise WorkRefused("This was posted by settling a session. Reopen the session instead.")
    return ledger.reverse(queries.recorded_with(entry), reason=reason.strip(), by=by, at=at)


def _check_in_time(item: Item, on: date) -> None:
    last = item.accepted_until or item.due_on
    if item.withdrawn_at:
        raise WorkRefused(f"“{item.title}” was withdrawn.")
    if last and on > last:
        raise WorkRefused(
            f"“{item.title}” could be accepted until {last}. Give the day it was handed in, or move the item's dates."
        )


def _check_people(item: Item, people: Iterable[Person], on: date) -> None:
    expected = {row.person_id for row in queries.doers(item, on)}
    strangers = [person.name for person in people if person.pk not in expected]
    if strangers:
        raise WorkRefused(
            f"“{item.title}” is not given to {', '.join(strangers[:3])} on {on}: it is for active people of its tracks."
        )


def _before(item: Item, kinds: Sequence[Entry.Kind], people: Sequence[Person]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    rows = queries.posted(item, kinds, [person.pk for person in people])
    for entry in rows.select_related("reversed_by"):
        found[entry.person_id].append(entry)
    return found


def _stands(entry: Entry) -> bool:
    return not hasattr(entry, "reversed_by")


def _says(entry: Entry) -> tuple[str, list[str], date]:
    return entry.outcome, entry.judges, entry.occurred_on


def _accepted_already(item: Item, before: list[Entry], credited: int) -> bool:
    standing = [entry for entry in before if _stands(entry)]
    if standing and standing[0].attended != credited:
        raise WorkRefused(
            f"“{item.title}” was accepted before for {hours(standing[0].attended)}. Take that back first."
        )
    return bool(standing)


def _post(
    facts: Sequence[ledger.Fact], source: str, before: dict[int, list[Entry]], *, by: Actor, at: datetime
) -> list[Entry]:
    """Post under a source with a number: one more than was ever posted for that person."""
    numbered: dict[int, list[ledger.Fact]] = defaultdict(list)
    for fact in facts:
        numbered[len(before[fact.person_id]) + 1].append(fact)
    return [
        entry
        for number, group in sorted(numbered.items())
        for entry in ledger.post(group, source=f"{source}:{number}", by=by, at=at)
    ]


def _plan_of(item: Item) -> ItemPlan:
    return ItemPlan(**{name: getattr(item, name) for name in ItemPlan.__dataclass_fields__})


def _anew(item: Item, plan: ItemPlan, action: str, *, by: Actor, at: datetime) -> Item:
    """The same piece of work in another row; the row before is kept."""
    if Item.objects.filter(pk=item.pk, withdrawn_at=None).update(withdrawn_at=at) != 1:
        raise WorkRefused(f"Someone else changed “{item.title}” just now. Reload the page and try again.")
    again = Item.objects.create(cohort=item.cohort, key=item.key, recorded_at=at, **plan.fields())
    _journal(action, again, by=by, at=at)
    return again


def _journal(action: str, item: Item, *, by: Actor, at: datetime, **detail: object) -> None:
    record(action, by=by, at=at, subject=("work", item.key), class_key=item.cohort.key, **detail)
