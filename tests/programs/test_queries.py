"""Finding definitions."""

from __future__ import annotations

import pytest

from cecto.programs import queries
from tests.programs.texts import published

pytestmark = pytest.mark.django_db


def test_the_newest_definition_is_the_one_published_last() -> None:
    published(version=1)
    second = published(version=2, hours=200)
    assert queries.newest_definition("cecto", "technology-director") == second


def test_a_track_without_definition_says_how_to_publish_one() -> None:
    with pytest.raises(queries.NoSuchDefinition, match="cecto definition publish FILE"):
        queries.newest_definition("cecto", "superintendent")


def test_a_definition_is_called_by_key_or_by_the_start_of_its_hash() -> None:
    row = published()
    assert queries.definition_called(row.key) == row
    assert queries.definition_called(row.sha256[:10].upper()) == row
    with pytest.raises(queries.NoSuchDefinition):
        queries.definition_called(row.sha256[:7])


def test_rules_are_compiled_once_for_a_hash() -> None:
    row = published()
    assert queries.ruleset(row) is queries.ruleset(queries.definition_called(row.key))
    assert queries.ruleset(row).definition.sha256 == row.sha256


def test_a_definition_is_explained_in_english() -> None:
    assert "240" in queries.explained(published())


def test_partners_are_named_where_a_program_has_some() -> None:
    told = queries.partnership("cecto")
    assert told.startswith("A partnership of the N.C. Department of Public Instruction, the UNC School of")
    assert told.endswith("Technology, and MCNC.")
    assert [queries.partnership(code) for code in ("cgcio", "workshop", "")] == ["", "", ""]


def test_history_is_of_one_track() -> None:
    first = published(version=1)
    second = published(version=2, hours=200)
    published(track="superintendent")
    assert list(queries.history(first)) == [second, first]
