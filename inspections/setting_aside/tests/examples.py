"""Arguments with which each action on settings aside succeeds, and a row for the walk."""

from typing import Any

from inspections.determinations.models import Determination
from inspections.determinations.tests.factories import determination
from inspections.rectification.tests.factories import determined, qualified
from inspections.setting_aside.actions import settings_aside as actions
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.tests.factories import given, proposed
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock


def made(scene: Scene) -> Determination:
    """A determination with an order, made today."""
    qualified(scene.bank, scene.people.decider)
    people = scene.people
    return determined(scene.bank, by=people.inspector, decided_by=people.decider, on=clock.today())


def _proposed(scene: Scene) -> SettingAside:
    return proposed(made(scene), scene.people.inspector)


def _row(scene: Scene) -> SettingAside:
    """A proposal about a determination of its own, whether or not the bank is qualified already."""
    people = scene.people
    held = scene.bank.qualifications.first() or qualified(scene.bank, people.decider)
    return proposed(determination(held, by=people.inspector, decided_by=people.decider), people.inspector)


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.propose_setting_aside: lambda s: {"determination": made(s), "by": s.people.inspector, **given()},
    actions.accept_setting_aside: lambda s: {"setting_aside": _proposed(s), "by": s.people.second_decider},
    actions.decline_setting_aside: lambda s: {
        "setting_aside": _proposed(s),
        "by": s.people.second_decider,
        "reason": "证据充分。",
    },
    actions.withdraw_setting_aside: lambda s: {
        "setting_aside": _proposed(s),
        "by": s.people.inspector,
        "reason": "补充材料。",
    },
    actions.set_aside_determination: lambda s: {
        "determination": made(s),
        "by": s.people.decider,
        "reason": "示例",
    },
}
ROWS = {SettingAside: _row}
