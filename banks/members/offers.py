"""Actions on members that the desk offers."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from banks.members.actions.invitations import invite_member, renew_invitation, withdraw_invitation
from banks.members.actions.keeping import record_told
from banks.members.actions.members import remove_member
from banks.members.forms import FirstAdministratorForm, ToldForm, invitation_form, member_form
from banks.members.queries import open_invitations
from banks.members.rules import acting_administrators, unsettled
from banks.register.models import Bank
from zsbank.base.cases.offers import Offer
from zsbank.base.roles import Role


def _lacks_administrator(bank: Bank) -> bool:
    return not acting_administrators(bank).exists()


def _needs_invitation(bank: Bank) -> bool:
    """Whether the bank has neither an administrator nor an open invitation for one."""
    asked = open_invitations(bank).filter(role=Role.BANK_ADMINISTRATOR)
    return _lacks_administrator(bank) and not asked.exists()


def _has_invitation_only(bank: Bank) -> bool:
    """Whether the bank has an open invitation and no administrator who could manage it."""
    return _lacks_administrator(bank) and open_invitations(bank).exists()


OFFERS: tuple[Offer, ...] = (
    Offer(
        invite_member,
        _("Invite the first administrator"),
        (
            format_lazy(
                _(
                    "The person receives an e-mail with a link; it can be used once and expires after "
                    "{days} days."
                ),
                days=settings.INVITATION_DAYS,
            ),
            _("The person chooses a sign-in name and password, or accepts with an existing account."),
            _("After that, they invite the other members of the bank."),
        ),
        form=lambda bank: FirstAdministratorForm,
        run=lambda by, bank, given: invite_member(bank=bank, **given, role=Role.BANK_ADMINISTRATOR, by=by),
        when=_needs_invitation,
    ),
    Offer(
        renew_invitation,
        _("Resend the invitation"),
        (_("The person receives a new link with a new validity period; the old link no longer works."),),
        form=invitation_form,
        row=lambda bank: None,
        run=lambda by, bank, given: renew_invitation(**given, by=by),
        when=lambda bank: _lacks_administrator(bank) and not _needs_invitation(bank),
    ),
    Offer(
        withdraw_invitation,
        _("Withdraw the invitation"),
        (_("The link no longer works. You can invite someone else."),),
        form=invitation_form,
        row=lambda bank: None,
        run=lambda by, bank, given: withdraw_invitation(**given, by=by),
        aside=True,
        when=_has_invitation_only,
    ),
    Offer(
        record_told,
        _("Record that the bank was told another way"),
        (
            _("What reached nobody is settled with today's date; the bank reads how it was told."),
            _("Letters stay on the work list until somebody of the bank gets them or they are served."),
        ),
        form=lambda bank: ToldForm,
        notes=lambda bank: [row.heading for row in unsettled().filter(bank=bank, letter=None)],
        aside=True,
    ),
    Offer(
        remove_member,
        _("Remove a member of the bank"),
        (
            _("This person loses access to the bank immediately."),
            _("Their past actions stay on record under their name."),
            _("If this was the last administrator, invite another one next."),
        ),
        form=member_form,
        row=lambda bank: None,
        run=lambda by, bank, given: remove_member(**given, by=by),
        aside=True,
        when=lambda bank: bank.members.filter(left_on=None).exists(),
    ),
)
