"""Until when an award is valid, and how far what was met entitles it to be renewed. Nothing of it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cecto.audits.standing import Award, AwardStanding, award_standings
from cecto.certification.models import Decision
from cecto.certification.queries import unmet
from cecto.classes.models import Enrollment
from cecto.programs.queries import ruleset
from cecto.requirements import cycle_dates
from cecto.requirements.document import NO_TIME
from cecto.requirements.facts import Signed
from cecto.requirements.results import Result
from cecto.requirements.windows import later

# The words of requirements.renewing.Standing, for people.
WORDS = {
    "current": "nothing is asked yet",
    "due": "to be renewed",
    "renewable": "ready to renew",
    "grace": "over, in the days of grace",
    "lapsed": "lapsed",
    "reinstatable": "lapsed, ready to reinstate",
    "not-asked": "no renewal is asked",
}


@dataclass(frozen=True, slots=True)
class RenewalCase:
    """An award that ends on `valid_until`, where it stands, and until when it may be renewed as things are (None: not).

    `cycle` is the last cycle that was met, for which it would be renewed. A lapsed one that would is `reinstatable`.
    """

    decision: Decision
    valid_until: date
    standing: AwardStanding
    renewable_until: date | None = None
    cycle: int = 0

    @property
    def last_day(self) -> date:
        """The last day on which it is valid: what people are told, where what is signed is the day after."""
        return self.valid_until - timedelta(days=1)

    @property
    def renewed_last_day(self) -> date | None:
        """The last day on which it would be valid if it were renewed as things are."""
        return self.renewable_until - timedelta(days=1) if self.renewable_until else None

    @property
    def word(self) -> str:
        """Where it stands, in a few words: what was met and not signed is ready, however long ago it was met."""
        renewal = self.standing.renewal
        if renewal is None:
            return "ends, without a renewal"
        if self.renewable_until:
            return WORDS["reinstatable" if self.reinstatable else "renewable"]
        if renewal.standing == "renewable":
            return "renewed"
        return "lapsed for good" if self.over else WORDS[renewal.standing]

    @property
    def over(self) -> bool:
        """Whether it lapsed and nothing can bring it back."""
        renewal = self.standing.renewal
        return (
            renewal is not None
            and renewal.standing in {"lapsed", "reinstatable"}
            and (renewal.reinstate_until is None or renewal.audit.true_on >= renewal.reinstate_until)
        )

    @property
    def reinstatable(self) -> bool:
        """Whether it lapsed and what was missing was made up in time."""
        return self.standing.renewal is not None and self.standing.renewal.standing == "reinstatable"

    @property
    def left(self) -> tuple[Result, ...]:
        """What the cycle that decides still lacks."""
        renewal = self.standing.renewal
        asked = renewal is not None and renewal.standing != "not-asked"
        return tuple(unmet(renewal.audit.root)) if renewal and asked else ()


def valid_until(decision: Decision) -> date | None:
    """The day from which the award of a decision in effect is no longer valid: as renewed last, else as first awarded.

    None for an award without an end. One that is renewed in cycles is valid to the end of the first cycle at least.
    """
    end = first_end(decision)
    renewed = decision.renewals.last() if end else None
    return renewed.valid_until if renewed else end


def first_end(decision: Decision) -> date | None:
    """The day on which the award ends unless it is renewed, or None."""
    rules, on = ruleset(decision.definition).definition, decision.effect.effective_on
    if rules.award.valid is None or rules.award.valid == NO_TIME:
        return None
    end = later(on, rules.award.valid)
    return max(end, cycle_dates(rules.renewal.cycle, on, 1)[1]) if rules.renewal else end


def renewal_cases(decisions: Sequence[Decision], *, true_on: date, known_at: datetime) -> list[RenewalCase]:
    """Where the awards of decisions in effect stand, those without an end left out. A constant number of queries.

    Read the decisions with their effect, definition, enrollment, and prefetched renewals.
    """
    ending = [(one, end) for one in decisions if (end := ends_on(one))]
    awards = [award_decided(one) for one, _ in ending]
    standings = award_standings(awards, true_on=true_on, known_at=known_at) if awards else []
    return [_case(one, end, stands) for (one, end), stands in zip(ending, standings, strict=True)]


def award_decided(decision: Decision, enrollment: Enrollment | None = None) -> Award:
    """The award of a decision in effect, with the cycles after which it was reinstated; renewals may be prefetched."""
    enrollment = enrollment or decision.enrollment
    zone = ZoneInfo(enrollment.cohort.program.time_zone)
    signed = {
        one.cycle: Signed(one.signed_at.astimezone(zone).date(), one.signed_at) for one in decision.renewals.all()
    }
    return Award(
        enrollment,
        decision.effect.effective_on,
        {one.cycle: signed[one.cycle].on for one in decision.renewals.all() if one.reinstated},
        decision.effect.known_at,
        signed,
        decision.definition,
    )


def ends_on(decision: Decision) -> date | None:
    """As `valid_until`, from renewals that were prefetched with the decision."""
    renewed = list(decision.renewals.all())
    return renewed[-1].valid_until if renewed else first_end(decision)


def _case(decision: Decision, end: date, stands: AwardStanding) -> RenewalCase:
    """Cycles before the one that decides were met; a renewable one is met before its end, so the next is earned too."""
    found, renewal = stands.renewal, ruleset(decision.definition).definition.renewal
    if found is None or renewal is None:
        return RenewalCase(decision, end, stands)
    met = found.number if found.standing in {"renewable", "reinstatable"} else found.number - 1
    earned = cycle_dates(renewal.cycle, decision.effect.effective_on, met + 1)[1]
    if not met or earned <= max(end, found.audit.true_on):
        return RenewalCase(decision, end, stands)
    return RenewalCase(decision, end, stands, earned, met)
