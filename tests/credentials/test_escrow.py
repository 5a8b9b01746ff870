"""Two of three sheets give the passphrase back; one, or a misread one, does not."""

from __future__ import annotations

import io
import itertools
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic import combine_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from cecto.credentials import actions, escrow
from cecto.credentials.escrow import EscrowRefused
from cecto.credentials.keys import KeySealed
from cecto.credentials.models import PassphraseEscrow
from cecto.foundation.journal.models import JournalEntry
from tests.credentials import made
from tests.credentials.made import AT, BY, LATER, PASSPHRASE

SEALED, WORDS = escrow.divide(PASSPHRASE)


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_any_two_sheets_give_any_passphrase_back(passphrase: str) -> None:
    sealed, sheets = escrow.divide(passphrase)
    assert [len(words.split()) for words in sheets] == [20, 20, 20]
    for two in itertools.combinations(sheets, 2):
        assert escrow.recover(sealed, list(two)) == passphrase
    assert passphrase not in sealed or len(passphrase) < 3


def test_sheets_are_read_as_people_copy_them() -> None:
    numbered = "  ".join(f"{place}. {word.upper()}" for place, word in enumerate(WORDS[0].split(), 1))
    assert escrow.recover(SEALED, [numbered, f" {WORDS[2]}\n"]) == PASSPHRASE


def test_one_sheet_is_not_enough() -> None:
    for sheets in ([WORDS[0]], [WORDS[0], WORDS[0]], []):
        with pytest.raises(EscrowRefused):
            escrow.recover(SEALED, sheets)


@given(place=st.integers(0, 19), other=st.sampled_from(WORDLIST))
def test_a_misread_word_is_told(place: int, other: str) -> None:
    words = WORDS[0].split()
    if words[place] == other:
        return
    words[place] = other
    with pytest.raises(EscrowRefused):
        escrow.recover(SEALED, [" ".join(words), WORDS[1]])


def test_a_word_of_no_sheet_and_sheets_of_two_escrows_are_told() -> None:
    _, others = escrow.divide("another")
    with pytest.raises(EscrowRefused, match="Invalid mnemonic word 'zebra'"):
        escrow.recover(SEALED, ["zebra " + WORDS[0].partition(" ")[2], WORDS[1]])
    with pytest.raises(EscrowRefused, match="fit together"):
        escrow.recover(SEALED, [WORDS[0], others[1]])
    with pytest.raises(EscrowRefused, match="another escrow"):
        escrow.recover(SEALED, others[:2])
    with pytest.raises(EscrowRefused, match="damaged"):
        escrow.recover("{}", WORDS[:2])
    with pytest.raises(ValueError, match="no passphrase"):
        escrow.divide("")


def test_the_sheets_hold_a_key_and_not_the_passphrase() -> None:
    assert len(combine_mnemonics(WORDS[:2])) == escrow.KEY_BYTES


@pytest.mark.django_db
def test_escrow_is_of_the_passphrase_in_use_and_the_newest_counts() -> None:
    made.key()
    with pytest.raises(KeySealed):
        actions.escrow_passphrase(passphrase="wrong", by=BY, at=AT)
    with pytest.raises(EscrowRefused, match="No passphrase was put into escrow"):
        actions.recover_passphrase(sheets=WORDS, by=BY, at=AT)
    former = actions.escrow_passphrase(passphrase=PASSPHRASE, by=BY, at=AT)
    current = actions.escrow_passphrase(passphrase=PASSPHRASE, by=BY, at=LATER)
    assert PassphraseEscrow.objects.get().made_at == LATER
    with pytest.raises(EscrowRefused, match="another escrow"):
        actions.recover_passphrase(sheets=former[:2], by=BY, at=LATER)
    assert actions.recover_passphrase(sheets=current[1:], by=BY, at=LATER) == PASSPHRASE
    done = list(JournalEntry.objects.filter(action__contains="passphrase").values_list("action", "detail"))
    assert done == [
        ("credentials.escrow-passphrase", {}),
        ("credentials.escrow-passphrase", {}),
        ("credentials.recover-passphrase", {}),
    ]


@pytest.mark.django_db
def test_what_is_printed_can_be_typed_in(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CECTO_KEY_PASSPHRASE = PASSPHRASE
    made.key()
    with pytest.raises(CommandError, match="--out DIR"):
        call_command("key", "escrow")
    call_command("key", "escrow", "--out", str(tmp_path / "sheets"))
    files = sorted((tmp_path / "sheets").iterdir())
    assert [(path.name, oct(path.stat().st_mode & 0o777)) for path in files] == [
        ("sheet-1.txt", "0o600"),
        ("sheet-2.txt", "0o600"),
        ("sheet-3.txt", "0o600"),
    ]
    typed = [" ".join(re.findall(r"\d+  ([a-z]+)", path.read_text())) for path in files]
    settings.CECTO_KEY_PASSPHRASE = "lost"
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed[2]}\n{typed[0]}\n"))
    call_command("key", "recover")
    assert PASSPHRASE in capsys.readouterr().out.splitlines()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed[2]}\n{typed[2]}\n"))
    with pytest.raises(CommandError, match="Compare them with the sheets"):
        call_command("key", "recover")
