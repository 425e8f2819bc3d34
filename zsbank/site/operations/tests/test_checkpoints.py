"""Checkpoints: stored daily, mailed to auditors, and needed to detect what the chain alone cannot."""

import datetime as dt
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.files import store
from zsbank.base.journal.chain import Checkpoint
from zsbank.base.journal.models import Link
from zsbank.base.journal.tests.tampering import run_deferred_triggers, tamper
from zsbank.base.letters import tasks, triggers
from zsbank.base.letters.models import Letter, NumberSeries
from zsbank.base.notices.models import Message
from zsbank.site.operations import checkpoints, integrity, runner

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 24)


@pytest.fixture
def letter(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition, committed: Callable[..., object]
) -> Letter:
    """The issued letter that admits 示例银行甲."""
    with committed():  # type: ignore[attr-defined]
        admitted(bank, clerk, people)
    for waiting in Letter.objects.filter(file=None):
        with committed():  # type: ignore[attr-defined]
            tasks.make_file(waiting.pk)
    run_deferred_triggers()
    return Letter.objects.latest("pk")


def verified(*words: str) -> tuple[int, list[str]]:
    """Return exit code and output lines of verify_journal."""
    out = StringIO()
    try:
        call_command("verify_journal", *words, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def kept() -> Checkpoint:
    """Return the day's checkpoint as stored by the sweep."""
    checkpoints.store_checkpoint(DAY.toordinal())
    return Checkpoint.read(checkpoints.path_of(DAY))


def test_checkpoint_has_head_counts_and_numbers(letter: Letter) -> None:
    checkpoint = kept()
    last = Link.objects.latest("sequence")
    assert (checkpoint.sequence, checkpoint.head, checkpoint.day) == (last.sequence, last.hash, "2026-11-24")
    assert checkpoint.counts["letters.letter"] == Letter.objects.count()
    assert checkpoint.numbers == {f"{letter.mark}〔{letter.year}〕": letter.number}


def test_only_auditors_get_checkpoint_by_mail(letter: Letter, people: "People") -> None:
    checkpoint = kept()
    told = Message.objects.get(key="checkpoint:2026-11-24")
    assert told.recipient == people.auditor
    assert json.loads(told.body[told.body.index("{") :]) == vars(checkpoint)


def test_sweep_stores_one_checkpoint_per_day(letter: Letter) -> None:
    assert runner.run(on=DAY).done["keep_checkpoint"] == 1
    before = checkpoints.path_of(DAY).read_bytes()
    assert "keep_checkpoint" not in runner.run(on=DAY).done
    assert checkpoints.path_of(DAY).read_bytes() == before
    assert not list(Path(checkpoints.path_of(DAY).parent).glob("*.part"))


def test_unchanged_journal_verifies_against_newest_checkpoint(letter: Letter) -> None:
    kept()
    code, lines = verified()
    assert (code, lines) == (0, [f"{Link.objects.count()} entries verified (checkpoint of 2026-11-24)"])


def test_verification_reports_missing_checkpoint(letter: Letter) -> None:
    assert "a cut-off end would not show" in verified()[1][0]


def test_copied_checkpoint_reveals_truncated_journal(letter: Letter, tmp_path: Path) -> None:
    checkpoint = kept()
    copy = tmp_path / "copy.json"
    copy.write_text(json.dumps(vars(checkpoint)), encoding="utf-8")
    tamper(
        f"DELETE FROM journal_link WHERE sequence = {checkpoint.sequence}",
        "DELETE FROM journal_entry WHERE id NOT IN (SELECT entry_id FROM journal_link)",
    )
    code, lines = verified("--checkpoint", str(copy))
    assert code == 1
    assert (
        f"journal {checkpoint.sequence}: cut off at the end, the checkpoint of 2026-11-24 has them" in lines
    )


def test_invalid_checkpoint_file_exits_2(letter: Letter, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"day": "2026-11-24"}', encoding="utf-8")
    assert verified("--checkpoint", str(other)) == (2, [])


def test_letter_changed_on_disk_and_in_row_is_detected(letter: Letter) -> None:
    assert letter.file is not None
    path = store.final_path(letter.file.stored_name)
    path.write_bytes(path.read_bytes().replace(b"%%EOF", b"%%eof"))
    letter.file.sha256 = store.sha256_of(letter.file.stored_name)
    triggers.remove(connection)
    letter.file.save(update_fields=["sha256"])
    triggers.install(connection)
    line = f"letters.letter {letter.pk}: the file of {letter} is not the one that was issued; changed"
    assert verified() == (1, [line])
    assert line in list(integrity.findings())


def test_missing_numbers_after_restore_are_reported(letter: Letter) -> None:
    kept()
    NumberSeries.objects.update(last=0)
    found = "\n".join(integrity.findings())
    assert (
        f"letters {letter.mark}〔{letter.year}〕: go to 0, the checkpoint of 2026-11-24 to {letter.number}"
        in found
    )
