"""Declaration of members: actions, menu and words."""

from django.utils.translation import gettext_lazy as _

from banks.members.desk import BankWithPeopleDesk
from banks.members.models import Member
from banks.members.offers import OFFERS
from banks.register.models import Bank
from zsbank.base.cases.case import Case
from zsbank.base.cases.pages import MenuEntry
from zsbank.base.permissions import Verb

CASES = (
    Case(model=Bank, offers=OFFERS, desk=BankWithPeopleDesk),
    Case(
        model=Member,
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
