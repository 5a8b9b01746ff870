"""The first sentences to the holder of a certificate that ends: what is due, by when, and what happens otherwise."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cecto.audits.headline import Headline
from cecto.audits.letter import hero
from cecto.certification.renewal.queries import RenewalCase
from cecto.foundation.ui.words import hours
from cecto.requirements import RenewalAudit
from cecto.requirements.english.phrases import office
from cecto.requirements.results import Status


def renewing(case: RenewalCase | None, *, whom: str = "") -> Headline | None:
    """What there is to say of a renewal; None while nothing is to be done for it."""
    renewal = case.standing.renewal if case else None
    if case is None or renewal is None:
        return None
    said = {"end": _day(case.last_day), "who": whom or _("the coordinator")}
    valid = _("Your certificate is valid until %(end)s.") % said
    expired = _("Your certificate expired on %(end)s.") % said
    over = case.valid_until <= renewal.audit.true_on
    if case.over:
        second = _("It can’t be renewed any longer. Ask %(who)s about a new certification.") % said
        return Headline(expired, second, "", _("Expired for good %(end)s") % said, "bad")
    if case.renewable_until:
        second = _("You’ve met what renewal asks. %(position)s still needs to sign.") % {"position": _position(case)}
        return Headline(expired if over else valid, second, "", _("Ready to renew"), "attention" if over else "good")
    if renewal.standing == "due":
        return Headline(valid, _missing(renewal), _if_not(renewal), _("Renewal: to do by %(end)s") % said, "attention")
    if renewal.standing in {"grace", "lapsed"}:
        until = _day(renewal.reinstate_last_day or renewal.last_day_of_grace)
        first = f"{expired} " + _("You can still renew it until %(day)s.") % {"day": until}
        return Headline(first, _missing(renewal), "", _("Expired; renewable until %(day)s") % {"day": until}, "bad")
    return None


def _missing(renewal: RenewalAudit) -> str:
    """What the cycle lacks: so many hours, else the sentence of the whole."""
    main = hero(renewal.audit.root)
    if main is None or not main.remaining:
        return renewal.audit.root.sentence
    short = {"short": hours(main.remaining), "title": main.title}
    more = _("To renew it you need %(short)s more: %(title)s.") % short
    root = renewal.audit.root
    # What the cycle's own days no longer allow may be made up until it lapses for good.
    return more if main.id == root.id or root.status is Status.IMPOSSIBLE else f"{more} {root.sentence}"


def _if_not(renewal: RenewalAudit) -> str:
    """What lapsing means."""
    if renewal.grace_until > renewal.end:
        return _("If it isn’t renewed by %(day)s, it lapses.") % {"day": _day(renewal.last_day_of_grace)}
    return _("If it isn’t renewed by then, it lapses.")


def _position(case: RenewalCase) -> str:
    said = office(case.decision.offices[0])
    return said[:1].upper() + said[1:]


def _day(on: date) -> str:
    return date_format(on, "F j, Y")
