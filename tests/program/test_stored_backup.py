"""A backup of every released version is restored, migrated to the newest schema and verified.

The backups are in `stored/`, one per version and database; CONTRIBUTING.md says how to add one.
"""

import tarfile
from pathlib import Path

import pytest
from django.db import connection

from zsbank.site.operations.tests.elsewhere import Manage

STORED = Path(__file__).parent / "stored"
VERSIONS = sorted(path.name.split("-")[0] for path in STORED.glob("*-sqlite.tar.xz"))
pytestmark = pytest.mark.django_db(transaction=True)


def test_every_version_has_a_backup_for_both_databases() -> None:
    assert sorted(path.name.split("-")[0] for path in STORED.glob("*-postgresql.tar.xz")) == VERSIONS
    assert "0.1" in VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_stored_backup_migrates_to_the_newest_schema(version: str, manage: Manage, tmp_path: Path) -> None:
    with tarfile.open(STORED / f"{version}-{connection.vendor}.tar.xz") as archive:
        archive.extractall(tmp_path / "stored", filter="data")
    code, said = manage("restore", str(tmp_path / "stored/backup"))
    assert code == 0, said
    code, said = manage("migrate", "--no-input")
    assert code == 0, said
    code, said = manage("verify_journal")
    assert code == 0, said
    code, said = manage("shell", "-v", "0", "-c", HELD)
    assert code == 0, said
    assert said.split() == ["2", "1", "24", "1"], said


HELD = """
from admission.applications.models import Answer
from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from zsbank.base.letters.models import Letter
letter = Letter.objects.get()
assert letter.file and letter.file.sha256
print(Bank.objects.count(), Letter.objects.count(), Answer.objects.count(), PolicyEdition.objects.count())
"""
"""What the stored register holds: two banks, one of them admitted, with its letter and its 24 answers."""
