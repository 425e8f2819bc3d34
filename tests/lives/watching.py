"""Rules of random lives: fees, complaints and inspections of the banks."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from banks.register.models import Bank
from inspections.complaints.models import Complaint
from inspections.complaints.tests.factories import came_in, said
from inspections.fees.models import FeeNotice
from inspections.fees.tests.factories import printed, proved
from inspections.visits.models import InspectionVisit
from inspections.visits.tests.factories import WITNESS, photograph, plan_of, to_record
from tests.lives.machine import WHICH, Machine, act, outermost

DAYS = st.sampled_from([5, 40, 200])
"""How many calendar days after today something is due."""

SENT_BACK: tuple[str, dict[str, Any]] = ("send_back_fee_payment", {"reason": "未到账。"})
NEXT_OF_COMPLAINT = ("forward", "answer", "send_back", "close", "reopen", "withdraw")
NEXT_OF_VISIT = (
    "record",
    "sign",
    "confirm",
    "report",
    "answer",
    "demand",
    "correct",
    "check",
    "close",
    "cancel",
)


class Watching(Machine):
    """What the bureau sees of its banks, and what they answer."""

    @rule(which=WHICH, days=DAYS)
    def ask_for_fees(self, which: int, days: int) -> None:
        number, due = f"4420{FeeNotice.objects.count():08}", self.day + dt.timedelta(days=days)
        given = printed(number=number, year=self.day.year, issued_on=self.day, due=due)
        by = self.people.inspector
        self.attempt(lambda: act("enter_fee_notice", bank=self._now(which), by=by, **given))

    @rule(which=WHICH, of=WHICH, arrived=st.booleans())
    def pay(self, which: int, of: int, arrived: bool) -> None:
        """A bank states a payment; an inspector confirms it or sends the statement back."""
        clerk, inspector = self.clerks[of], self.people.inspector
        state = partial(act, "state_fee_payment", by=clerk, **proved(self.day))
        stated = self.on(FeeNotice, which, lambda row: state(notice=row))
        assert not (stated and which != of)
        verb, given = ("confirm_fee_payment", {"paid_on": self.day}) if arrived else SENT_BACK
        self.on(FeeNotice, which, lambda row: act(verb, notice=row, by=inspector, **given))

    @rule(which=WHICH)
    def complain(self, which: int) -> None:
        """A citizen complains about a bank."""
        given = came_in(reference=f"DH{Complaint.objects.count():08}", received_on=self.day)
        by = self.people.inspector
        self.attempt(lambda: act("enter_complaint", bank=self._now(which), by=by, **given))

    @rule(which=WHICH, of=WHICH, step=st.sampled_from(NEXT_OF_COMPLAINT))
    def treat_complaint(self, which: int, of: int, step: str) -> None:
        """Take one of the steps of a complaint, whatever its state."""
        inspector, clerk = {"by": self.people.inspector}, {"by": self.clerks[of]}
        given: dict[str, dict[str, Any]] = {
            "forward": inspector,
            "answer": clerk | said(),
            "send_back": inspector | {"reason": "未附记录。"},
            "close": inspector | {"founded": True, "reason": "未落实首问负责。"},
            "reopen": inspector | {"reason": "又有同样情形。"},
            "withdraw": {"by": self.people.decider, "reason": "登记有误。"},
        }
        done = self.on(Complaint, which, lambda row: act(f"{step}_complaint", complaint=row, **given[step]))
        assert not (done and step == "answer" and which != of)

    @rule(which=WHICH)
    def plan_visit(self, which: int) -> None:
        """Two officers plan to inspect a bank today."""
        self.attempt(lambda: act("plan_inspection", **plan_of(self._now(which), self.people)))

    @rule(which=WHICH, of=WHICH, step=st.sampled_from(NEXT_OF_VISIT), days=DAYS)
    def treat_visit(self, which: int, of: int, step: str, days: int) -> None:
        """Take one of the steps of an inspection, whatever its state."""
        done = self.on(InspectionVisit, which, self._steps_of_visit(of, days)[step])
        assert not (done and step in ("answer", "correct") and which != of)

    @rule(which=WHICH)
    def inspect(self, which: int) -> None:
        """Inspect a bank, and report what was found."""
        self.plan_visit(which)
        for step in ("record", "sign", "confirm", "report", "answer"):
            self.treat_visit(which, which, step, 40)

    def _steps_of_visit(self, of: int, days: int) -> dict[str, Callable[[InspectionVisit], object]]:
        clerk, people = self.clerks[of], self.people
        text = {"text": "情况属实。", "files": [photograph()]}
        correct_by = self.day + dt.timedelta(days=days)
        reason = {"reason": "请配齐窗口人员。"}
        signed = {"present": [WITNESS], "signed_record": photograph("检查笔录.pdf")}

        def confirmed(row: InspectionVisit) -> None:
            with outermost():
                for officer in (people.inspector, people.assessor):
                    act("confirm_inspection", visit=row, by=officer)

        return {
            "record": lambda row: act("record_inspection", **to_record(row, people.inspector)),
            "sign": lambda row: act("sign_inspection", visit=row, by=people.inspector, **signed),
            "confirm": confirmed,
            "report": lambda row: act("report_inspection", visit=row, by=people.decider),
            "answer": lambda row: act("answer_inspection", visit=row, by=clerk, **text),
            "demand": lambda row: act(
                "demand_correction", visit=row, by=people.decider, correct_by=correct_by, **reason
            ),
            "correct": lambda row: act("state_correction", visit=row, by=clerk, **text),
            "check": lambda row: act("confirm_correction", visit=row, by=people.inspector, remark="已改正。"),
            "close": lambda row: act("close_inspection", visit=row, by=people.decider, **reason),
            "cancel": lambda row: act("cancel_inspection", visit=row, by=people.inspector, **reason),
        }

    def _now(self, which: int) -> Bank:
        return Bank.objects.get(pk=self.banks[which].pk)
