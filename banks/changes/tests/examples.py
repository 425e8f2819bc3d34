"""Arguments with which each action on changes of a bank's data succeeds, and a row for the walk."""

from typing import Any

from banks.changes.actions import changes as actions
from banks.changes.actions.divisions import (
    carry_on_qualification,
    enter_division,
    pass_on_qualification,
)
from banks.changes.models import BankChange
from banks.changes.terms import ChangeKind
from banks.changes.tests.factories import NEW_CODE, given, requested
from banks.tests.factories import admit
from tests.actions.scene import Example
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock

NAME = {"name": "示例银行新名"}

EXAMPLES: dict[Action[..., Any], Example] = {
    actions.request_change: lambda s: {"bank": s.bank, "by": s.clerk, "values": NAME, **given()},
    actions.enter_change: lambda s: {"bank": s.bank, "by": s.people.intake, "values": NAME, **given()},
    actions.enter_new_uscc: lambda s: {"bank": s.bank, "by": s.people.intake, "uscc": NEW_CODE, **given()},
    actions.enter_succession: lambda s: {
        "bank": s.bank,
        "by": s.people.intake,
        "successor": s.other_bank,
        **given(),
    },
    enter_division: lambda s: {
        "bank": s.bank,
        "by": s.people.intake,
        "kind": ChangeKind.SPLIT_OFF,
        "successors": [s.other_bank],
        "carrier": None,
        **given(),
    },
    pass_on_qualification: lambda s: {
        "qualification": admit(s.bank, s.people.decider),
        "by": s.people.decider,
        "reason": "示例",
        "on": clock.today(),
    },
    carry_on_qualification: lambda s: {
        "bank": s.bank,
        "rows": [],
        "by": s.people.decider,
        "reason": "示例",
        "on": clock.today(),
    },
    actions.withdraw_change: lambda s: {"change": requested(s.bank, s.administrator), "by": s.clerk},
    actions.accept_change: lambda s: {"change": requested(s.bank, s.clerk), "by": s.people.decider},
    actions.decline_change: lambda s: {
        "change": requested(s.bank, s.clerk),
        "by": s.people.decider,
        "reason": "示例",
    },
}
ROWS = {BankChange: lambda s: requested(s.bank, s.clerk, name=f"{s.bank.name}（更名）")}
