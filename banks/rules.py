"""Who may act for which bank, and what a bank may do where it stands."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils.translation import gettext as _

from banks.models import Bank, Member, PriorNotice, Qualification
from banks.states import BARRED, IN_FORCE
from zsbank.accounts.models import User
from zsbank.accounts.permissions import Verb
from zsbank.accounts.roles import Role
from zsbank.accounts.rules import may, staff_roles
from zsbank.calendar import clock
from zsbank.refusals import YES, NotAllowed, Verdict


def roles_for(user: User | AnonymousUser, bank: Bank | None) -> frozenset[Role]:
    """The roles a person holds where this bank is concerned: those at the bureau, and those at the bank."""
    roles = staff_roles(user)
    if bank is None or not isinstance(user, User) or not user.is_active:
        return roles
    own = Member.objects.filter(user=user, bank=bank, left_on=None).values_list("role", flat=True)
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


def may_state(notice: PriorNotice) -> Verdict:
    """Whether the bank may state its case now: told, not stated yet, and the last day not over."""
    if notice.stated_at is not None:
        return Verdict.no("stated", _("The bank has stated its case already."))
    if clock.today() > notice.due_date:
        return Verdict.no(
            "late", _("The time to state the case ended on %(day)s.") % {"day": notice.due_date}
        )
    return YES


def may_answer(user: User, notice: PriorNotice) -> Verdict:
    """Whether this person may answer: something is stated, not answered yet, and not by themselves."""
    if notice.stated_at is None:
        return Verdict.no("not_stated", _("The bank has stated nothing."))
    if notice.answered_at is not None:
        return Verdict.no("answered", _("The statement is answered already."))
    if notice.stated_by_id == user.pk:
        return Verdict.no("four_eyes", _("You stated this for the bank; another person answers."))
    return YES


def was_heard(case: Model) -> Verdict:
    """Whether an adverse decision on a case may be taken: the bank was told, and heard or silent until the last day."""
    notice = PriorNotice.objects.filter(case_type=case._meta.label_lower, case_id=case.pk).first()
    if notice is None:
        return Verdict.no("not_told", _("The bank was not told beforehand; it could not state its case."))
    if notice.stated_at is not None and notice.answered_at is None:
        return Verdict.no("not_answered", _("The bank has stated its case. Check and answer it first."))
    if notice.stated_at is None and clock.today() <= notice.due_date:
        return Verdict.no(
            "not_over",
            _("The bank may state its case until %(day)s; decide after it.") % {"day": notice.due_date},
        )
    return YES
