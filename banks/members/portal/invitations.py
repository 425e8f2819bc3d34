"""Pages behind the link of an invitation; signing in is not required."""

from collections.abc import Mapping
from typing import Any

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from banks.members.models import Invitation, Member
from banks.register.access import choose
from banks.register.forms import ConfirmForm
from zsbank.base.accounts.allauth_private import record_authentication
from zsbank.base.accounts.models import User
from zsbank.base.pages.submitted_form import carry_out

FOLLOWED = "invitation"
"""Session key of the followed link's digest."""
PAGE = "banks/invitation.html"


@require_GET
@never_cache
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Store the token's digest in the session and redirect, so that history and referrers do not hold the token.

    The next page has no `no-referrer` policy: its address holds no token, and without a referrer the CSRF check would
    reject its form.
    """
    request.session[FOLLOWED] = digest_of(token)
    answer = redirect("banks:accept")
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@never_cache
def accept(request: HttpRequest) -> HttpResponse:
    """Show an invitation and accept it with an existing or a new account.

    Both ways are always offered, so that the page does not disclose whether the invited address has an account.
    """
    try:
        invitation = invitation_of(request.session.get(FOLLOWED, ""))
        if isinstance(request.user, User):
            return _accept_signed_in(request, request.user, invitation)
        return _accept_with_new_account(request, invitation)
    except NoInvitation as nothing:
        return render(request, "banks/invitation_over.html", {"refusal": nothing}, status=404)


def _sign_in(request: HttpRequest, member: Member) -> HttpResponse:
    """Sign in the person who has just chosen a password, through the same stages as the sign-in page."""
    record_authentication(request, member.user, method="password", username=member.user.username)
    answer: HttpResponse = perform_login(
        request, member.user, email_verification="none", redirect_url=reverse("portal:home")
    )
    return answer


def _accept_signed_in(request: HttpRequest, person: User, invitation: Invitation) -> HttpResponse:
    """Accept with the account that is signed in, and act for that bank from now on."""

    def accepted(given: Mapping[str, Any]) -> Member:
        member = accept_invitation(invitation=invitation, digest=invitation.token_sha256, by=person)
        del request.session[FOLLOWED]
        choose(request, member.bank)
        return member

    form = ConfirmForm(request.POST if request.method == "POST" else None)
    done = carry_out(
        request,
        form,
        accepted,
        to=lambda member: reverse("portal:home"),
        done=lambda member: _("You now act for %(bank)s.") % {"bank": member.bank},
        let_through=NoInvitation,
    )
    refusals = form.non_field_errors()
    context = {
        "invitation": invitation,
        "refusal": refusals[0] if refusals else None,
    }
    return done or render(request, PAGE, context | {"bureau": settings.BUREAU_NAME})


def _accept_with_new_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Accept with a new account, and sign in with it."""
    form = NewAccountForm(request.POST if request.method == "POST" else None, invitation)
    entered: list[Member] = []

    def accepted(given: Mapping[str, Any]) -> Member:
        member = accept_with_new_account(
            invitation=invitation,
            digest=invitation.token_sha256,
            username=given["username"],
            password=given["password"],
        )
        del request.session[FOLLOWED]
        entered.append(member)
        return member

    done = carry_out(
        request,
        form,
        accepted,
        to=lambda member: reverse("portal:home"),
        done=lambda member: (
            _("Your account has been created. You now act for %(bank)s.") % {"bank": member.bank}
        ),
        let_through=NoInvitation,
    )
    if done and entered:
        return _sign_in(request, entered[0])
    context = {"invitation": invitation, "form": form, "bureau": settings.BUREAU_NAME}
    return done or render(request, PAGE, context)
