"""Arguments with which each inner action of a takeover of banks succeeds."""

import datetime as dt
from typing import Any

from banks.papers import actions
from banks.papers.models import PaperLetter
from banks.papers.terms import PaperKind
from banks.papers.tests.factories import paper_letter, scan
from banks.register.states import Standing
from banks.register.tests.examples import a_judged_bank, set_standing
from banks.tests.factories import admit
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate

SINCE = dt.date(2020, 5, 6)


def _letter(scene: Scene) -> dict[str, Any]:
    return {
        "bank": scene.bank,
        "kind": PaperKind.ORDER,
        "number": "示例〔2020〕2号",
        "date": SINCE,
        "signer": "",
        "file": scan(scene.people.intake),
        "takeover_number": "JX-2026-0001",
        "by": scene.people.decider,
    }


def _qualification(scene: Scene) -> dict[str, Any]:
    return {
        "bank": scene.bank,
        "by": scene.people.decider,
        "paper": paper_letter(scene.bank, scene.people.decider),
        "effective_from": SINCE,
        "issuing_from": None,
        "review_approval_number": "",
        "review_approval_date": None,
    }


def _end(scene: Scene) -> dict[str, Any]:
    return {
        "qualification": admit(scene.bank, scene.people.decider),
        "by": scene.people.decider,
        "on": clock.today(),
        "bar": calculate(clock.today(), 5, Unit.YEAR, roll=False),
        "reason": "示例",
    }


def _barred(scene: Scene) -> dict[str, Any]:
    """A bank whose bar runs."""
    bank = set_standing(scene.bank, Standing.LOCKED_OUT)
    return {"bank": bank, "by": scene.people.decider, "on": clock.today(), "reason": "TC-2026-0001"}


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.take_over_bank: a_judged_bank,
    actions.mark_bank: lambda scene: {"bank": scene.bank, "by": scene.people.decider},
    actions.take_over_letter: _letter,
    actions.take_over_qualification: _qualification,
    actions.end_taken_over: _end,
    actions.end_bar_for_readmission: _barred,
}


def _row(scene: Scene) -> PaperLetter:
    return paper_letter(scene.bank, scene.people.decider)


ROWS = {PaperLetter: _row}
