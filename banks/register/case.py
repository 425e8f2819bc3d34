"""Declaration of banks, qualifications and card vendors: actions, checks and words."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from banks.register.actions import register_bank, register_vendor
from banks.register.desk import BankDesk, VendorDesk
from banks.register.forms import BankForm, VendorForm
from banks.register.models import Bank, CardVendor, Qualification
from banks.register.queries import wrong_standings
from banks.register.states import BARRED, Standing
from banks.register.sweep import STEPS
from banks.register.terms import BankCategory
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import DONE, NOT_BEGUN, STOPPED, WAITING, Shown
from zsbank.base.permissions import Verb


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
        due=(Due("bar_last_day", "bar_period", BARRED, expires=True),),
        list_offers=(
            Offer(
                register_bank,
                _("Register a bank"),
                (
                    _("The bank is added to the register as an applicant."),
                    _("Next, invite its first administrator, who applies in the portal."),
                ),
                form=lambda case: BankForm,
                run=lambda by, case, given: register_bank(
                    **(given | {"category": BankCategory(given["category"])}), by=by
                ),
            ),
        ),
        desk=BankDesk,
        search=Search(names=("name",), codes=("uscc", "license_institution_code")),
        sidebar=SidebarEntry(SidebarGroup.REGISTERS, _("Banks"), place=10),
        entries={
            Verb.REGISTER_BANK: _("registered the bank"),
            Verb.ADMIT: _("granted the bank the qualification"),
            Verb.PUT_UNDER_RECTIFICATION: _("placed the bank under rectification"),
            Verb.END_RECTIFICATION: _("ended the bank's rectification"),
            Verb.LEAVE: _("cancelled the bank's qualification"),
            Verb.LOCK_OUT: _("recorded that the five-year reapplication bar began"),
            Verb.RELEASE: _("recorded that the five-year reapplication bar ended"),
            Verb.DEMAND_SECOND_FACTOR: _("changed whether a second factor is required"),
        },
        checks=(standings_match_qualifications,),
        steps=STEPS,
    ),
    Case(
        model=Qualification,
        search=Search(names=("bank__name",), codes=("bank__uscc",)),
        sidebar=SidebarEntry(SidebarGroup.REGISTERS, _("Qualifications"), place=20),
        entries={
            Verb.ALLOW_ISSUING: _("allowed issuing"),
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
        entries={
            Verb.REGISTER_VENDOR: _("registered the card vendor"),
        },
    ),
)
