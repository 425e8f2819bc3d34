"""The machine of random lives: three banks, their people, the officers, and a day that only moves forward."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar
from unittest.mock import patch

from django.conf import settings
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from admission.applications.models import Application
from admission.tests.factories import make_edition
from banks.changes.models import BankChange
from banks.members.models import Member
from banks.register.models import Bank, Qualification
from banks.register.terms import BankCategory
from banks.tests.factories import make_member
from conftest import People, make_officer
from exit.cases.models import ExitCase
from inspections.assessments.models import Assessment
from inspections.complaints.models import Complaint
from inspections.determinations.models import Determination
from inspections.fees.models import FeeNotice
from inspections.rectification.models import RectificationOrder
from inspections.schemes.models import AssessmentScheme
from inspections.setting_aside.models import SettingAside
from inspections.visits.models import InspectionVisit
from tests.actions.examples import actions
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.models import HolidayYear
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter, NumberSeries
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused
from zsbank.base.roles import Role
from zsbank.site.operations import integrity, runner

BEGIN = dt.date(2016, 3, 1)
CODES = ("91442000MADEM00116", "91442000MADEM002XX", "91442000MADEM0038X")
WHICH = st.integers(0, len(CODES) - 1)
MACHINES = (
    (Bank, "standing"),
    (Application, "state"),
    (Determination, "state"),
    (RectificationOrder, "state"),
    (SettingAside, "state"),
    (Assessment, "state"),
    (FeeNotice, "state"),
    (Complaint, "state"),
    (InspectionVisit, "state"),
    (ExitCase, "state"),
    (BankChange, "state"),
    (Letter, "state"),
)
"""Kinds of rows with a state, and its field."""

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
BANDS = [{"grade": "优", "from": "90"}, {"grade": "中", "from": "60"}, {"grade": "不合格", "from": "0"}]
ACTIONS = {one.name: one for one in actions().values()}


def act(name: str, /, **given: Any) -> Any:
    """Carry out an action by the name of its function, whatever module it is in."""
    return ACTIONS[name](**given)


def registered(name: str, uscc: str, by: User) -> Bank:
    """Register a bank."""
    bank: Bank = act(
        "register_bank",
        name=name,
        uscc=uscc,
        category=BankCategory.CITY,
        license_institution_code=f"B9{uscc[13:16]}H244200001",
        address=f"示例路{uscc[13:16]}号",
        by=by,
    )
    return bank


def outermost() -> transaction.Atomic:
    """Let durable actions run inside the test's transaction, as in other tests."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block


@contextmanager
def nothing_goes_out() -> Iterator[None]:
    """Make no letters and send no mail, and do not judge what waits: lives are about decisions, and files are slow.

    The chain of the journal is not judged either: it is written at a commit, which lives do not have.
    """

    def nothing() -> Iterator[str]:
        return iter(())

    with (
        patch.object(runner, "OUTGOING", {}),
        patch.object(integrity, "_outbox", nothing),
        patch.object(integrity, "_record", nothing),
    ):
        yield


def fingerprint() -> list[Any]:
    """Return everything that an action could have changed."""
    states = [sorted(model._default_manager.values_list("pk", field)) for model, field in MACHINES]
    dates = [
        sorted(RectificationOrder.objects.values_list("pk", "due_date", "provisional")),
        sorted(Bank.objects.values_list("pk", "name", "uscc", "succeeded_by")),
        sorted(HolidayYear.objects.in_force().values_list("year", "digest")),
        sorted(User.objects.filter(is_active=True).order_by().values_list("pk", "groups__name"), key=str),
        sorted(Member.objects.filter(left_on=None).values_list("pk", "role")),
    ]
    counts = [model._default_manager.count() for model in (Message, Determination, Qualification)]
    counts.append(Entry.objects.exclude(verb=Verb.REFUSE).count())
    return [*states, *dates, *counts, sorted(NumberSeries.objects.values_list("year", "last"))]


class Machine(RuleBasedStateMachine):
    """What all rules need; the rules are in the classes that inherit from it, by subject."""

    done: ClassVar[set[str]] = set()
    """The verbs of all lives so far."""

    begun: ClassVar[int] = 0
    """How many lives have begun."""

    def __init__(self) -> None:
        """Begin with three applicants, in a transaction that is rolled back at the end."""
        super().__init__()
        type(self).begun += 1
        self.folder = TemporaryDirectory()
        settings.FILES_DIR = Path(self.folder.name) / "files"
        settings.CHECKPOINTS_DIR = Path(self.folder.name) / "checkpoints"
        self.block = outermost()
        self.block.__enter__()
        self.day = BEGIN
        self.people = People(**{name: make_officer(f"o-{name}", role) for name, role in ROLES.items()})
        self.security = make_officer("o-security", Role.SECURITY_ADMINISTRATOR)
        self.gone: list[User] = []
        make_edition()
        AssessmentScheme.objects.bulk_create(
            AssessmentScheme(year=year, bands=BANDS, published_at=clock.now())
            for year in range(BEGIN.year, BEGIN.year + 200)
        )
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
        self.folder.cleanup()

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
        """Return the newest row of a bank in any state; None without one."""
        return model._default_manager.filter(bank=self.banks[which]).order_by("-pk").first()

    def on(self, model: Any, which: int, verb: Callable[[Any], object]) -> bool:
        """Try an action on the newest row of a bank; without one the step is skipped."""
        row = self.last(model, which)
        return row is not None and self.attempt(lambda: verb(row))

    def whole(self, verbs: Callable[[], object]) -> bool:
        """Try several actions as one step; if one is refused, none is done."""

        def together() -> None:
            with outermost():
                verbs()

        return self.attempt(together)

    def replace_officer(self, name: str, person: User) -> None:
        """Let another person hold a function from now on."""
        self.gone.append(getattr(self.people, name))
        self.people = replace(self.people, **{name: person})
