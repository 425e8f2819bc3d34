"""Valid arguments for every action on letters."""

from typing import Any

from tests.actions.scene import Example
from zsbank.base.actions.door import Action
from zsbank.base.files.models import StoredFile
from zsbank.base.letters import actions
from zsbank.base.letters.models import NumberSeries
from zsbank.base.letters.tests.test_letters import data, signed

EXAMPLES: dict[Action[..., Any], Example] = {
    actions.sign: lambda scene: {
        "data": data(scene.bank),
        "case": StoredFile(pk=1),
        "by": scene.people.decider,
    },
    actions.issue_letter: lambda scene: {
        "letter": signed(scene.bank, scene.people.decider),
        "content": b"%PDF-",
        "by": None,
    },
    actions.fail_letter: lambda scene: {
        "letter": signed(scene.bank, scene.people.decider),
        "error": "示例",
        "by": None,
    },
    actions.retry_letter: lambda scene: {
        "letter": signed(scene.bank, scene.people.decider),
        "by": scene.people.inspector,
    },
    actions.skip_numbers: lambda scene: {
        "series": NumberSeries.objects.create(mark="示例", year=2026, last=2),
        "last": 4,
        "by": None,
    },
}
