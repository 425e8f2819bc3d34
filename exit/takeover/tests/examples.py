"""Arguments with which each action on takeovers succeeds."""

from typing import Any

from banks.register.models import Bank
from exit.takeover.actions import takeovers
from exit.takeover.columns.column import BANK
from exit.takeover.data import Rows
from exit.takeover.import_sheet.reading import read_workbook
from exit.takeover.models import Takeover
from exit.takeover.tests.workbooks import bank, qualification, scan, workbook
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action

KEY = "qualifications-2"


def _rows(scene: Scene) -> Rows:
    """The bank, registered already, with its qualification."""
    Bank.objects.filter(pk=scene.bank.pk).update(address="示例路1号")
    own = {
        BANK: scene.bank.uscc,
        "名称": scene.bank.name,
        "金融许可证机构编码": scene.bank.license_institution_code,
        "住所": "示例路1号",
    }
    held = qualification(1, **{BANK: scene.bank.uscc})
    return read_workbook(workbook(banks=[bank(1, **own)], qualifications=[held]), "接续.xlsx")


def entered(scene: Scene) -> Takeover:
    """A takeover of a bank, with the scan of its letter."""
    return takeovers.enter_takeover_of_bank(
        rows=_rows(scene), by=scene.people.intake, scans=[(KEY, scan(), "准入.pdf")]
    )


EXAMPLES: dict[Action[..., Any], Example] = {
    takeovers.enter_takeover: lambda scene: {
        "rows": _rows(scene),
        "by": scene.people.intake,
        "source": "接续.xlsx",
        "sha256": "0" * 64,
    },
    takeovers.enter_takeover_of_bank: lambda scene: {
        "rows": _rows(scene),
        "by": scene.people.intake,
        "scans": [(KEY, scan(), "准入.pdf")],
    },
    takeovers.attach_scans: lambda scene: {
        "takeover": entered(scene),
        "by": scene.people.intake,
        "files": [(scan(), "准入.pdf")],
        "letter": KEY,
    },
    takeovers.withdraw_takeover: lambda scene: {
        "takeover": entered(scene),
        "by": scene.people.intake,
        "reason": "录入有误。",
    },
    takeovers.confirm_takeover: lambda scene: {"takeover": entered(scene), "by": scene.people.decider},
}


def _row(scene: Scene) -> Takeover:
    """A takeover of a bank that is not registered yet, another one for each bank of the scene."""
    number = 100 + scene.bank.pk % 800
    content = workbook(banks=[bank(number)], qualifications=[qualification(number)])
    scans = [(KEY, scan(), "准入.pdf")]
    return takeovers.enter_takeover_of_bank(
        rows=read_workbook(content, "接续.xlsx"), by=scene.people.intake, scans=scans
    )


ROWS = {Takeover: _row}
