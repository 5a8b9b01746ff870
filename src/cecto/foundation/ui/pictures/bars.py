"""Hours by competency, or by anything else that has hours: one bar a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 1000


@dataclass(frozen=True)
class Bar:
    """One line, in minutes: what is earned, what is scheduled, and the target if there is one."""

    label: str
    minutes: int
    target: int = 0
    coming: int = 0


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its widths in thousandths of the longest."""

    bar: Bar
    earned: int
    reach: int
    mark: int


@dataclass(frozen=True)
class Bars:
    """Several bars on one scale."""

    title: str
    description: str
    bars: Sequence[Bar]

    @property
    def drawn(self) -> list[DrawnBar]:
        """The bars at the scale of the longest; all empty when nothing is earned, scheduled or asked."""
        longest = max((max(bar.minutes + bar.coming, bar.target) for bar in self.bars), default=0)
        return [_drawn(bar, longest) for bar in self.bars]

    @property
    def has_coming(self) -> bool:
        """Whether any bar has something scheduled, so that the table needs the column."""
        return any(bar.coming for bar in self.bars)

    @property
    def has_targets(self) -> bool:
        """Whether any bar has a target, so that the table needs the column."""
        return any(bar.target for bar in self.bars)


def _drawn(bar: Bar, longest: int) -> DrawnBar:
    def part(minutes: int) -> int:
        return minutes * WIDTH // longest if longest else 0

    return DrawnBar(bar, part(bar.minutes), part(bar.minutes + bar.coming), part(bar.target))
