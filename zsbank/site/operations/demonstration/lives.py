"""The banks of the demonstration: one in each standing, near and distant due dates, two years of assessments."""

import datetime as dt
from functools import partial

from dateutil.relativedelta import relativedelta

from admission.applications.actions import applications
from admission.review.actions import acceptance
from admission.review.actions.casework import assign_cases
from banks.register import actions as banks
from banks.register import sweep as register
from banks.register.models import Bank
from exit.cases.actions import cases as exits
from exit.cases.models import ExitCase
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.site.operations import runner
from zsbank.site.operations.demonstration import steps
from zsbank.site.operations.demonstration.documents import paper
from zsbank.site.operations.demonstration.people import Officers, enter_member, enter_officers

BANKS: tuple[tuple[str, str, str], ...] = (
    ("示例银行甲", "91442000MADEM00116", "bank-a"),
    ("示例银行乙", "91442000MADEM002XX", "bank-b"),
    ("示例银行丙", "91442000MADEM0038X", "bank-c"),
    ("示例银行丁", "91442000MADEM0046Q", "bank-d"),
    ("示例银行戊", "91442000MADEM0054K", "bank-e"),
    ("示例银行己", "91442000MADEM0062E", "bank-f"),
    ("示例银行庚", "91442000MADEM00709", "bank-g"),
    ("示例银行辛", "91442000MADEM00896", "bank-h"),
)
VENDOR = ("示例卡商", "91442000MADEM00971", "SL-ZB-2015-01")


def ago(**before: int) -> dt.date:
    """Return the date that many years, months and days before today."""
    return clock.today() - relativedelta(**before)  # type: ignore[arg-type]


def _days_before(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(days=days)


class Demonstration:
    """Creates the cases of all banks, the oldest first."""

    def __init__(self) -> None:
        """Enter people, card vendor and banks, ten years ago."""
        with clock.playing(ago(years=10)):
            self.officers: Officers = enter_officers()
            journal.record(verb=Verb.LOAD_DEMONSTRATION, by=None, subject=self.officers.intake)
            name, uscc, tender = VENDOR
            banks.register_vendor(
                name=name,
                uscc=uscc,
                tender_number=tender,
                tender_from=ago(years=10),
                tender_until=clock.today() + relativedelta(years=12),
                by=self.officers.intake,
            )
            self.banks: dict[str, tuple[Bank, User]] = {}
            for bank_name, code, username in BANKS:
                bank, person = steps.register(self.officers, bank_name, code, username)
                self.banks[bank_name[-1]] = bank, person
                short = 2 if bank_name[-1] == "甲" else 0
                steps.open_outlets(bank, person, 8, without_window=short)
            enter_member(self.banks["甲"][0], "clerk-a", "经办员甲", Role.BANK_CLERK, self.officers.intake)

    def play(self) -> None:
        """Create all cases, then run today's sweep."""
        self.returned("己")
        self.locked_out("戊")
        self.admitted("乙", ago(years=4), scores=("93.50", "88.00"))
        self.lapsed("辛")
        self.under_rectification("丙", found=ago(months=5, days=12))
        self.under_rectification("庚", found=ago(days=20))
        self.leaving_today("丁")
        self.under_review("甲")
        runner.run()

    def admitted(self, key: str, day: dt.date, scores: tuple[str, ...] = ()) -> Bank:
        """Admit a bank on a day, and assess it in the last years."""
        bank, person = self.banks[key]
        steps.admit(bank, person, self.officers, day, partial(_days_before, day))
        first = clock.today().year - len(scores)
        for offset, score in enumerate(scores):
            year = first + offset
            steps.assess(bank, self.officers, year, score, min(dt.date(year + 1, 3, 2), ago(days=1)))
        bank.refresh_from_db()
        return bank

    def under_rectification(self, key: str, found: dt.date) -> None:
        """Put a bank under rectification after an inspection found two outlets closed for card services."""
        bank = self.admitted(key, ago(years=4), scores=("82.00", "76.25"))
        facts = "现场检查发现，两个支行在公告的营业时间内停止受理补换卡业务，与全部网点开放办理的要求不符。"
        steps.determine(bank, self.officers, found, steps.OUTLETS_OPEN, facts)

    def lapsed(self, key: str) -> None:
        """A bank whose rectification period has expired: its exit case has a draft notice."""
        self.under_rectification(key, found=ago(months=7))

    def leave(self, key: str, day: dt.date) -> ExitCase:
        """A bank leaves at its own request on a day."""
        bank, person = self.banks[key]
        with clock.playing(_days_before(day, 12)):
            case = exits.file_exit_application(
                bank=bank,
                by=person,
                statement="因业务调整，申请终止社会保障卡合作。",
                document=paper("终止合作申请书"),
                document_name="终止合作申请书.pdf",
            )
        with clock.playing(_days_before(day, 5)):
            exits.propose_exit(case=case, by=self.officers.inspector)
        with clock.playing(day):
            return exits.sign_exit(case=case, by=self.officers.decider)

    def locked_out(self, key: str) -> None:
        """A bank that left two years ago."""
        self.admitted(key, ago(years=6))
        left = ago(years=2)
        self.leave(key, left)
        self.sweep_on(left + dt.timedelta(days=1))

    def returned(self, key: str) -> None:
        """A bank that left more than five years ago and has begun a new application."""
        self.admitted(key, ago(years=9))
        left = ago(years=5, days=40)
        self.leave(key, left)
        self.sweep_on(left + dt.timedelta(days=1))
        self.sweep_on(ago(days=38))
        bank, person = self.banks[key]
        with clock.playing(ago(days=3)):
            application = applications.start_application(bank=bank, by=person)
            steps.answer(application, person, upto=15)

    def leaving_today(self, key: str) -> None:
        """A bank whose consent to exit is signed today."""
        self.admitted(key, ago(years=3), scores=("71.00", "78.50"))
        self.leave(key, clock.today())

    def under_review(self, key: str) -> None:
        """A bank's first application, half reviewed."""
        bank, person = self.banks[key]
        with clock.playing(ago(days=9)):
            application = applications.start_application(bank=bank, by=person)
            steps.answer(application, person, apart=False)
            steps.sign(application, person)
            applications.submit_application(application=application, by=person)
        with clock.playing(ago(days=6)):
            acceptance.accept_application(application=application, by=self.officers.intake)
            assign_cases(applications=[application], to=self.officers.reviewer, by=self.officers.decider)
            steps.review(application, self.officers, upto=4)
        with clock.playing(ago(days=5)):
            steps.look_closer(application, self.officers)

    def sweep_on(self, day: dt.date) -> None:
        """Run the sweep of a day for standings of banks."""
        with clock.playing(day):
            for step in register.STEPS:
                for pk in list(step.due(day)):
                    step.do(pk)
