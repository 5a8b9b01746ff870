"""Programs that are not shipped, written by data alone, each with persons whose results were derived by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from cecto import requirements
from cecto.requirements import explain, lint, parse
from cecto.requirements.trials.reading import read_examples, senseless
from cecto.requirements.trials.trying import try_examples

PROGRAMS = sorted(path for path in (Path(__file__).parent / "programs").glob("*.yaml") if ".examples" not in path.name)


@pytest.mark.parametrize("path", PROGRAMS, ids=[path.stem for path in PROGRAMS])
def test_every_person_comes_out_as_derived(path: Path) -> None:
    text, examples = path.read_text(), path.with_suffix(".examples.yaml")
    definition = parse(text, name=path.name)
    read = read_examples(examples.read_text(), name=examples.name, definition=definition)
    tried = try_examples(requirements.compile(definition), read)
    assert [(one.person, said) for one in tried for said in (*one.differences, *one.ignored)] == []
    assert lint(text, name=path.name) == []
    assert senseless(definition, read, examples.read_text(), name=examples.name) == []
    assert "None" not in explain(definition)
