"""Rules of random lives: determinations, orders, reports, and the results of the annual assessment."""

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from admission.applications.models import Application
from admission.tests.factories import pdf_file
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.determinations.models import Determination
from inspections.determinations.terms import BreachEffect, DeterminationKind
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import ReportKind
from inspections.rectification.tests.factories import HEARD
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.terms import Basis
from inspections.verification.tests.factories import seen, verification_by_papers, verification_by_visit
from tests.lives.machine import WHICH, Machine, act
from zsbank.base.accounts.models import User

BACK = st.integers(1, 5)
"""How many years ago the assessed year was."""


class Supervision(Machine):
    """Determinations and the orders after them."""

    @rule(which=WHICH, kind=st.sampled_from(DeterminationKind), before=st.sampled_from([0, 3, 20, 190]))
    def determine(self, which: int, kind: DeterminationKind, before: int) -> None:
        """Propose a determination and decide on it: at once if it is on paper, else after the days for a statement."""
        self.propose_determination(which, kind, before)
        if not before:
            self.day += HEARD
        self.decide_determination(which, "decider")

    @rule(which=WHICH, kind=st.sampled_from(DeterminationKind), before=st.sampled_from([0, 3, 20]))
    def propose_determination(self, which: int, kind: DeterminationKind, before: int) -> None:
        """Propose a determination; one of an earlier day was signed on paper by the second decider."""
        application = Application.objects.first()
        self.attempt(
            lambda: act(
                "propose_determination",
                bank=self.banks[which],
                by=self.people.inspector,
                kind=kind,
                facts="停止受理补换卡业务。",
                criteria=list(application.edition.criteria.filter(number=5)) if application else [],
                document=pdf_file(),
                document_name="认定书.pdf",
                effects=[BreachEffect.ECONOMIC_LOSS] if kind == DeterminationKind.SERIOUS_BREACH else [],
                paper_date=self.day - dt.timedelta(days=before) if before else None,
                paper_signed_by=self.people.second_decider if before else None,
            )
        )

    @rule(which=WHICH, who=st.sampled_from(["decider", "second_decider", "inspector"]))
    def decide_determination(self, which: int, who: str) -> None:
        by = getattr(self.people, who)
        done = [
            self.on(Determination, which, partial(self._decided, verb, by))
            for verb in ("make_determination", "confirm_determination")
        ]
        assert not (any(done) and who == "inspector")

    def _decided(self, verb: str, by: User, row: Determination) -> object:
        return act(verb, determination=row, by=by)

    @rule(which=WHICH, who=st.sampled_from(["decider", "inspector"]))
    def decline_determination(self, which: int, who: str) -> None:
        by = getattr(self.people, who)
        done = self.on(
            Determination,
            which,
            lambda row: act("decline_determination", determination=row, by=by, reason="事实不清"),
        )
        assert not (done and who == "inspector")

    @rule(which=WHICH)
    def withdraw_determination(self, which: int) -> None:
        by = self.people.inspector
        self.on(
            Determination,
            which,
            lambda row: act("withdraw_determination", determination=row, by=by, reason="补充调查"),
        )

    @rule(which=WHICH, basis=st.sampled_from(Basis), who=st.sampled_from(["second_decider", "intake"]))
    def set_aside(self, which: int, basis: Basis, who: str) -> None:
        """A judgment or another document on the newest determination; a decider decides, nobody else."""
        self.on(
            Determination,
            which,
            lambda row: act(
                "propose_setting_aside",
                determination=row,
                by=self.people.intake,
                basis=basis,
                document_number="（2026）示例行终7号",
                document_date=self.day,
                reason="主要证据不足。",
                document=pdf_file(),
                document_name="判决书.pdf",
            ),
        )
        by = getattr(self.people, who)
        done = self.on(SettingAside, which, lambda row: act("accept_setting_aside", setting_aside=row, by=by))
        assert not (done and who == "intake")

    @rule(which=WHICH)
    def let_stand(self, which: int) -> None:
        by = self.people.decider
        self.on(
            SettingAside,
            which,
            lambda row: act("decline_setting_aside", setting_aside=row, by=by, reason="证据充分"),
        )

    @rule(which=WHICH, days=st.integers(-5, 200), move=st.booleans())
    def set_deadline(self, which: int, days: int, move: bool) -> None:
        due, by = self.day + dt.timedelta(days=days), self.people.assessor
        self.on(
            RectificationOrder,
            which,
            lambda row: act("set_rectification_deadline", order=row, by=by, due=due, move=move),
        )

    @rule(which=WHICH, of=WHICH)
    def report(self, which: int, of: int) -> None:
        by = self.clerks[of]
        done = self.on(
            RectificationOrder,
            which,
            lambda row: act(
                "report_rectification", order=row, by=by, text="已整改。", files=[(pdf_file(), "照片.pdf")]
            ),
        )
        assert not (done and which != of)

    @rule(which=WHICH, fulfilled=st.booleans())
    def plan(self, which: int, fulfilled: bool) -> None:
        """A plan or an interim report, on which nothing is decided."""
        kind, by = ReportKind.INTERIM if fulfilled else ReportKind.PLAN, self.clerks[which]
        self.on(
            RectificationOrder,
            which,
            lambda row: act("report_progress", order=row, by=by, kind=kind, text="逐项整改。"),
        )

    @rule(which=WHICH, fulfilled=st.booleans(), by_visit=st.booleans())
    def verify(self, which: int, fulfilled: bool, by_visit: bool) -> None:
        """By the papers, or by a visit that the second officer may confirm later."""

        def found(row: RectificationOrder) -> dict[str, Any]:
            if by_visit:
                return verification_by_visit(row, self.people, fulfilled=fulfilled)
            return verification_by_papers(row, self.people.inspector, fulfilled=fulfilled)

        self.on(RectificationOrder, which, lambda row: act("verify_rectification", **found(row)))

    @rule(which=WHICH)
    def confirm(self, which: int) -> None:
        by = self.people.assessor
        self.on(
            RectificationOrder,
            which,
            lambda row: act("confirm_verification", order=row, by=by, seen=seen(row)),
        )

    @rule(which=WHICH, accepted=st.booleans(), who=st.sampled_from(["decider", "inspector"]))
    def check(self, which: int, accepted: bool, who: str = "decider") -> None:
        verb, by = "accept_rectification" if accepted else "reject_rectification", getattr(self.people, who)
        done = self.on(
            RectificationOrder, which, lambda row: act(verb, order=row, by=by, seen=seen(row), remark="核")
        )
        assert not (done and who == "inspector")

    @rule(which=WHICH)
    def rectify(self, which: int) -> None:
        self.determine(which, DeterminationKind.CRITERIA_NOT_MET, 3)
        self.report(which, which)
        self.verify(which, fulfilled=True, by_visit=False)
        self.check(which, accepted=True, who="decider")


class Results(Machine):
    """Results, entered and changed in any order: late years, drafts made final later, any year revised."""

    @rule(which=WHICH, back=BACK, score=st.sampled_from(["59.99", "60.00", "95"]))
    def assess(self, which: int, back: int, score: str) -> None:
        def both() -> None:
            row = self._recorded(which, back, score)
            act("finalise_assessment", assessment=row, by=self.people.second_assessor)

        self.whole(both)

    @rule(which=WHICH, back=BACK, score=st.sampled_from(["10", "61"]))
    def record_result(self, which: int, back: int, score: str) -> None:
        self.attempt(lambda: self._recorded(which, back, score))

    @rule(which=WHICH, newest=st.booleans())
    def finalise_result(self, which: int, newest: bool) -> None:
        drafts = Assessment.objects.filter(bank=self.banks[which], state=AssessmentState.DRAFT)
        row = drafts.order_by("-pk" if newest else "pk").first()
        if row is not None:
            by = self.people.second_assessor
            self.attempt(lambda: act("finalise_assessment", assessment=row, by=by))

    @rule(which=WHICH, back=BACK, score=st.sampled_from(["10", "88"]))
    def revise(self, which: int, back: int, score: str) -> None:
        row = Assessment.objects.filter(bank=self.banks[which]).order_by("-year")[back - 1 : back].first()
        if row is not None:
            given = {"score": Decimal(score), "seen": row.score, "reason": "复核", "by": self.people.decider}
            self.attempt(lambda: act("revise_assessment", assessment=row, **given))

    def _recorded(self, which: int, back: int, score: str) -> Assessment:
        recorded: Assessment = act(
            "record_assessment",
            bank=self.banks[which],
            year=self.day.year - back,
            score=Decimal(score),
            reason="",
            by=self.people.assessor,
        )
        return recorded
