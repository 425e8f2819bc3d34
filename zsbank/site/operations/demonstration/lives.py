"""The banks of the demonstration: one in each standing, near and distant due dates, three years of supervision."""

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
from exit.cases.actions import grounds
from exit.cases.models import ExitCase
from inspections.rectification.terms import ReportKind
from inspections.visits.terms import Severity
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.site.operations import runner
from zsbank.site.operations.demonstration import complaints, fees, rectification, steps, supervision, visits
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
FORMER_NAMES = {"示例银行庚": "示例信用社庚"}
"""Names under which banks were registered before they changed them."""
CLOSED = "现场检查发现，两个支行在公告的营业时间内停止受理补换卡业务，与全部网点开放办理的要求不符。"
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
                former = FORMER_NAMES.get(bank_name, bank_name)
                bank, person = steps.register(self.officers, former, code, username)
                if former != bank_name:
                    bank = steps.rename(self.officers, bank, person, bank_name)
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
        self.rectified("乙", ago(years=2))
        self.rectifying("丙", ago(months=5, days=12))
        for years in (3, 2, 1):
            self.supervised("乙", years)
            self.supervised("丙", years)
        self.proposed("乙", ago(days=20))
        self.proposed("庚", ago(days=2))
        self.charged("乙", "丙")
        self.complained_about("乙", "丙")

        self.inspected("乙", "丙", "庚")
        self.leaving_today("丁")
        self.under_review("甲")
        self.moving("乙")
        runner.run()

    def admitted(self, key: str, day: dt.date, scores: tuple[str, ...] = ()) -> Bank:
        """Admit a bank on a day, and assess it in the last years."""
        bank, person = self.banks[key]
        steps.admit(bank, person, self.officers, day, partial(_days_before, day))
        first = clock.today().year - len(scores)
        for offset, score in enumerate(scores):
            year = first + offset
            supervision.assess(bank, self.officers, year, score, min(dt.date(year + 1, 3, 2), ago(days=1)))
        bank.refresh_from_db()
        return bank

    def under_rectification(self, key: str, found: dt.date) -> None:
        """Put a bank under rectification after an inspection found two outlets closed for card services."""
        bank = self.admitted(key, ago(years=4), scores=("82.00", "76.25"))
        person = self.banks[key][1]
        supervision.determine(bank, person, self.officers, found, steps.OUTLETS_OPEN, CLOSED)

    def rectified(self, key: str, found: dt.date) -> None:
        """Let a bank plan, rectify and report after a determination, and a decider accept it after a visit."""
        bank, person = self.banks[key]
        officers, day = self.officers, dt.timedelta(days=1)
        supervision.determine(bank, person, officers, found, steps.OUTLETS_OPEN, CLOSED)
        rectification.progress(bank, person, found + 14 * day, ReportKind.PLAN, rectification.PLAN)
        rectification.report(bank, person, found + 80 * day)
        seen = "两个支行的窗口均有人值守，当场办结补换卡业务各一笔，营业时间已公告。"
        rectification.visit(bank, officers, found + 90 * day, seen, fulfilled=True)
        rectification.accept(bank, officers, found + 92 * day, "整改到位，请持续保持。")

    def rectifying(self, key: str, found: dt.date) -> None:
        """Let a bank report too early once; its second report waits for its verification."""
        bank, person = self.banks[key]
        officers, day = self.officers, dt.timedelta(days=1)
        rectification.progress(bank, person, found + 10 * day, ReportKind.PLAN, rectification.PLAN)
        rectification.progress(bank, person, found + 50 * day, ReportKind.INTERIM, rectification.HALF)
        rectification.report(bank, person, found + 100 * day)
        missing = "一个支行的窗口无人值守，公告的营业时间与实际不一致。"
        rectification.visit(bank, officers, found + 108 * day, missing, fulfilled=False)
        rectification.reject(bank, officers, found + 110 * day, missing)
        rectification.report(bank, person, ago(days=4))

    def supervised(self, key: str, years: int) -> None:
        """Let a bank be inspected without a finding, pay its fees, and answer a complaint in an earlier year."""
        bank, person = self.banks[key]
        days = 365 * years
        visit = visits.hold(bank, self.officers, slice(0, 2), "年度计划检查", ago=days + 40, found={})
        said = "所检查的事项均符合，不作进一步处理。"
        visits.close(visits.report(visit, self.officers, ago=days + 37), self.officers, said, ago=days + 35)
        serial, amount = 100 * years + self.banks[key][0].pk, f"{71000 + 3500 * years}.00"
        notice = fees.enter(bank, self.officers, serial, amount, due_in=-days - 70)
        fees.settle(notice, person, self.officers, paid_ago=days + 72)
        complaints.earlier(bank, person, self.officers, ago=days + 20, founded=years == 2)

    def proposed(self, key: str, day: dt.date) -> None:
        """Leave a proposed determination: the bank may state its case, or a decider decides if its days are over."""
        facts = "现场检查发现，一个支行的社保卡业务窗口停办制卡业务，公告的营业时间内无人受理。"
        supervision.propose(self.banks[key][0], self.officers, day, steps.OUTLETS_OPEN, facts)

    def charged(self, key: str, other: str) -> None:
        """Let a bank pay in time, pay late, and not pay at all; let another one state what is to be confirmed."""
        (bank, person), (second, colleague) = self.banks[key], self.banks[other]
        officers = self.officers
        fees.settle(fees.enter(bank, officers, 11, "86420.00", due_in=-200), person, officers, paid_ago=206)
        fees.settle(fees.enter(bank, officers, 27, "91350.50", due_in=-110), person, officers, paid_ago=95)
        fees.enter(bank, officers, 43, "78004.00", due_in=-12)
        fees.enter(bank, officers, 58, "80115.60", due_in=18)
        early = fees.enter(second, officers, 12, "40210.00", due_in=-200)
        fees.settle(early, colleague, officers, paid_ago=203)
        fees.state(fees.enter(second, officers, 44, "38760.00", due_in=4), colleague, paid_ago=3)

    def complained_about(self, key: str, other: str) -> None:
        """Let complaints wait at each stage: to be forwarded, to be answered, overdue, answered, closed, in a list."""
        (bank, person), (second, colleague) = self.banks[key], self.banks[other]
        complaints.tell_of(bank, person, second, colleague, self.officers)

    def inspected(self, key: str, other: str, third: str) -> None:
        """Inspect a bank with each outcome; a second one has to correct, and the answer of a third waits."""
        (bank, _person), (second, colleague), (third_bank, third_person) = (
            self.banks[one] for one in (key, other, third)
        )
        officers, windows = self.officers, "窗口仅有一人值守，午间无人受理补换卡业务。"
        moderate = {steps.OUTLETS_OPEN: (Severity.MODERATE, windows)}
        serious = {steps.OUTLETS_OPEN: (Severity.SERIOUS, "公告的营业时间内业务窗口关闭。")}
        early = visits.hold(bank, officers, slice(0, 2), "年度计划检查", ago=160, found={})
        visits.close(
            visits.report(early, officers, ago=157), officers, "所检查的事项均符合，不作进一步处理。", ago=155
        )
        late = visits.hold(bank, officers, slice(2, 4), "年度计划检查", ago=9, found=moderate)
        visits.report(late, officers, ago=6)
        visits.plan(bank, officers, slice(4, 6), "年度计划检查", day=ago(days=-12))
        tomorrow = ago(days=-1)
        given = {"planned": False, "announced": False}
        visits.plan(bank, officers, slice(0, 1), "核实群众反映的窗口停办情况", day=tomorrow, **given)
        held = visits.hold(
            second, officers, slice(0, 2), "核实群众反映的窗口关闭情况", ago=62, found=serious, **given
        )
        answered = visits.answer(
            visits.report(held, officers, ago=60), colleague, "情况属实，已安排增配人员。", ago=50
        )
        visits.demand(answered, officers, "请配齐窗口人员，并公告营业时间。", ago=45, days=40)
        last = visits.hold(third_bank, officers, slice(0, 1), "年度计划检查", ago=20, found=moderate)
        visits.answer(visits.report(last, officers, ago=18), third_person, "已调整排班，请复查。", ago=4)

    def lapsed(self, key: str) -> None:
        """Create a bank with a lapsed rectification order: its exit case has a draft notice."""
        self.under_rectification(key, found=ago(months=7))

    def leave(self, key: str, day: dt.date) -> ExitCase:
        """Let a bank exit at its own request on a day."""
        bank, person = self.banks[key]
        with clock.playing(_days_before(day, 12)):
            case = grounds.file_exit_application(
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
        """Create a bank that exited two years ago."""
        self.admitted(key, ago(years=6))
        left = ago(years=2)
        self.leave(key, left)
        self.sweep_on(left + dt.timedelta(days=1))

    def returned(self, key: str) -> None:
        """Create a bank that exited more than five years ago and has begun a new application."""
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
        """Create a bank whose consent to exit is signed today."""
        self.admitted(key, ago(years=3), scores=("71.00", "78.50"))
        self.leave(key, clock.today())

    def under_review(self, key: str) -> None:
        """Create a bank whose first application is half reviewed."""
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

    def moving(self, key: str) -> None:
        """Let a bank request a change of its address, which waits for its decision."""
        bank, person = self.banks[key]
        bank.refresh_from_db()
        with clock.playing(ago(days=2)):
            steps.request_change(
                bank, person, "总部迁址，已换发营业执照。", address="中山市石岐街道示例大道22号"
            )

    def sweep_on(self, day: dt.date) -> None:
        """Run the sweep of a day for standings of banks."""
        with clock.playing(day):
            for step in register.STEPS:
                for pk in list(step.due(day)):
                    step.do(pk)
