"""What one entry is worth, at the edges of grace, threshold and rounding."""

from __future__ import annotations

import pytest

from cecto.requirements import Activity
from cecto.requirements.document import Policy, Rounding
from cecto.requirements.english.amounts import hours
from cecto.requirements.minutes.worth import worth
from tests.requirements.worlds import START, posted

SESSION = Activity("s", "session", meeting="m")


@pytest.mark.parametrize(
    ("policy", "attended", "credited"),
    [
        (Policy(), 0, 0),
        (Policy(), 37, 37),
        (Policy(), 130, 120),
        (Policy(late_grace=10), 110, 120),
        (Policy(late_grace=10), 109, 109),
        (Policy(late_grace=120), 0, 0),
        (Policy(partial=75), 90, 120),
        (Policy(partial=75), 89, 0),
        (Policy(partial=100), 119, 0),
        (Policy(partial=100, late_grace=1), 119, 120),
        (Policy(rounding=Rounding(each=15)), 44, 30),
        (Policy(rounding=Rounding(each=15)), 45, 45),
    ],
)
def test_attendance_of_two_hours(policy: Policy, attended: int, credited: int) -> None:
    entry = posted("e", "attended", SESSION, START, attended, 120)
    assert worth(entry, policy).minutes == credited


def test_what_is_not_attendance_is_worth_what_it_grants() -> None:
    entry = posted("e", "recognized", SESSION, START, 50, 120)
    assert worth(entry, Policy(partial=100, late_grace=5)).minutes == 50


def test_less_than_claimed_says_why() -> None:
    below = worth(posted("e", "attended", SESSION, START, 89, 120), Policy(partial=75))
    assert (below.claim, below.because) == (
        89,
        f"Present {hours(89)} of {hours(120)}; credit starts at 75%.",
    )
    rounded = worth(posted("e", "attended", SESSION, START, 44, 120), Policy(rounding=Rounding(each=15)))
    assert (rounded.claim, rounded.because) == (44, "Rounded down to a multiple of 15\N{NO-BREAK SPACE}min.")
