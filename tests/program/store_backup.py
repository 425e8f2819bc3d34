"""Store a small backup of this version for test_stored_backup.py: `python -m tests.program.store_backup 0.2`.

Run it once with SQLite and once with DATABASE_URL naming an empty PostgreSQL database; the data folder has to be empty.
"""

import sys
import tarfile
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from zsbank.folders import prepare

STORED = Path(__file__).parent / "stored"


def main(version: str) -> None:
    """Register two banks, admit one of them, and store the result of `manage.py backup`."""
    prepare()
    django.setup()
    from django.db import connection  # noqa: PLC0415 needs the set-up

    from zsbank.site.operations import backup  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    _fill()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "backup"
        for line in backup.take(folder):
            sys.stdout.write(f"{line}\n")
        STORED.mkdir(exist_ok=True)
        with tarfile.open(STORED / f"{version}-{connection.vendor}.tar.xz", "w:xz") as archive:
            archive.add(folder, "backup")


def _fill() -> None:
    from admission.tests.factories import admitted, make_edition  # noqa: PLC0415
    from banks.tests.factories import make_bank, make_member  # noqa: PLC0415
    from conftest import People, make_officer  # noqa: PLC0415
    from zsbank.base.letters.models import Letter  # noqa: PLC0415
    from zsbank.base.letters.tasks import make_file  # noqa: PLC0415
    from zsbank.base.roles import Role  # noqa: PLC0415

    make_edition()
    bank = make_bank("示例银行甲", "91442000MADEM00116")
    make_bank("示例银行乙", "91442000MADEM002XX")
    people = People(
        intake=make_officer("intake", Role.INTAKE_OFFICER),
        reviewer=make_officer("reviewer", Role.REVIEWER),
        decider=make_officer("decider", Role.DECIDER),
        second_decider=make_officer("decider2", Role.DECIDER),
        inspector=make_officer("inspector", Role.INSPECTOR),
        assessor=make_officer("assessor", Role.ASSESSOR),
        second_assessor=make_officer("assessor2", Role.ASSESSOR),
        auditor=make_officer("auditor", Role.AUDITOR),
    )
    admitted(bank, make_member(bank, "clerk", Role.BANK_CLERK).user, people)
    make_file(Letter.objects.latest("pk").pk)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
    main(sys.argv[1])
    sys.stdout.write(f"stored beside {settings.BASE_DIR.name}\n")
