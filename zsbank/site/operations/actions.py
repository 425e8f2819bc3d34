"""Backups that were taken, and whether restoring one was tried."""

import datetime as dt

from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused
from zsbank.site.operations.models import Backup


@action(Verb.TAKE_BACKUP, makes=True, by_clock=True)
def record_backup(*, files: int, by: None = None) -> Backup:
    """Record that a backup was taken; it is not in that backup itself.

    Args:
        files: the number of files that were copied.
    """
    backup = Backup.objects.create(taken_at=clock.now(), files=files)
    record(subject=backup, data={"files": files})
    return backup


@action(Verb.RECORD_RESTORE, on="backup")
def record_restore(*, backup: Backup, restored_on: dt.date, found: str, by: User) -> Backup:
    """Record that restoring a backup elsewhere was tried, and what was found.

    Args:
        restored_on: the day (local date) of the trial.
        found: what `check_integrity` said there.

    Raises:
        NotAllowed: the role.
        Refused: the day is before the backup.
    """
    if restored_on < clock.local_day(backup.taken_at):
        raise Refused(_("The backup was taken after this day."), "before")
    backup.restored_on, backup.restored_by = restored_on, by
    backup.save(update_fields=["restored_on", "restored_by"])
    record(reason=found, data={"restored_on": restored_on})
    return backup
