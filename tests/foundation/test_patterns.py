"""What a shell would have put in a pattern's place."""

from __future__ import annotations

from pathlib import Path

from cecto.foundation.patterns import expanded


def test_patterns_become_the_files_they_name_in_order(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", "c.json", "[1].pdf"):
        (tmp_path / name).write_text("")
    told = expanded([f"{tmp_path}/?.pdf", "7K3M-9TQX-2B4F", f"{tmp_path}/[1].pdf", f"{tmp_path}/none*.pdf"])
    named = [str(tmp_path / name) for name in ("a.pdf", "b.pdf")]
    assert told == [*named, "7K3M-9TQX-2B4F", str(tmp_path / "[1].pdf"), f"{tmp_path}/none*.pdf"]


def test_what_can_be_no_file_stays() -> None:
    for word in ("x*" * 3000, "a\0*", "https://a.example/verify/7K3M?x=[1]"):
        assert expanded([word]) == [word]
