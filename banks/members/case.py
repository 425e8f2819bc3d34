"""Declaration of members: actions, work items about banks that cannot be reached, menu and words."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from banks.members.actions.keeping import record_told
from banks.members.desk import BankWithPeopleDesk
from banks.members.models import KeptMessage, Member
from banks.members.offers import OFFERS
from banks.members.queries import Untold, banks_to_be_told, letters_to_be_served
from banks.members.sweep import STEPS
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.pages import MenuEntry
from zsbank.base.cases.urls import case_page
from zsbank.base.cases.work import Waiting
from zsbank.base.letters.actions import record_service
from zsbank.base.letters.models import Letter
from zsbank.base.permissions import Verb


def _due(untold: Untold) -> dt.date | None:
    return min((row.due for row in untold.messages if row.due), default=None)


def _what(untold: Untold) -> str:
    """Return what the bank does not know."""
    return "；".join(dict.fromkeys(row.heading for row in untold.messages))


def _letter_of(row: KeptMessage) -> Letter:
    """Return the letter of a message about one."""
    if row.letter is None:
        raise LookupError("the message is about no letter")
    return row.letter


CASES = (
    Case(
        model=Bank,
        offers=OFFERS,
        desk=BankWithPeopleDesk,
        waiting=(
            Waiting(
                record_told,
                _("Nobody at the bank can be reached: invite its people, or tell it another way"),
                rows=lambda by: banks_to_be_told(),
                name=lambda untold: str(untold.bank),
                about=_what,
                due=_due,
                since=lambda untold: clock.local_day(untold.messages[0].at),
                address=lambda untold: case_page(untold.bank),
                when=lambda row: isinstance(row, Untold),
            ),
        ),
        entries={Verb.RECORD_TOLD: _("recorded that the bank was told another way")},
        labels={"messages": _("messages")},
    ),
    Case(
        model=Letter,
        waiting=(
            Waiting(
                record_service,
                _("Nobody at the bank can be reached: invite its people, or serve the letter another way"),
                rows=lambda by: letters_to_be_served(),
                name=lambda row: str(row.bank),
                about=lambda row: f"{row.letter} {_letter_of(row).title}",
                due=lambda row: row.due,
                since=lambda row: clock.local_day(row.at),
                address=lambda row: case_page(_letter_of(row)),
                when=lambda row: isinstance(row, KeptMessage),
            ),
        ),
    ),
    Case(
        model=Member,
        steps=STEPS,
        menu=(MenuEntry("banks:members", _("Members"), place=70),),
        entries={
            Verb.ADD_MEMBER: _("added the person as a member of the bank"),
            Verb.INVITE_MEMBER: _("invited the person to act for the bank"),
            Verb.RENEW_INVITATION: _("resent the invitation"),
            Verb.WITHDRAW_INVITATION: _("withdrew the invitation"),
            Verb.ACCEPT_INVITATION: _("accepted the invitation to act for the bank"),
            Verb.CHANGE_MEMBER_ROLE: _("changed the person's role at the bank"),
            Verb.REMOVE_MEMBER: _("removed the person from the bank"),
        },
    ),
)
