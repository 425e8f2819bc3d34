"""Declaration of letters on paper, and what a takeover records of banks and qualifications."""

from django.utils.translation import gettext_lazy as _

from banks.papers.desk import PaperLetterDesk
from banks.papers.models import PaperLetter
from banks.papers.queries import rests_on
from banks.register.models import Bank, Qualification
from zsbank.base.cases.case import Case
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.permissions import Verb

DATA = ("name", "uscc", "category", "license_institution_code", "address")
BAR = ("bar_last_day", "may_apply_from", "bar_period")
ISSUING = ("issuing_from", "review_approval_number", "review_approval_date")

CASES = (
    Case(
        model=Bank,
        entries={
            Verb.TAKE_OVER_BANK: _("took over the bank"),
            Verb.TAKE_OVER_QUALIFICATION: _("took over the bank's qualification from paper"),
            Verb.TAKE_OVER_END: _("took over the cancellation of the bank's qualification from paper"),
            Verb.TAKE_OVER_READMISSION: _(
                "recorded that the bank was admitted again on paper while its bar ran"
            ),
            Verb.TAKE_OVER_OUTLETS: _("took over the bank's outlets"),
            Verb.TAKE_OVER_MEMBER: _("invited the person with the takeover of the bank"),
        },
        facts_in_journal={
            Verb.TAKE_OVER_BANK: (*DATA, "taken_over_on"),
            Verb.TAKE_OVER_QUALIFICATION: BAR,
            Verb.TAKE_OVER_END: BAR,
        },
        labels={"changed": _("changed")},
    ),
    Case(
        model=Qualification,
        related=(rests_on,),
        facts_in_journal={
            Verb.TAKE_OVER_QUALIFICATION: (
                "bank",
                "effective_from",
                "cancelled_on",
                "letter",
                "takeover_note",
                "paper",
                *ISSUING,
            ),
            Verb.TAKE_OVER_END: ("effective_from", "cancelled_on"),
        },
    ),
    Case(
        model=PaperLetter,
        desk=PaperLetterDesk,
        seen_with=Verb.SEE_LETTERS,
        search=Search(names=("number", "bank__name", "bank__former_names"), codes=("bank__uscc",)),
        sidebar=SidebarEntry(SidebarGroup.REGISTERS, _("Letters on paper"), place=50),
        entries={Verb.TAKE_OVER_LETTER: _("took over a letter on paper")},
        facts_in_journal={
            Verb.TAKE_OVER_LETTER: (
                "bank",
                "kind",
                "number",
                "date",
                "signer",
                "file",
                "taken_over_on",
                "takeover_number",
            )
        },
    ),
)
