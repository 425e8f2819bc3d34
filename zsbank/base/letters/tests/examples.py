"""Valid arguments for every action on letters."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from tests.actions.scene import Example
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.letters import actions
from zsbank.base.letters.models import NumberSeries
from zsbank.base.letters.terms import Manner
from zsbank.base.letters.tests.test_letters import data, signed


def proof(manner: Manner = Manner.POST, on: dt.date | None = None) -> dict[str, Any]:
    """What the proof of a service says; by default by post, today."""
    return {
        "manner": manner,
        "served_on": on or clock.today(),
        "note": "办公室收",
        "document": ContentFile(small_pdf()),
        "document_name": "回执.pdf",
    }


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
    actions.record_service: lambda scene: {
        "letter": signed(scene.bank, scene.people.decider),
        "by": scene.people.intake,
        **proof(),
    },
    actions.skip_numbers: lambda scene: {
        "series": NumberSeries.objects.create(mark="示例", year=2026, last=2),
        "last": 4,
        "by": None,
    },
}
