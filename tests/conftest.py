"""Where tests run: a home of their own, one database engine at a time, no network but loopback.

SQLite by default, as a WAL file; PostgreSQL when `DATABASE_URL` names one, and then only the tests that touch a
database run, since the others have no second answer to give.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from pytest_django import DjangoDbBlocker

HOME = Path(tempfile.mkdtemp(prefix="cecto-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("CECTO_") or name == "PORT"]:
    del os.environ[name]
os.environ["CECTO_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "cecto.config.settings"

from django.conf import settings  # noqa: E402 - the settings read the home above

from cecto.config.environment import make_home  # noqa: E402

make_home()

ON_POSTGRESQL = str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")
# xdist's workers inherit this process's environment and must make a home of their own before they load settings.
del os.environ["DJANGO_SETTINGS_MODULE"]

# How slowly examples are made says how busy the machine is, not whether a law holds.
BUSY: dict[str, Any] = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("dev", max_examples=50, **BUSY)
hypothesis.settings.register_profile("ci", max_examples=100, derandomize=True, print_blob=True, **BUSY)
hypothesis.settings.register_profile("proof", max_examples=1000, **BUSY)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))

TOUCHES_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    """Let SQLite skip waiting for the disk, which no test outlives; link static files by plain names."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir()
    options = settings.DATABASES["default"].get("OPTIONS")
    if isinstance(options, dict) and "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark journeys, and leave out on PostgreSQL what has already been answered on SQLite."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
    if ON_POSTGRESQL:
        again = [item for item in items if _touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in again])
        items[:] = again


def _touches_database(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ["django_db", "db", "journey"])
    return marked or bool(TOUCHES_DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin with a database that these very migrations made in an earlier run, if there is one (SQLite)."""
    from tests import migrated

    return not ON_POSTGRESQL and migrated.bring()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make the test database, and keep a copy that tests with real transactions are put back to.

    Django would empty the tables instead, which our append-only tables refuse.
    """
    from django.test import TransactionTestCase

    from tests import migrated
    from tests.template import Template

    with django_db_blocker.unblock(), Template.made() as template, pytest.MonkeyPatch.context() as patch:
        if not ON_POSTGRESQL and not django_db_keepdb:
            migrated.keep(Path(template.copy))
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: template.restore())
        yield


@pytest.fixture(autouse=True)
def nobody_asked_in_this_minute() -> None:
    """What the process counts of who asks is forgotten between tests, as the database is."""
    from django.core.cache import caches

    caches["pace"].clear()
