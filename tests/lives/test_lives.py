"""Random lives of three banks, through actions and the sweep only, with invariants checked after every step."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.db.models import Count, F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from admission.applications.actions import applications
from admission.applications.models import Application
from admission.applications.states import OPEN, Outcome
from admission.decisions.actions import decisions
from admission.decisions.models import Decision
from admission.review.actions import acceptance
from admission.tests.factories import agreed, make_edition, pdf_file, recommended, submitted
from banks.hearings import actions as hearings
from banks.hearings.models import PriorNotice
from banks.register import actions as banks
from banks.register.models import Bank, Qualification
from banks.register.states import BARRED, IN_FORCE, Standing
from banks.register.terms import BankCategory
from banks.tests.factories import make_member
from conftest import People, make_officer
from exit.cases.actions import cases as exits
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from inspections.assessments import actions as assessments
from inspections.assessments.models import Assessment, AssessmentScheme
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions import orders as order_actions
from inspections.rectification.actions import reports as report_actions
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import binding
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.models import Letter, NumberSeries
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused
from zsbank.base.roles import Role
from zsbank.site.operations import runner

pytestmark = pytest.mark.django_db

BEGIN = dt.date(2016, 3, 1)
CODES = ("91442000MADEM00116", "91442000MADEM002XX", "91442000MADEM0038X")
MACHINES = ((Bank, "standing"), (Application, "state"), (RectificationOrder, "state"), (Assessment, "state"))
WHICH = st.integers(0, len(CODES) - 1)
OFTEN = frozenset(
    {
        "admit",
        "put_under_rectification",
        "end_rectification",
        "lapse",
        "withdraw_order",
        "open_exit_case",
        "leave",
        "lock_out",
        "release",
    }
)
"""What so many random lives must have met, so that their peace means something."""

ROLES = {
    "intake": Role.INTAKE_OFFICER,
    "reviewer": Role.REVIEWER,
    "decider": Role.DECIDER,
    "second_decider": Role.DECIDER,
    "inspector": Role.INSPECTOR,
    "assessor": Role.ASSESSOR,
    "second_assessor": Role.ASSESSOR,
    "auditor": Role.AUDITOR,
}


def registered(name: str, uscc: str, by: User) -> Bank:
    """A bank as registered by the bureau."""
    return banks.register_bank(
        name=name,
        uscc=uscc,
        category=BankCategory.CITY,
        license_institution_code="B9001H244200001",
        address="示例路1号",
        by=by,
    )


def breaches() -> list[str]:
    """Return the violated invariants; empty if all hold."""
    found = [f"{label} not once for {key}" for label, keys in _not_once() for key in keys]
    qualified = set(Qualification.objects.filter(cancelled_on=None).values_list("bank_id", flat=True))
    for bank in Bank.objects.all():
        if bank.standing in BARRED and bank.pk in qualified:
            found.append(f"{bank} holds a qualification while barred")
        if (bank.standing in IN_FORCE) != (bank.pk in qualified):
            found.append(f"{bank} is {bank.standing}, its qualifications say otherwise")
    found += [
        f"{row.bank} is {row.bank.standing}, its orders say otherwise"
        for row in Qualification.objects.filter(cancelled_on=None).select_related("bank")
        if binding(row).exists() != (row.bank.standing == Standing.UNDER_RECTIFICATION)
    ]
    found += [
        f"{row} may issue though cancelled" for row in Qualification.objects.all() if _issues_wrongly(row)
    ]
    found += [
        f"{order} is due too late" for order in _determined() if order.raw_due_date != _six_months(order)
    ]
    found += [
        f"{row} is {getattr(row, field)}, not as journalled"
        for model, field in (*MACHINES, (ExitCase, "state"), (Letter, "state"))
        for row in model._default_manager.all()
        if getattr(row, field) != getattr(last_transition(row), "to_state", None)
    ]
    alone = Decision.objects.filter(by=F("recommended_by"))
    found += [f"{decision} was made by one person" for decision in alone]
    found += [f"{case} was signed alone" for case in ExitCase.objects.filter(signed_by=F("proposed_by"))]
    given = {(series.mark, series.year): series.last for series in NumberSeries.objects.all()}
    for mark, year, count in Letter.objects.values_list("mark", "year").order_by().annotate(Count("pk")):
        if given[mark, year] != count:
            found.append(f"numbers of {year} have gaps")
    return found


def _not_once() -> list[tuple[str, list[str]]]:
    def twice(rows: Any) -> list[str]:
        counted = rows.order_by().values_list("bank__uscc").annotate(n=Count("pk"))
        return [uscc for uscc, n in counted if n > 1]

    return [
        ("open application", twice(Application.objects.filter(state__in=OPEN))),
        ("qualification in force", twice(Qualification.objects.filter(cancelled_on=None))),
        ("open exit case", twice(ExitCase.objects.filter(state__in=[ExitState.OPENED, ExitState.PROPOSED]))),
    ]


def _issues_wrongly(row: Qualification) -> bool:
    return row.may_issue and (row.cancelled_on is not None or row.bank.standing not in IN_FORCE)


def _determined() -> list[RectificationOrder]:
    rows = RectificationOrder.objects.filter(ground=OrderGround.DETERMINATION)
    return list(rows.select_related("determination", "bank"))


def _six_months(order: RectificationOrder) -> dt.date:
    assert order.determination
    return calculate(order.determination.determination_date, 6, Unit.MONTH, roll=False).last_day


def outermost() -> transaction.Atomic:
    """Let durable actions run inside the test's transaction, as in other tests."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block


def fingerprint() -> list[Any]:
    """Return everything that an action could have changed."""
    states = [
        sorted(model._default_manager.values_list("pk", field))
        for model, field in (*MACHINES, (ExitCase, "state"), (Letter, "state"))
    ]
    counts = [model._default_manager.count() for model in (Message, Determination, Qualification)]
    counts.append(Entry.objects.exclude(verb=Verb.REFUSE).count())
    return [*states, *counts, sorted(NumberSeries.objects.values_list("year", "last"))]


class Lives(RuleBasedStateMachine):
    """Three banks, their clerks, the officers, and a day that only moves forward; `done` counts all actions."""

    done: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        """Begin with three applicants, in a transaction that is rolled back at the end."""
        super().__init__()
        self.block = outermost()
        self.block.__enter__()
        self.day = BEGIN
        self.people = People(**{name: make_officer(f"o-{name}", role) for name, role in ROLES.items()})
        make_edition()
        for year in range(BEGIN.year, BEGIN.year + 40):
            bands = [
                {"grade": "优", "from": "90"},
                {"grade": "中", "from": "60"},
                {"grade": "不合格", "from": "0"},
            ]
            AssessmentScheme.objects.create(year=year, bands=bands)
        self.banks: list[Bank] = []
        self.clerks: list[User] = []
        for number, code in enumerate(CODES):
            with clock.playing(self.day):
                self.banks.append(registered(f"示例银行{number}", code, self.people.intake))
                clerk = make_member(self.banks[-1], f"clerk-{number}", Role.BANK_ADMINISTRATOR).user
            self.clerks.append(clerk)

    def teardown(self) -> None:
        """Roll everything back."""
        self.done.update(Entry.objects.values_list("verb", flat=True))
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, verb: Callable[[], object]) -> bool:
        """Try an action; if refused, it must have changed nothing."""
        before = fingerprint()
        with clock.playing(self.day):
            try:
                verb()
            except Refused:
                assert fingerprint() == before
                return False
        return True

    def last(self, model: Any, which: int) -> Any:
        """Return the newest row of a bank in any state; without one the step is skipped."""
        return model._default_manager.filter(bank=self.banks[which]).order_by("-pk").first()

    def on(self, model: Any, which: int, verb: Callable[[Any], object]) -> bool:
        """Try an action on the newest row of a bank."""
        row = self.last(model, which)
        return row is not None and self.attempt(lambda: verb(row))

    # Admission ---------------------------------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        """Admit two of the banks, and let a month pass."""
        self.admit(0)
        self.admit(1)
        self.day += dt.timedelta(days=31)

    @rule(which=WHICH)
    def admit(self, which: int) -> None:
        self.recommend(which, Outcome.APPROVE)
        self.decide(which, "decider")
        self.agree(which)

    @rule(which=WHICH)
    def agree(self, which: int) -> None:
        self.on(Application, which, lambda row: agreed(row, self.people))

    @rule(which=WHICH)
    def start(self, which: int) -> None:
        self.attempt(lambda: applications.start_application(bank=self.banks[which], by=self.clerks[which]))

    @rule(which=WHICH)
    def submit(self, which: int) -> None:
        self.attempt(lambda: self.whole(lambda: submitted(self.banks[which], self.clerks[which])))

    @rule(which=WHICH, outcome=st.sampled_from(Outcome))
    def recommend(self, which: int, outcome: Outcome) -> None:
        self.attempt(
            lambda: self.whole(
                lambda: recommended(self.banks[which], self.clerks[which], self.people, outcome)
            )
        )

    @rule(which=WHICH)
    def accept(self, which: int) -> None:
        self.on(
            Application,
            which,
            lambda row: acceptance.accept_application(application=row, by=self.people.intake),
        )

    @rule(which=WHICH, who=st.sampled_from(["decider", "reviewer", "second_decider"]))
    def decide(self, which: int, who: str) -> None:
        done = self.on(
            Application, which, lambda row: decisions.decide(application=row, by=getattr(self.people, who))
        )
        assert not (done and who == "reviewer")

    @rule(which=WHICH, answered=st.booleans())
    def hear(self, which: int, answered: bool) -> None:
        clerk = self.clerks[which]
        self.on(PriorNotice, which, lambda row: hearings.state_case(notice=row, text="不同意。", by=clerk))
        if answered:
            self.on(
                PriorNotice,
                which,
                lambda row: hearings.answer_statement(
                    notice=row, text="复核属实。", by=self.people.inspector
                ),
            )

    @rule(which=WHICH)
    def send_back(self, which: int) -> None:
        self.on(
            Application,
            which,
            lambda row: decisions.send_back(application=row, by=self.people.decider, reason="再核"),
        )

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        self.on(
            Application,
            which,
            lambda row: applications.withdraw_application(application=row, by=self.clerks[which], reason=""),
        )

    # Supervision -------------------------------------------------------------------------------------------

    @rule(which=WHICH, kind=st.sampled_from(DeterminationKind), before=st.sampled_from([0, 3, 20, 190]))
    def determine(self, which: int, kind: DeterminationKind, before: int) -> None:
        self.attempt(
            lambda: order_actions.record_determination(
                bank=self.banks[which],
                by=self.people.inspector,
                decided_by=self.people.decider,
                kind=kind,
                determination_date=self.day - dt.timedelta(days=before),
                facts="停止受理补换卡业务。",
                criteria=list(Application.objects.first().edition.criteria.filter(number=5))  # type: ignore[union-attr]
                if Application.objects.exists()
                else [],
                document=pdf_file(),
                document_name="认定书.pdf",
            )
        )

    @rule(which=WHICH, days=st.integers(-5, 200))
    def set_deadline(self, which: int, days: int) -> None:
        due = self.day + dt.timedelta(days=days)
        self.on(
            RectificationOrder,
            which,
            lambda row: order_actions.set_rectification_deadline(order=row, by=self.people.assessor, due=due),
        )

    @rule(which=WHICH, of=WHICH)
    def report(self, which: int, of: int) -> None:
        done = self.on(
            RectificationOrder,
            which,
            lambda row: report_actions.report_rectification(
                order=row, by=self.clerks[of], text="已整改。", files=[(pdf_file(), "照片.pdf")]
            ),
        )
        assert not (done and which != of)

    @rule(which=WHICH, accepted=st.booleans())
    def check(self, which: int, accepted: bool) -> None:
        verb = report_actions.accept_rectification if accepted else report_actions.reject_rectification
        self.on(RectificationOrder, which, lambda row: verb(order=row, by=self.people.inspector, remark="核"))

    @rule(which=WHICH, back=st.integers(1, 3), score=st.sampled_from(["59.99", "60.00", "95"]))
    def assess(self, which: int, back: int, score: str) -> None:
        def both() -> None:
            row = assessments.record_assessment(
                bank=self.banks[which],
                year=self.day.year - back,
                score=Decimal(score),
                reason="",
                by=self.people.assessor,
            )
            assessments.finalise_assessment(assessment=row, by=self.people.second_assessor)

        self.attempt(lambda: self.whole(both))

    @rule(which=WHICH, score=st.sampled_from(["10", "88"]))
    def revise(self, which: int, score: str) -> None:
        self.on(
            Assessment,
            which,
            lambda row: assessments.revise_assessment(
                assessment=row, score=Decimal(score), seen=row.score, reason="复核", by=self.people.decider
            ),
        )

    # Exit --------------------------------------------------------------------------------------------------

    @rule(which=WHICH)
    def file_exit(self, which: int) -> None:
        self.attempt(
            lambda: exits.file_exit_application(
                bank=self.banks[which],
                by=self.clerks[which],
                statement="调整业务布局。",
                document=pdf_file(),
                document_name="申请.pdf",
            )
        )

    @rule(which=WHICH)
    def withdraw_exit(self, which: int) -> None:
        self.on(ExitCase, which, lambda row: exits.withdraw_exit_application(case=row, by=self.clerks[which]))

    @rule(which=WHICH)
    def open_exit(self, which: int) -> None:
        self.on(
            Determination,
            which,
            lambda row: exits.open_exit_case(determination=row, by=self.people.inspector),
        )

    @rule(which=WHICH)
    def propose(self, which: int) -> None:
        self.on(ExitCase, which, lambda row: exits.propose_exit(case=row, by=self.people.inspector))

    @rule(which=WHICH, who=st.sampled_from(["second_decider", "decider", "inspector"]))
    def sign(self, which: int, who: str) -> None:
        done = self.on(ExitCase, which, lambda row: exits.sign_exit(case=row, by=getattr(self.people, who)))
        assert not (done and who == "inspector")

    @rule(which=WHICH)
    def close(self, which: int) -> None:
        self.on(
            ExitCase,
            which,
            lambda row: exits.close_exit_case(case=row, by=self.people.second_decider, reason="理由已不存在"),
        )

    # Several steps at once, so that lives reach late states -----------------------------------------------------

    @rule(which=WHICH)
    def rectify(self, which: int) -> None:
        self.determine(which, DeterminationKind.CRITERIA_NOT_MET, 3)
        self.report(which, which)
        self.check(which, accepted=True)

    @rule(which=WHICH)
    def let_lapse(self, which: int) -> None:
        self.determine(which, DeterminationKind.SERIOUS_DEFAULT, 0)
        self.wait(366)
        self.sweep_twice()

    @rule(which=WHICH)
    def fail_twice(self, which: int) -> None:
        self.wait(5 * 366)
        self.assess(which, 1, "59.99")
        self.assess(which, 2, "59.99")
        self.sweep_twice()

    @rule(which=WHICH)
    def go(self, which: int) -> None:
        self.file_exit(which)
        self.propose(which)
        self.sign(which, "second_decider")

    # The clock ---------------------------------------------------------------------------------------------

    @rule(days=st.sampled_from([1, 7, 31, 184, 366, 5 * 366]))
    def wait(self, days: int) -> None:
        self.day += dt.timedelta(days=days)

    @rule()
    def sweep_twice(self) -> None:
        """A second sweep on the same day finds nothing to do."""
        with clock.playing(self.day):
            runner.run()
            after = fingerprint()
            again = runner.run()
        assert fingerprint() == after
        assert not any(again.done.values())
        assert again.failed == []

    @invariant()
    def all_is_well(self) -> None:
        assert breaches() == []

    @staticmethod
    def whole(verbs: Callable[[], object]) -> object:
        """Run several actions as one step; if one is refused, none is done."""
        with outermost():
            return verbs()


def test_random_lives_keep_all_invariants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "OUTGOING", ())
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=28,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Lives.done >= OFTEN


def test_life_reaches_every_standing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same steps in the order of a whole life show that random lives can reach every standing."""
    monkeypatch.setattr(runner, "OUTGOING", ())
    lives, stood = Lives(), []

    def step(verb: Callable[..., None], *given: Any) -> None:
        verb(lives, *given)
        lives.all_is_well()
        stood.append(Bank.objects.get(pk=lives.banks[0].pk).standing)

    step(Lives.recommend, 0, Outcome.APPROVE)
    step(Lives.decide, 0, "decider")
    step(Lives.agree, 0)
    step(Lives.determine, 0, DeterminationKind.CRITERIA_NOT_MET, 0)
    step(Lives.wait, 366)
    step(Lives.sweep_twice)
    step(Lives.propose, 0)
    step(Lives.sign, 0, "second_decider")
    step(Lives.wait, 31)
    step(Lives.sign, 0, "second_decider")
    step(Lives.wait, 1)
    step(Lives.sweep_twice)
    step(Lives.wait, 5 * 366)
    step(Lives.sweep_twice)
    step(Lives.recommend, 0, Outcome.APPROVE)
    step(Lives.decide, 0, "decider")
    step(Lives.agree, 0)
    lives.teardown()
    assert list(dict.fromkeys(stood)) == [
        Standing.APPLICANT,
        Standing.QUALIFIED,
        Standing.UNDER_RECTIFICATION,
        Standing.EXITED,
        Standing.LOCKED_OUT,
    ]
    assert stood[-4:] == [*[Standing.APPLICANT] * 3, Standing.QUALIFIED]


def test_control_manipulated_standing_is_found() -> None:
    """Control: the invariants can fail."""
    bank = registered("示例银行甲", CODES[0], make_officer("intake", Role.INTAKE_OFFICER))
    assert breaches() == []
    Bank.objects.filter(pk=bank.pk).update(standing=Standing.QUALIFIED)
    assert len(breaches()) == 2
