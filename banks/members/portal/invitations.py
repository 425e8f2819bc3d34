"""The pages behind the link of an invitation. Whoever comes with it need not be signed in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from banks.members.actions.invitations import (
    NoInvitation,
    accept_invitation,
    accept_with_new_account,
    digest_of,
    invitation_of,
)
from banks.members.forms import NewAccountForm
from banks.members.models import Invitation
from banks.register.access import choose, refusal_shown_in
from zsbank.base.accounts.models import User
from zsbank.base.refusals import Refused

FOLLOWED = "invitation"
"""Where the session keeps the digest of the link that was followed."""
PAGE = "banks/invitation.html"


@require_GET
@never_cache
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address: the session keeps its digest, history and referrers keep nothing.

    The page behind may say where it was called from within the site: its address holds no token, and browsers that
    are to say nothing call their own forms foreign, which the protection against forged forms then refuses.
    """
    request.session[FOLLOWED] = digest_of(token)
    answer = redirect("banks:accept")
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@never_cache
def accept(request: HttpRequest) -> HttpResponse:
    """Say who invites to what; accept with an account that is there, or with a new one. Both ways always stand open.

    Whether somebody with the invited address has an account is told to nobody.
    """
    try:
        invitation = invitation_of(request.session.get(FOLLOWED, ""))
        if isinstance(request.user, User):
            return _as_oneself(request, request.user, invitation)
        return _as_new_person(request, invitation)
    except NoInvitation as nothing:
        return render(request, "banks/invitation_over.html", {"refusal": nothing}, status=404)


def _as_oneself(request: HttpRequest, person: User, invitation: Invitation) -> HttpResponse:
    """Accept with the account one is signed in with, and act for that bank from now on."""
    refusal = None
    if request.method == "POST":
        try:
            member = accept_invitation(digest=invitation.token_sha256, by=person)
        except NoInvitation:
            raise
        except Refused as error:
            refusal = error
        else:
            del request.session[FOLLOWED]
            choose(request, member.bank)
            messages.success(request, _("You act for %(bank)s from now on.") % {"bank": member.bank})
            return redirect("/")
    context = {"invitation": invitation, "refusal": refusal, "bureau": settings.BUREAU_NAME}
    return render(request, PAGE, context)


def _as_new_person(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Accept with a new account; one signs in with it next, as everybody does."""
    form = NewAccountForm(request.POST if request.method == "POST" else None, invitation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusal_shown_in(form, let_through=NoInvitation):
            accept_with_new_account(
                digest=invitation.token_sha256, username=given["username"], password=given["password"]
            )
            del request.session[FOLLOWED]
            messages.success(request, _("Your account is there. Sign in with it."))
            return redirect("account_login")
    context = {"invitation": invitation, "form": form, "bureau": settings.BUREAU_NAME}
    return render(request, PAGE, context)
