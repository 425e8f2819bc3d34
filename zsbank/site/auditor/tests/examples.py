"""Valid arguments for every action on the journal."""

from typing import Any

from tests.actions.scene import Example
from zsbank.base.actions.door import Action
from zsbank.site.auditor.actions import export_journal

EXAMPLES: dict[Action[..., Any], Example] = {
    export_journal: lambda scene: {"reader": scene.people.auditor, "by": scene.people.auditor},
}
