"""Arguments with which the test mail is sent."""

from typing import Any

from conftest import make_officer
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.roles import Role
from zsbank.site.set_up import actions


def _to_oneself(scene: Scene) -> dict[str, Any]:
    by = make_officer("sysadmin", Role.SYSTEM_ADMINISTRATOR)
    return {"reader": by, "by": by}


EXAMPLES: dict[Action[..., Any], Example] = {actions.send_test_mail: _to_oneself}
