"""The first sentences about a person: one table of situations, told to the person and, in a line, to those who help.

What is said is true of the whole person. Every page, letter and command takes it from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cecto.foundation.ui.words import hours
from cecto.requirements.compiling import Rules
from cecto.requirements.english.phrases import office
from cecto.requirements.results import Result
from cecto.requirements.room import Session
from cecto.requirements.situations import Prospects, Situation

Told = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Headline:
    """Two sentences for the person, what waits beside, and a line for those who help them.

    `tone` is good, ahead, attention or bad.
    """

    first: str
    second: str
    waiting: str
    staff: str
    tone: str


@dataclass(frozen=True, slots=True)
class About:
    """Whom the sentences are about, and whom to ask. `makeup` is a session that can be made up, and until when."""

    rules: Rules
    main: Result | None = None
    coordinator: str = ""
    makeup: tuple[str, date | None] | None = None

    @property
    def who_helps(self) -> str:
        """Whom to ask, by name where there is one."""
        return self.coordinator or _("the coordinator")

    @property
    def figure(self) -> str:
        """How far they are, in the hours that the program is known for; empty when it is not measured in hours."""
        if self.main is None:
            return ""
        return _("%(earned)s of %(target)s.") % {"earned": hours(self.main.value), "target": hours(self.main.target)}


def headline(found: Prospects, about: About) -> Headline:
    """What to say of someone's prospects."""
    first, second, staff = _TELL[found.situation](found, about)
    return Headline(first, second, _waiting(found), staff, _TONES[found.situation])


def day(on: date) -> str:
    """A day as it is said in a sentence, without its year: June 23."""
    return date_format(on, "F j")


def _done(_found: Prospects, _about: About) -> Told:
    second = _("Nothing is left for you to do.")
    return _("You’ve met every requirement."), second, _("Every requirement is done")


def _choice(found: Prospects, about: About) -> Told:
    deciding = _position(about.rules.definition.award.decided_by)
    ways = [" + ".join(titles) for result in found.parts for titles in result.either]
    staff = _("Needs a choice: %(ways)s") % {"ways": _or(ways)} if ways else _("Needs a choice")
    second = _("%(position)s decides which. Nothing to do for now.") % {"position": deciding}
    return _("Some of your hours can count two ways."), second, staff


def _review(found: Prospects, _about: About) -> Told:
    titles = _and([part.title for part in found.parts])
    second = _("%(title)s is waiting for review. Nothing to do for now.") % {"title": titles}
    return _("You’ve turned everything in."), second, _("Waiting for review: %(title)s") % {"title": titles}


def _canceled(found: Prospects, about: About) -> Told:
    titles = _and([f"“{one.title}” ({day(one.on)})" for one in found.called_off])
    said = {"sessions": titles, "short": _short(found.parts), "who": about.who_helps}
    first = ngettext(
        "%(sessions)s was canceled, so %(short)s is missing from the schedule.",
        "%(sessions)s were canceled, so %(short)s is missing from the schedule.",
        len(found.called_off),
    )
    second = _("A new date is needed. Ask %(who)s; nothing to do for now.")
    return first % said, second % said, _("Canceled session: %(short)s short") % said


def _planning(found: Prospects, about: About) -> Told:
    part = _measured(found.parts) or about.main
    said = _so_far(part) if part else ""
    second = " ".join(filter(None, [said, _("Nothing to do for now.")]))
    return _("More dates are coming."), second, said.removesuffix(".") or _("More dates are coming")


def _decided(found: Prospects, about: About) -> Told:
    part = found.parts[0]
    said = {
        "part": part.title,
        "position": _position(part.decided_by),
        "outcomes": _or(list(part.outcomes)),
        "who": about.who_helps,
    }
    first = _("You can’t finish “%(part)s” as planned.") % said
    second = _("%(position)s will decide: %(outcomes)s. %(who)s will contact you.") % said
    return first, second, _("%(position)s decides: %(part)s") % said


def _exception(found: Prospects, about: About) -> Told:
    part = found.parts[0]
    said = {"part": part.title, "who": about.who_helps, "short": _short([part])}
    node = about.rules.nodes.get(part.id)
    if node and node.waivable:
        said["position"] = _position(node.waivable.by[0])
        second = _("%(position)s can grant an exception. %(who)s can explain how.") % said
    else:
        second = _("The program rules allow no exception here. Talk to %(who)s.") % said
    first = _("You can’t finish “%(part)s” with what’s left this year.") % said
    return first, second, _("Needs an exception: %(part)s, %(short)s short") % said


def _makeup(found: Prospects, about: About) -> Told:
    part = found.parts[0]
    said = {"short": _short([part]), "part": part.title}
    first = _("You need %(short)s more of “%(part)s” than is scheduled.") % said
    staff = _("Make-up needed: %(short)s") % said
    if about.makeup is None:
        return first, _("A make-up can close the gap. Ask %(who)s how.") % {"who": about.who_helps}, staff
    title, until = about.makeup
    if until is None:
        return first, _("You can make up “%(session)s”.") % {"session": title}, staff
    second = _("You can make up “%(session)s” until %(day)s.") % {"session": title, "day": day(until)}
    return first, second, _("Make-up needed: %(short)s by %(day)s") % (said | {"day": day(until)})


def _short_otherwise(found: Prospects, about: About) -> Told:
    part = found.parts[0]
    said = {"short": _short([part]), "part": part.title, "who": about.who_helps}
    first = _("You need %(short)s more of “%(part)s” than is scheduled.") % said
    second = _("Late work or hours from elsewhere can still count. Ask %(who)s how.") % said
    return first, second, _("Needs %(short)s more than is scheduled: %(part)s") % said


def _to_do(found: Prospects, about: About) -> Told:
    titles = _and([f"“{part.title}”" for part in found.parts])
    second = _("No session brings it. Ask %(who)s how to get it done.") % {"who": about.who_helps}
    return _("Still to do: %(titles)s.") % {"titles": titles}, second, _("Still to do: %(titles)s") % {"titles": titles}


def _overdue(found: Prospects, _about: About) -> Told:
    late = found.overdue[0]
    said = {"title": late.title, "until": day(late.until), "due": day(late.on)}
    first = _("Turn in “%(title)s” by %(until)s to stay on track.") % said
    return first, _("It was due %(due)s.") % said, _("Overdue: %(title)s") % said


def _returned(found: Prospects, about: About) -> Told:
    one = found.returned[0]
    said = {"title": one.title, "until": day(one.until) if one.until else "", "who": about.who_helps}
    again = _("“%(title)s” needs changes. Turn it in again by %(until)s.")
    first = again if one.until else _("“%(title)s” needs changes. Turn it in again.")
    return first % said, _("Ask %(who)s what to change.") % said, _("Returned: %(title)s") % said


def _named(found: Prospects, _about: About) -> Told:
    needed = found.room.needed
    things = _and([_("%(title)s on %(day)s") % {"title": one.title, "day": day(one.on)} for one in needed])
    first = [
        _("One thing is left: %(things)s."),
        _("Two things are left: %(things)s."),
        _("Three things are left: %(things)s."),
    ]
    second = [_("You need to be there."), _("You need both."), _("You need all three.")]
    place = len(needed) - 1
    return first[place] % {"things": things}, second[place], _must(needed)


def _all_needed(_found: Prospects, about: About) -> Told:
    first = _("You’re on track if you come to every session left.")
    second = " ".join(filter(None, [about.figure, _("Can’t make one? Tell us early.")]))
    return first, second, _("Nothing to spare: every session left is needed")


def _time_to_spare(found: Prospects, about: About) -> Told:
    spare = hours(found.room.minutes or 0)
    names = _but_not(found.room.needed)
    words = _("You can miss up to %(spare)s, but not %(names)s.") if names else _("You can miss up to %(spare)s.")
    second = " ".join(filter(None, [about.figure, words % {"spare": spare, "names": names}]))
    staff = " · ".join(filter(None, [_("%(spare)s to spare") % {"spare": spare}, _must(found.room.needed)]))
    return _finish(found), second, staff


def _sessions_to_spare(found: Prospects, about: About) -> Told:
    room = found.room
    names, count = _but_not(room.needed), room.sessions
    said = {"k": count, "n": len(room.free), "names": names}
    if names:
        words = ngettext(
            "You can miss any one of the other %(n)s sessions, but not %(names)s.",
            "You can miss any %(k)s of the other %(n)s sessions, but not %(names)s.",
            count,
        )
    else:
        words = ngettext(
            "You can miss any one of the %(n)s sessions left.",
            "You can miss any %(k)s of the %(n)s sessions left.",
            count,
        )
    staff = ngettext("%(k)s session to spare", "%(k)s sessions to spare", count) % said
    second = " ".join(filter(None, [about.figure, words % said]))
    return _finish(found), second, " · ".join(filter(None, [staff, _must(room.needed)]))


def _on_track(found: Prospects, about: About) -> Told:
    needed = _and([f"{one.title}, {day(one.on)}" for one in found.room.needed])
    words = _("You need to come to %(names)s.") % {"names": needed} if needed else ""
    if not words and found.work:
        following = found.work[0]
        words = _("Next: %(title)s, due %(day)s.") % {"title": following.title, "day": day(following.on)}
    second = " ".join(filter(None, [about.figure, words]))
    return _finish(found), second, _must(found.room.needed) or _("On track")


_TELL: dict[Situation, Callable[[Prospects, About], Told]] = {
    Situation.DONE: _done,
    Situation.CHOICE: _choice,
    Situation.REVIEW: _review,
    Situation.CANCELED: _canceled,
    Situation.PLANNING: _planning,
    Situation.DECIDED: _decided,
    Situation.EXCEPTION: _exception,
    Situation.MAKEUP: _makeup,
    Situation.SHORT: _short_otherwise,
    Situation.TO_DO: _to_do,
    Situation.OVERDUE: _overdue,
    Situation.RETURNED: _returned,
    Situation.NAMED: _named,
    Situation.ALL_NEEDED: _all_needed,
    Situation.TIME_TO_SPARE: _time_to_spare,
    Situation.SESSIONS_TO_SPARE: _sessions_to_spare,
    Situation.ON_TRACK: _on_track,
}
_TONES = {
    **dict.fromkeys(Situation, "good"),
    Situation.CHOICE: "attention",
    Situation.CANCELED: "attention",
    Situation.PLANNING: "ahead",
    Situation.DECIDED: "bad",
    Situation.EXCEPTION: "bad",
    Situation.MAKEUP: "attention",
    Situation.SHORT: "attention",
    Situation.TO_DO: "attention",
    Situation.OVERDUE: "attention",
    Situation.RETURNED: "attention",
    Situation.ALL_NEEDED: "ahead",
}


def _waiting(found: Prospects) -> str:
    """What is added once attendance is final; empty when nothing waits."""
    if not found.held:
        return ""
    said = {"h": hours(sum(one.minutes for one in found.held)), "days": _and([day(one.on) for one in found.held])}
    return _("%(h)s from %(days)s is added when attendance is final.") % said


def _finish(found: Prospects) -> str:
    if found.finish_on is None:
        return _("You’re on track.")
    return _("You’re on track to finish on %(day)s.") % {"day": day(found.finish_on)}


def _so_far(part: Result) -> str:
    said = {"earned": _amount(part, part.value), "target": _amount(part, part.target)}
    if not part.possible:
        return _("%(earned)s of %(target)s so far. Nothing more is scheduled.") % said
    said["coming"] = _amount(part, part.possible)
    return _("%(earned)s of %(target)s so far; %(coming)s more is scheduled.") % said


def _measured(parts: Sequence[Result]) -> Result | None:
    return max((part for part in parts if part.unit == "minutes"), key=lambda part: part.target, default=None)


def _short(parts: Sequence[Result]) -> str:
    part = _measured(parts) or parts[0]
    return _amount(part, max(0, -part.slack))


def _amount(part: Result, value: int) -> str:
    if part.unit == "minutes":
        return hours(value)
    if part.measure in {"count", "together", "each", "absences"}:
        return ngettext("%(n)s session", "%(n)s sessions", value) % {"n": value}
    return str(value)


def _must(needed: Sequence[Session]) -> str:
    days = _and([day(one.on) for one in needed])
    return _("Must attend: %(days)s") % {"days": days} if needed else ""


def _but_not(needed: Sequence[Session]) -> str:
    return _or([_("%(title)s on %(day)s") % {"title": one.title, "day": day(one.on)} for one in needed])


def _position(code: str) -> str:
    said = office(code)
    return said[:1].upper() + said[1:]


def _and(names: Sequence[str]) -> str:
    return _listed(names, _("%(first)s and %(last)s"), _("%(first)s, and %(last)s"))


def _or(names: Sequence[str]) -> str:
    return _listed(names, _("%(first)s or %(last)s"), _("%(first)s, or %(last)s"))


def _listed(names: Sequence[str], two: str, more: str) -> str:
    """Three names, then how many more."""
    if len(names) > 3:
        return (
            _listed([*names[:3], _("%(n)s more") % {"n": len(names) - 3}], two, more)
            if len(names) > 4
            else (more % {"first": ", ".join(names[:-1]), "last": names[-1]})
        )
    if len(names) < 2:
        return "".join(names)
    joined = two if len(names) == 2 else more
    return joined % {"first": ", ".join(names[:-1]), "last": names[-1]}
