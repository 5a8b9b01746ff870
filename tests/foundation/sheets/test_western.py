"""Files of one byte a letter are read as their writer meant them, from Windows and from old Macintoshes."""

from __future__ import annotations

import pytest

from cecto.foundation.sheets.lines import read_lines

NAMES = [
    *("Ada Núñez", "Ibáñez-Whitaker", "José Gómez", "François Zürn", "Søren Ångström", "Inés Pérez"),
    *("MUÑOZ, ÁLVARO", "Léa Müller", "Peña"),
]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_as_it_was_written(encoding: str, name: str) -> None:
    (_, line) = read_lines(f'Name\n"{name}"\n'.encode(encoding), "f.csv")
    assert line.cells == (name,)
