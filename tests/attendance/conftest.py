"""The world that the tests of attendance live in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.attendance.world import World


@pytest.fixture
def world(db: None) -> World:
    # Models can only be imported once Django is set up, which is after conftest files are read.
    from tests.attendance.world import make_world

    return make_world()
