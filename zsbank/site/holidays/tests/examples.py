"""Arguments with which each action on the holidays of a year succeeds, and a row for the walk."""

from typing import Any

from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar.models import HolidayYear
from zsbank.base.calendar.states import HolidaySource
from zsbank.site.holidays import actions
from zsbank.site.holidays.tests.notices import notice


def entered(scene: Scene) -> HolidayYear:
    """The year 2027, entered by the intake officer."""
    return actions.enter_holidays(notice=notice(), source=HolidaySource.FILE, by=scene.people.intake)


def waiting(scene: Scene) -> HolidayYear:
    """The year 2027 that waits; it belongs to no bank, so there is one for all of them."""
    return HolidayYear.objects.to_be_confirmed().filter(year=2027).first() or entered(scene)


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.enter_holidays: lambda scene: {
        "notice": notice(),
        "source": HolidaySource.FILE,
        "by": scene.people.intake,
    },
    actions.withdraw_holidays: lambda scene: {
        "year": entered(scene),
        "by": scene.people.reviewer,
        "reason": "录入有误。",
    },
    actions.confirm_holidays: lambda scene: {"year": entered(scene), "by": scene.people.decider},
}
ROWS = {HolidayYear: waiting}
