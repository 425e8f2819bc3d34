"""Arguments with which each action on outlets succeeds."""

from typing import Any

from banks.outlets.actions.exports import export_outlets
from banks.outlets.actions.imports import import_outlets, name_columns, read_import
from banks.outlets.actions.outlets import remove_outlet, save_outlet
from banks.outlets.actions.takeover import take_over_outlets
from banks.outlets.columns import COLUMNS
from banks.outlets.data import OutletData
from banks.outlets.import_sheet.rows import OutletRow
from banks.outlets.tests.sheets import csv, outlet
from banks.tests.factories import OutletFactory
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action


def a_sheet(scene: Scene) -> dict[str, Any]:
    """Return a spreadsheet of one outlet."""
    return {"bank": scene.bank, "by": scene.clerk, "content": csv(outlet()), "name": "网点.csv"}


EXAMPLES: dict[Action[..., Any], Example] = {
    save_outlet: lambda scene: {
        "bank": scene.bank,
        "outlet": None,
        "data": OutletData(name="示例支行", town="小榄镇", address="示例路1号"),
        "by": scene.clerk,
    },
    remove_outlet: lambda scene: {"outlet": OutletFactory.create(bank=scene.bank), "by": scene.clerk},
    read_import: a_sheet,
    name_columns: lambda scene: {
        "read": read_import(**a_sheet(scene)),
        "by": scene.clerk,
        "header": 1,
        "columns": list(COLUMNS.values()),
    },
    export_outlets: lambda scene: {"bank": scene.bank, "by": scene.clerk, "kind": "xlsx"},
    take_over_outlets: lambda scene: {
        "bank": scene.bank,
        "rows": [OutletRow(2, {"name": "示例支行", "town": "小榄镇", "address": "示例路1号"})],
        "by": scene.people.decider,
    },
    import_outlets: lambda scene: {"read": read_import(**a_sheet(scene)), "by": scene.clerk, "left_out": []},
}
