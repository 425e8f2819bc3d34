"""Who may act for which bank, and what a bank may do where it stands."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from banks.register.models import Bank, Qualification
from banks.register.states import BARRED, IN_FORCE
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may, staff_roles
from zsbank.base.permissions import Verb
from zsbank.base.refusals import YES, NotAllowed, Verdict
from zsbank.base.roles import Role


def roles_for(user: User | AnonymousUser, bank: Bank | None) -> frozenset[Role]:
    """The roles a person holds where this bank is concerned: those at the bureau, and those at the bank."""
    roles = staff_roles(user)
    if bank is None or not isinstance(user, User) or not user.is_active:
        return roles
    own = bank.members.filter(user=user, left_on=None).values_list("role", flat=True)
    return roles | {Role(role) for role in own}


def require(user: User, verb: Verb, *, bank: Bank | None = None) -> None:
    """Raise NotAllowed unless the person holds the verb at the bureau or at this bank."""
    may(roles_for(user, bank), verb).require(NotAllowed)


def may_apply(bank: Bank, *, on: dt.date) -> Verdict:
    """Whether the bank may apply on a day: not while it is qualified, not within the five years (exit （四）)."""
    if bank.standing in IN_FORCE:
        return Verdict.no(
            "qualified", _("The bank holds the qualification already; there is nothing to apply for.")
        )
    if bank.standing in BARRED and bank.may_apply_from and bank.bar_last_day and on < bank.may_apply_from:
        return Verdict.no(
            "barred",
            _("The bank may not apply before %(first_day)s: the five-year bar runs until %(last_day)s.")
            % {"first_day": bank.may_apply_from.isoformat(), "last_day": bank.bar_last_day.isoformat()},
        )
    return YES


def qualification_in_force(bank: Bank) -> Qualification | None:
    """The bank's qualification that is not cancelled."""
    return bank.qualifications.filter(cancelled_on=None).first()


def may_allow_issuing(qualification: Qualification) -> Verdict:
    """Whether issuing can be allowed (criterion 8): the qualification is in force, and it was not allowed before."""
    if qualification.cancelled_on is not None:
        return Verdict.no("cancelled", _("The qualification is cancelled."))
    if qualification.issuing_from is not None:
        return Verdict.no("allowed", _("Issuing is allowed already."))
    return YES
