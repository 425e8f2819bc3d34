"""Backup and restore: later changes are reported, and no letter number is given twice."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted
from banks.register.models import Bank
from banks.tests.factories import make_member
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.letters.models import Letter
from zsbank.base.letters.tasks import make_file
from zsbank.base.roles import Role
from zsbank.site.operations import backup, checkpoints
from zsbank.site.operations.tests.elsewhere import Manage

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def register(bank: Bank, clerk: User, people: "People", edition: PolicyEdition) -> Letter:
    """A register with one admitted bank and its letter."""
    admitted(bank, clerk, people)
    letter = Letter.objects.latest("pk")
    make_file(letter.pk)
    return letter


def test_backup_is_restored_completely(register: Letter, manage: Manage, tmp_path: Path) -> None:
    checkpoints.store_checkpoint(clock.today().toordinal())
    lines = list(backup.take(tmp_path / "backup"))
    assert lines[0] == "database copied"
    code, said = manage("restore", str(tmp_path / "backup"))
    assert code == 0, said
    assert manage("verify_journal")[0] == 0
    assert manage("check_integrity") == (0, "nothing wrong found\n")


def test_restore_reports_lost_changes_and_skips_numbers(
    register: Letter, manage: Manage, tmp_path: Path, other_bank: Bank, people: "People"
) -> None:
    list(backup.take(tmp_path / "backup"))
    admitted(other_bank, make_member(other_bank, "clerk2", Role.BANK_CLERK).user, people)
    newest = Letter.objects.latest("pk")
    checkpoints.store_checkpoint(clock.today().toordinal())
    code, said = manage("restore", str(tmp_path / "backup"))
    assert code == 0, said
    assert (
        f"{newest.mark}〔{newest.year}〕{newest.number}号 was given after the backup; it is not given again"
        in said
    )
    code, found = manage("check_integrity")
    assert code == 1
    assert "letters.letter: 1 rows, the checkpoint of" in found
    assert "the last number is" not in found
    assert ": cut off at the end" in found
    code, said = manage("accept_loss", "--reason", "示例：磁盘损坏，恢复前一日备份。")
    assert (code, "accepted: letters.letter: 1 rows" in said) == (0, True)
    _code, found = manage("check_integrity")
    assert "checkpoint" not in found
    assert "the last number is" not in found
    assert "cut off" not in found
    assert manage("accept_loss", "--reason", "示例")[0] == 2


def test_backup_and_restore_do_not_overwrite(register: Letter, tmp_path: Path) -> None:
    list(backup.take(tmp_path / "backup"))
    with pytest.raises(backup.Unusable, match="holds something"):
        list(backup.restore(tmp_path / "backup"))
    with pytest.raises(backup.Unusable, match="is there already"):
        list(backup.take(tmp_path / "backup"))


def test_incomplete_backup_is_refused(register: Letter, tmp_path: Path) -> None:
    list(backup.take(tmp_path / "backup"))
    (tmp_path / "backup" / backup.MANIFEST).unlink()
    with pytest.raises(backup.Unusable, match="not a whole backup"):
        list(backup.restore(tmp_path / "backup"))


def test_backup_reports_missing_file(register: Letter, tmp_path: Path) -> None:
    assert register.pk
    letter = Letter.objects.select_related("file").latest("pk")
    assert letter.file
    for path in Path(settings.FILES_DIR).glob(f"*/{letter.file.stored_name}"):
        path.unlink()
    lines = list(backup.take(tmp_path / "backup"))
    assert f"files.storedfile {letter.file.pk}: its file was not there to be copied" in lines


def test_manifest_contains_checkpoint(register: Letter, tmp_path: Path) -> None:
    list(backup.take(tmp_path / "backup"))
    manifest = json.loads((tmp_path / "backup" / backup.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["checkpoint"]["numbers"] == {f"{register.mark}〔{register.year}〕": register.number}
