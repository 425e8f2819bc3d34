"""Declaration of banks, qualifications and card vendors: actions, checks and words."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from banks.register.actions import recalculate_bar, register_vendor, release
from banks.register.desk import BankDesk, VendorDesk
from banks.register.forms import VendorForm
from banks.register.models import Bank, CardVendor, Qualification
from banks.register.queries import to_be_released, vendors_of_today, wrong_standings
from banks.register.states import BARRED, Standing
from banks.register.sweep import STEPS
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.dates import is_passed
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.set_up import SetUp
from zsbank.base.cases.turns import DONE, NOT_BEGUN, STOPPED, WAITING, Shown
from zsbank.base.cases.urls import list_page
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb

DATA = ("name", "uscc", "category", "license_institution_code", "address")
BAR = ("bar_last_day", "may_apply_from", "bar_period")
ISSUING = ("issuing_from", "review_approval_number", "review_approval_date")


def standings_match_qualifications() -> Iterator[str]:
    """Integrity check: a bank's standing is in force exactly if it has a qualification in force."""
    for pk, standing in wrong_standings():
        yield f"banks.bank {pk}: is {standing}, which its qualifications do not support"


CASES = (
    Case(
        model=Bank,
        states={
            Standing.APPLICANT: Shown(NOT_BEGUN, bank=_("Not qualified")),
            Standing.QUALIFIED: Shown(DONE),
            Standing.UNDER_RECTIFICATION: Shown(WAITING),
            Standing.EXITED: Shown(STOPPED),
            Standing.LOCKED_OUT: Shown(STOPPED),
        },
        due=(Due("bar_last_day", "bar_period", BARRED, expires=True, recalculate=recalculate_bar),),
        offers=(
            Offer(
                release,
                _("Confirm that the reapplication bar has ended"),
                (_("The day is provisional: the holidays of its year have not been confirmed."),),
                grave=True,
            ),
        ),
        waiting=(
            Waiting(
                release,
                _("Confirm that the reapplication bar has ended"),
                rows=lambda by: to_be_released(),
                about=lambda bank: bank.uscc,
                since=lambda bank: bank.may_apply_from,
                when=lambda bank: is_passed(bank.bar_last_day, bank.bar_period),
                on_action_page=True,
                for_bank=_("confirm that the reapplication bar has ended"),
            ),
        ),
        desk=BankDesk,
        search=Search(
            names=("name", "former_names", "former_codes"), codes=("uscc", "license_institution_code")
        ),
        sidebar=SidebarEntry(SidebarGroup.REGISTERS, _("Banks"), place=10),
        entries={
            Verb.REGISTER_BANK: _("registered the bank"),
            Verb.ADMIT: _("granted the bank the qualification"),
            Verb.PUT_UNDER_RECTIFICATION: _("placed the bank under rectification"),
            Verb.END_RECTIFICATION: _("ended the bank's rectification"),
            Verb.LEAVE: _("cancelled the bank's qualification"),
            Verb.PASS_ON_QUALIFICATION: _("recorded that another bank carries the qualification on"),
            Verb.CARRY_ON_QUALIFICATION: _("recorded that the bank carries on another bank's qualification"),
            Verb.LOCK_OUT: _("recorded that the five-year reapplication bar began"),
            Verb.RELEASE: _("recorded that the five-year reapplication bar ended"),
            Verb.DEMAND_SECOND_FACTOR: _("changed whether a second factor is required"),
        },
        facts_in_journal={
            Verb.REGISTER_BANK: DATA,
            Verb.ACCEPT_BANK_CHANGE: (*DATA, "former_names", "former_codes", "succeeded_by", "succeeded_on"),
            Verb.ADMIT: BAR,
            Verb.LEAVE: BAR,
            Verb.RECALCULATE_DUE: BAR,
        },
        checks=(standings_match_qualifications,),
        steps=STEPS,
    ),
    Case(
        model=Qualification,
        search=Search(
            names=("bank__name", "bank__former_names", "bank__former_codes"), codes=("bank__uscc",)
        ),
        sidebar=SidebarEntry(SidebarGroup.REGISTERS, _("Qualifications"), place=20),
        entries={
            Verb.ALLOW_ISSUING: _("allowed issuing"),
        },
        facts_in_journal={
            Verb.CARRY_ON_QUALIFICATION: ("bank",),
            Verb.ADMIT: (
                "bank",
                "effective_from",
                "cancelled_on",
                "letter",
                "takeover_note",
                *ISSUING,
            ),
            Verb.ALLOW_ISSUING: (*ISSUING, "review_file"),
            Verb.LEAVE: ("effective_from", "cancelled_on"),
        },
    ),
    Case(
        model=CardVendor,
        list_offers=(
            Offer(
                register_vendor,
                _("Register a card vendor"),
                (_("Banks can select this vendor in their applications during the tender period."),),
                form=lambda case: VendorForm,
            ),
        ),
        desk=VendorDesk,
        search=Search(names=("name", "tender_number"), codes=("uscc",)),
        sidebar=SidebarEntry(SidebarGroup.REGISTERS, _("Card vendors"), place=40),
        set_up=(
            SetUp(
                45,
                _("Card vendors of the bureau's tender"),
                vendors_of_today,
                _("No bank can complete its application: it names one of these vendors."),
                lambda: list_page(CardVendor),
                _("Card vendors"),
                done_by=(Verb.REGISTER_VENDOR,),
            ),
        ),
        entries={
            Verb.REGISTER_VENDOR: _("registered the card vendor"),
        },
        facts_in_journal={
            Verb.REGISTER_VENDOR: ("name", "uscc", "tender_number", "tender_from", "tender_until")
        },
    ),
)
