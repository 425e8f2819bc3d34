"""Arguments with which each action on complaints and lists succeeds, and rows for the walk."""

from typing import Any

from banks.register.models import Bank
from inspections.complaints.actions import complaints, imports, replies
from inspections.complaints.models import Complaint, ComplaintImport
from inspections.complaints.terms import Source
from inspections.complaints.tests.factories import came_in, forwarded, read, row, said, workbook
from inspections.rectification.tests.factories import qualified
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.calendar.tests.factories import made_provisional


def held(scene: Scene) -> Bank:
    """The bank, qualified."""
    if not scene.bank.qualifications.exists():
        qualified(scene.bank, scene.people.decider)
    return scene.bank


def to_enter(scene: Scene, **other: Any) -> dict[str, Any]:
    """A complaint that came in today."""
    return {"bank": held(scene), "by": scene.people.inspector, **came_in(received_on=clock.today(), **other)}


def _received(scene: Scene) -> Complaint:
    return complaints.enter_complaint(**to_enter(scene))


def open_complaint(scene: Scene) -> Complaint:
    """A complaint that the bank has to answer in ten working days."""
    return complaints.forward_complaint(complaint=_received(scene), by=scene.people.inspector)


def _answered(scene: Scene) -> Complaint:
    return replies.answer_complaint(complaint=open_complaint(scene), by=scene.clerk, **said()).complaint


def _closed(scene: Scene) -> Complaint:
    return replies.close_complaint(
        complaint=_answered(scene), by=scene.people.inspector, founded=True, reason="未落实首问负责。"
    )


def _row(scene: Scene) -> Complaint:
    """A complaint with a number of the bank's own, answered."""
    entered = complaints.enter_complaint(**to_enter(scene, reference=f"DH{scene.bank.uscc[12:16]}"))
    asked = complaints.forward_complaint(complaint=entered, by=scene.people.inspector)
    return replies.answer_complaint(complaint=asked, by=scene.clerk, **said()).complaint


def _overdue(scene: Scene) -> dict[str, Any]:
    return {"complaint": forwarded(held(scene), scene.people.inspector), "by": None}


def _list(scene: Scene) -> bytes:
    """A list of the hotline with one complaint about the bank."""
    return workbook([row(bank=held(scene).name)])


def _read(scene: Scene) -> ComplaintImport:
    return read(scene.people.inspector, _list(scene))


EXAMPLES: dict[Action[..., Any], Example] = {
    complaints.enter_complaint: to_enter,
    complaints.forward_complaint: lambda s: {
        "complaint": _received(s),
        "by": s.people.inspector,
        "demand": "请说明当日值班安排。",
    },
    complaints.reopen_complaint: lambda s: {
        "complaint": _closed(s),
        "by": s.people.inspector,
        "reason": "群众再次反映同一问题。",
    },
    complaints.withdraw_complaint: lambda s: {
        "complaint": open_complaint(s),
        "by": s.people.decider,
        "reason": "银行登记有误。",
    },
    complaints.record_complaint_overdue: _overdue,
    complaints.recalculate_complaint: lambda s: {
        "complaint": made_provisional(open_complaint(s), "due_date", "period"),
        "by": None,
    },
    replies.answer_complaint: lambda s: {"complaint": open_complaint(s), "by": s.clerk, **said()},
    replies.send_back_complaint: lambda s: {
        "complaint": _answered(s),
        "by": s.people.inspector,
        "reason": "未附系统升级记录。",
    },
    replies.close_complaint: lambda s: {
        "complaint": _answered(s),
        "by": s.people.inspector,
        "founded": False,
        "reason": "系统升级已提前公告。",
    },
    imports.read_complaints: lambda s: {
        "by": s.people.inspector,
        "source": Source.HOTLINE_12345,
        "content": _list(s),
        "name": "转办清单.xlsx",
    },
    imports.name_complaint_columns: lambda s: {
        "read": _read(s),
        "by": s.people.inspector,
        "header": 2,
        "columns": ["", "reference", "received_on", "", "", "bank", "outlet", "kind", "facts"],
    },
    imports.import_complaints: lambda s: {"read": _read(s), "by": s.people.inspector},
    imports.discard_complaints: lambda s: {"read": _read(s), "by": s.people.inspector},
}
ROWS = {Complaint: _row, ComplaintImport: _read}
