"""Portal pages of a bank's members: list, invitations, roles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from banks.members.actions import invitations
from banks.members.actions import members as member_actions
from banks.members.actions.invitations import invite_member
from banks.members.actions.members import change_member_role
from banks.members.forms import InvitationForm, RoleForm, SecondFactorForm
from banks.members.models import Invitation, Member
from banks.members.queries import open_invitations
from banks.members.terms import duties
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.actions import demand_second_factor
from banks.register.forms import ConfirmForm
from banks.register.models import Bank
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.roles import Role

ROOM = "banks:members"


def _members_page(row: object) -> str:
    """Return the address to which every action on members leads back."""
    return reverse(ROOM)


@require_http_methods(["GET", "POST"])
@for_members
def members(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List members and open invitations; POST invites a colleague."""
    form = InvitationForm(request.POST or None)
    invited = carry_out(
        request,
        form,
        lambda given: invite_member(bank=bank, **(given | {"role": Role(given["role"])}), by=request.user),
        to=_members_page,
        done=lambda row: (
            _("%(person)s has been invited. The e-mail will be sent shortly.") % {"person": row.name}
        ),
    )
    if invited:
        return invited
    may_change = invite_member.is_held(request.user, bank)
    context = {
        "bank": bank,
        "form": form,
        "members": bank.members.filter(left_on=None).select_related("user").order_by("pk"),
        "invitations": open_invitations(bank) if may_change else [],
        "may_change": may_change,
        "duties": duties() if may_change else [],
        "room": ROOM,
    }
    return render(request, "banks/members.html", context)


@require_POST
@for_members
def second_factor(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Require a second factor from the bank's members, or stop requiring it."""
    form = SecondFactorForm(request.POST)
    changed = carry_out(
        request,
        form,
        lambda given: demand_second_factor(bank=bank, demanded=given["demanded"], by=request.user),
        to=_members_page,
        done=lambda row: _("The change takes effect when each member opens their next page."),
    )
    return changed or _back_with_errors(request, form)


@require_http_methods(["GET", "POST"])
@for_members
def change_role(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Give a colleague the other role."""
    member = _acting(bank, pk)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": member.role})
    changed = carry_out(
        request,
        form,
        lambda given: change_member_role(member=member, role=Role(given["role"]), by=request.user),
        to=_members_page,
        done=lambda row: (
            _("The role of %(person)s is now: %(role)s.")
            % {"person": member.user, "role": row.get_role_display()}
        ),
    )
    context = {"bank": bank, "form": form, "member": member, "duties": duties(), "room": ROOM}
    return changed or render(request, "banks/change_role.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def remove_member(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask for confirmation, then remove a member."""
    member = _acting(bank, pk)
    form = ConfirmForm(request.POST or None)
    removed = carry_out(
        request,
        form,
        lambda given: member_actions.remove_member(member=member, by=request.user),
        to=_members_page,
        done=lambda row: _("%(person)s no longer acts for the bank.") % {"person": member.user},
    )
    context = {"bank": bank, "form": form, "member": member, "room": ROOM}
    return removed or render(request, "banks/remove_member.html", context)


@require_POST
@for_members
def renew_invitation(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Resend an invitation."""
    invitation = own_or_404(Invitation.objects.all(), bank, pk)
    form = ConfirmForm(request.POST)
    renewed = carry_out(
        request,
        form,
        lambda given: invitations.renew_invitation(invitation=invitation, by=request.user),
        to=_members_page,
        done=lambda row: (
            _("A new link has been sent to %(person)s; the old link no longer works.") % {"person": row.name}
        ),
    )
    return renewed or _back_with_errors(request, form)


@require_http_methods(["GET", "POST"])
@for_members
def withdraw_invitation(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask for confirmation, then withdraw an invitation."""
    invitation = own_or_404(open_invitations(bank), bank, pk)
    form = ConfirmForm(request.POST or None)
    withdrawn = carry_out(
        request,
        form,
        lambda given: invitations.withdraw_invitation(invitation=invitation, by=request.user),
        to=_members_page,
        done=lambda row: _("The invitation of %(person)s has been withdrawn.") % {"person": row.name},
    )
    context = {"bank": bank, "form": form, "invitation": invitation, "room": ROOM}
    return withdrawn or render(request, "banks/withdraw_invitation.html", context)


def _acting(bank: Bank, pk: int) -> Member:
    return own_or_404(Member.objects.select_related("user").filter(left_on=None), bank, pk)


def _back_with_errors(request: MemberRequest, form: SecondFactorForm | ConfirmForm) -> HttpResponse:
    """Redirect to the list with the errors of a form that has no page of its own."""
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect(ROOM)
