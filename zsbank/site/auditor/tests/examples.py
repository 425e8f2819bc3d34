"""For every action of those who watch over the journal: the arguments with which it succeeds."""

from typing import Any

from tests.actions.scene import Example
from zsbank.base.actions.door import Action
from zsbank.site.auditor.actions import export_journal

EXAMPLES: dict[Action[..., Any], Example] = {
    export_journal: lambda scene: {"reader": scene.people.auditor, "by": scene.people.auditor},
}
