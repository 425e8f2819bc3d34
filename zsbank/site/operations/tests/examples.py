"""Arguments with which each action on backups succeeds, and a row for the walk."""

from typing import Any

from conftest import make_officer
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.roles import Role
from zsbank.site.operations import actions
from zsbank.site.operations.models import Backup


def taken(scene: Scene) -> Backup:
    """A backup of today."""
    return actions.record_backup(files=12, by=None)


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.record_backup: lambda scene: {"files": 12, "by": None},
    actions.record_restore: lambda scene: {
        "backup": taken(scene),
        "restored_on": clock.today(),
        "found": "恢复到备用机，check_integrity 未发现差异。",
        "by": make_officer("sysadmin", Role.SYSTEM_ADMINISTRATOR),
    },
}
ROWS = {Backup: taken}
