"""Pages of a bank's people: who acts for it, who is invited, what role each has."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from banks.members.actions import invitations
from banks.members.actions import members as member_actions
from banks.members.actions.invitations import invite_member
from banks.members.actions.members import change_member_role
from banks.members.forms import InvitationForm, RoleForm, SecondFactorForm
from banks.members.models import Invitation, Member
from banks.members.queries import open_invitations
from banks.register.access import MemberRequest, for_members, own_or_404, refusal_shown_in
from banks.register.actions import demand_second_factor
from banks.register.forms import ConfirmForm
from banks.register.models import Bank
from banks.register.rules import roles_for
from zsbank.base.accounts import refused
from zsbank.base.accounts.rules import may
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused
from zsbank.base.roles import Role

ROOM = "banks:members"


@require_http_methods(["GET", "POST"])
@for_members
def members(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Who acts for the bank, and who is asked to; its administrator invites a colleague."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusal_shown_in(form):
            invite_member(bank=bank, **(given | {"role": Role(given["role"])}), by=request.user)
            messages.success(
                request, _("%(person)s is invited. The mail is on its way.") % {"person": given["name"]}
            )
            return redirect(ROOM)
    may_change = may(roles_for(request.user, bank), Verb.INVITE_MEMBER).allowed
    context = {
        "bank": bank,
        "form": form,
        "members": bank.members.filter(left_on=None).select_related("user").order_by("pk"),
        "invitations": open_invitations(bank) if may_change else [],
        "may_change": may_change,
        "room": ROOM,
    }
    return render(request, "banks/members.html", context)


@require_POST
@for_members
def second_factor(request: MemberRequest, bank: Bank) -> HttpResponse:
    """The administrator demands a second factor of the bank's people, or no longer does."""
    form = SecondFactorForm(request.POST)
    if form.is_valid():
        with refusal_shown_in(form):
            demand_second_factor(bank=bank, demanded=form.cleaned_data["demanded"], by=request.user)
            messages.success(request, _("It holds from everybody's next page on."))
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect(ROOM)


@require_http_methods(["GET", "POST"])
@for_members
def change_role(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Give a colleague the other role."""
    member = _acting(bank, pk)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": member.role})
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            changed = change_member_role(member=member, role=Role(form.cleaned_data["role"]), by=request.user)
            said = {"person": member.user, "role": changed.get_role_display()}
            messages.success(request, _("%(person)s is now: %(role)s.") % said)
            return redirect(ROOM)
    context = {"bank": bank, "form": form, "member": member, "room": ROOM}
    return render(request, "banks/change_role.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def remove_member(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask once, then end a colleague's acting for the bank."""
    member = _acting(bank, pk)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            member_actions.remove_member(member=member, by=request.user)
            messages.success(request, _("%(person)s no longer acts for the bank.") % {"person": member.user})
            return redirect(ROOM)
    context = {"bank": bank, "form": form, "member": member, "room": ROOM}
    return render(request, "banks/remove_member.html", context)


@require_POST
@for_members
def renew_invitation(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Send an invitation anew."""
    invitation = own_or_404(Invitation.objects.all(), bank, pk)
    try:
        invitations.renew_invitation(invitation=invitation, by=request.user)
    except Refused as refusal:
        refused.note(refusal)
        messages.error(request, str(refusal))
    else:
        told = _("%(person)s gets a new link; the old one no longer works.") % {"person": invitation.name}
        messages.success(request, told)
    return redirect(ROOM)


@require_http_methods(["GET", "POST"])
@for_members
def withdraw_invitation(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask once, then withdraw an invitation."""
    invitation = own_or_404(open_invitations(bank), bank, pk)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            invitations.withdraw_invitation(invitation=invitation, by=request.user)
            told = _("The invitation of %(person)s is withdrawn.") % {"person": invitation.name}
            messages.success(request, told)
            return redirect(ROOM)
    context = {"bank": bank, "form": form, "invitation": invitation, "room": ROOM}
    return render(request, "banks/withdraw_invitation.html", context)


def _acting(bank: Bank, pk: int) -> Member:
    return own_or_404(Member.objects.select_related("user").filter(left_on=None), bank, pk)
