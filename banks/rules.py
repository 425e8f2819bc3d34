"""Who may act for which bank, and what a bank may do where it stands."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from banks.models import Bank, Invitation, Member, PriorNotice, Qualification
from banks.states import BARRED, IN_FORCE
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may, staff_roles
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import YES, NotAllowed, Verdict
from zsbank.base.roles import Role


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


def acting_administrators(bank: Bank) -> QuerySet[Member]:
    """A bank's administrators as of now; those whose account has ended do not act."""
    return bank.members.filter(role=Role.BANK_ADMINISTRATOR, left_on=None, user__is_active=True)


def may_invite(user: User, bank: Bank, role: Role) -> Verdict:
    """Whether a person may invite: a bank's administrator anybody, the bureau the bank's first administrator only."""
    verdict = _for_the_bank(user, bank, Verb.INVITE_MEMBER)
    if verdict and role != Role.BANK_ADMINISTRATOR and not _is_administrator(user, bank):
        return Verdict.no(
            "not_first",
            _("The bureau invites a bank's first administrator. That person invites the colleagues."),
        )
    return verdict


def may_handle(user: User, invitation: Invitation, verb: Verb) -> Verdict:
    """Whether a person may renew or withdraw an invitation: as it is with inviting."""
    if verb == Verb.RENEW_INVITATION:
        return may_invite(user, invitation.bank, Role(invitation.role))
    return _for_the_bank(user, invitation.bank, verb)


def may_remove(user: User, member: Member) -> Verdict:
    """Whether a person may end somebody's acting: the bank keeps an administrator unless the bureau ends that one."""
    verdict = may(roles_for(user, member.bank), Verb.REMOVE_MEMBER)
    others = acting_administrators(member.bank).exclude(pk=member.pk)
    is_last = member.role == Role.BANK_ADMINISTRATOR and not others.exists()
    if verdict and is_last and _is_administrator(user, member.bank):
        return Verdict.no(
            "last_administrator",
            _(
                "This is the bank's last administrator. Make a colleague administrator first, or ask the bureau."
            ),
        )
    return verdict


def _is_administrator(user: User, bank: Bank) -> bool:
    return acting_administrators(bank).filter(user=user).exists()


def _for_the_bank(user: User, bank: Bank, verb: Verb) -> Verdict:
    verdict = may(roles_for(user, bank), verb)
    if verdict and not _is_administrator(user, bank) and acting_administrators(bank).exists():
        return Verdict.no(
            "has_administrator",
            _("The bank has an administrator. That person invites the colleagues and removes them."),
        )
    return verdict


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
