"""Arguments with which each action on banks succeeds."""

import datetime as dt
from typing import Any

from banks.register import actions
from banks.register.models import Bank
from banks.register.states import Standing
from banks.register.terms import BankCategory
from banks.tests.factories import admit, leave
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.calendar.tests.factories import made_provisional

YESTERDAY = dt.timedelta(days=1)


def set_standing(bank: Bank, standing: Standing) -> Bank:
    """Set a bank's standing directly in the database, with its bar ending today."""
    Bank.objects.filter(pk=bank.pk).update(standing=standing, may_apply_from=clock.today())
    return Bank.objects.get(pk=bank.pk)


def a_bank(scene: Scene) -> dict[str, Any]:
    """The data of a new bank."""
    return {
        "name": "示例银行丙",
        "uscc": "91442000MADEM0038X",
        "category": BankCategory.CITY,
        "license_institution_code": "B9003H244200001",
        "address": "示例路3号",
        "by": scene.people.intake,
    }


def a_judged_bank(scene: Scene) -> dict[str, Any]:
    """The data of a new bank, as checked."""
    data = a_bank(scene)
    return {"by": scene.people.decider, "data": {name: data[name] for name in data if name != "by"}}


def a_vendor(scene: Scene) -> dict[str, Any]:
    """The data of a card vendor."""
    return {
        "name": "示例卡商",
        "uscc": "91442000MADEM0038X",
        "tender_number": "示例1号",
        "tender_from": clock.today(),
        "tender_until": clock.today(),
        "by": scene.people.intake,
    }


def an_admission(scene: Scene) -> dict[str, Any]:
    """An applicant, and the letter of its admission."""
    return {
        "bank": scene.bank,
        "by": scene.people.decider,
        "reason": "示例",
        "issuing_from": None,
        "takeover_note": "示例",
    }


def a_first_order(scene: Scene) -> dict[str, Any]:
    """A qualified bank."""
    admit(scene.bank, scene.people.decider)
    return {"bank": Bank.objects.get(pk=scene.bank.pk), "by": scene.people.inspector, "reason": "示例"}


def a_last_order(scene: Scene) -> dict[str, Any]:
    """A bank under rectification."""
    bank = set_standing(scene.bank, Standing.UNDER_RECTIFICATION)
    return {"bank": bank, "by": scene.people.inspector, "reason": "示例"}


def an_exit(scene: Scene) -> dict[str, Any]:
    """A qualification in force, and the bar that follows."""
    return {
        "qualification": admit(scene.bank, scene.people.decider),
        "by": scene.people.decider,
        "reason": "示例",
        "bar": calculate(clock.today(), 5, Unit.YEAR, roll=False),
    }


def a_bank_that_left_yesterday(scene: Scene) -> dict[str, Any]:
    """The bank, its qualification cancelled yesterday."""
    with clock.playing(clock.today() - YESTERDAY):
        qualification = admit(scene.bank, scene.people.decider)
        bar = calculate(clock.today(), 5, Unit.YEAR, roll=False)
        leave(qualification, scene.people.decider, bar)
    return {"bank": Bank.objects.get(pk=scene.bank.pk), "by": None}


def a_provisional_bar(scene: Scene) -> Bank:
    """The barred bank, with a bar that rest days move, by a day that was not known when it was calculated."""
    bank = set_standing(scene.bank, Standing.LOCKED_OUT)
    bar = calculate(clock.today(), 1, Unit.MONTH)
    bank.bar_last_day, bank.may_apply_from = bar.last_day - YESTERDAY, bar.last_day
    bank.bar_period = bar.to_json()
    bank.save()
    return made_provisional(bank, "bar_last_day", "bar_period")


def a_bar_over(scene: Scene) -> Bank:
    """The barred bank, whose bar ended yesterday, a provisional day."""
    bank = set_standing(scene.bank, Standing.LOCKED_OUT)
    bar = calculate(clock.today(), 1, Unit.MONTH)
    bank.bar_last_day, bank.may_apply_from = clock.today() - YESTERDAY, clock.today()
    bank.bar_period = bar.to_json() | {"provisional": True}
    bank.save()
    return bank


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.register_bank: a_bank,
    actions.register_judged_bank: a_judged_bank,
    actions.register_vendor: a_vendor,
    actions.demand_second_factor: lambda scene: {
        "bank": scene.bank,
        "demanded": True,
        "by": scene.administrator,
    },
    actions.admit: an_admission,
    actions.begin_rectification: a_first_order,
    actions.end_rectification: a_last_order,
    actions.leave: an_exit,
    actions.recalculate_bar: lambda scene: {"bank": a_provisional_bar(scene), "by": None},
    actions.lock_out: a_bank_that_left_yesterday,
    actions.release: lambda scene: {"bank": a_bar_over(scene), "by": scene.people.intake},
}
