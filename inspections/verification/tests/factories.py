"""Verifications of rectification reports, by the actions."""

from typing import TYPE_CHECKING, Any

from admission.tests.factories import pdf_file
from inspections.rectification.models import RectificationOrder
from inspections.verification.actions.deciding import accept_rectification, reject_rectification
from inspections.verification.actions.verifying import confirm_verification, verify_rectification
from inspections.verification.models import Verification
from inspections.verification.terms import Manner
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

FINDINGS = "三乡支行已恢复受理，两个窗口均有人值守。"
MISSING = "仍有一个窗口未开。"


def seen(order: RectificationOrder) -> int:
    """The key of the verification that counts now; 0 without one."""
    found = Verification.newest_of(order)
    return found.pk if found else 0


def verification_by_papers(order: RectificationOrder, by: User, **other: Any) -> dict[str, Any]:
    """What an officer records today who read the papers."""
    given = {"manner": Manner.PAPERS, "seen_on": clock.today(), "fulfilled": True, "findings": FINDINGS}
    return {"order": order, "by": by} | given | other


def verification_by_visit(order: RectificationOrder, people: "People", **other: Any) -> dict[str, Any]:
    """What an inspector records today who saw the outlet with an assessor."""
    given = verification_by_papers(order, people.inspector)
    visit = {
        "manner": Manner.VISIT,
        "accompanied_by": people.assessor,
        "files": [(pdf_file(), "现场照片.pdf")],
    }
    return given | visit | other


def verified(order: RectificationOrder, by: User, **other: Any) -> Verification:
    """Verify a report by its papers today."""
    return verify_rectification(**verification_by_papers(order, by, **other))


def visited(order: RectificationOrder, people: "People", **other: Any) -> Verification:
    """Verify a report by a visit today; the second officer has not confirmed it yet."""
    return verify_rectification(**verification_by_visit(order, people, **other))


def confirmed(order: RectificationOrder, people: "People") -> Verification:
    """Verify a report by a visit today that both officers stand for."""
    found = visited(order, people)
    return confirm_verification(order=order, by=people.assessor, seen=found.pk)


def accepted(order: RectificationOrder, people: "People", remark: str = "") -> RectificationOrder:
    """Verify a report today, and let a decider accept it."""
    found = verified(order, people.inspector)
    return accept_rectification(order=order, by=people.decider, seen=found.pk, remark=remark)


def rejected(order: RectificationOrder, people: "People", remark: str = MISSING) -> RectificationOrder:
    """Verify a report today, find something missing, and let a decider reject it."""
    found = verified(order, people.inspector, fulfilled=False, findings=MISSING)
    return reject_rectification(order=order, by=people.decider, seen=found.pk, remark=remark)
