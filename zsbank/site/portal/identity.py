"""The two addresses of signing in with the city's identity service; both do not exist where none is set."""

import logging

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.decorators import rate_limit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zsbank.base.accounts import actions, identity
from zsbank.base.accounts.allauth_private import record_authentication
from zsbank.base.refusals import NotAllowed
from zsbank.environment import IdentityService

logger = logging.getLogger(__name__)
WANTED = "identity_wanted"
"""Where in the session the page stands that somebody wanted when they were asked to sign in."""

OWN_CLICK = ("same-origin", "none")
"""What a browser says of a step that a person took on one of our pages, or by typing the address."""


@require_GET
@never_cache
@rate_limit(action="login", limit_get=True)  # type: ignore[untyped-decorator]
def login(request: HttpRequest) -> HttpResponseBase:
    """Lead to the identity service who presses the button here; whoever another site sends is asked to press it."""
    asked = _service()
    if request.user.is_authenticated:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in OWN_CLICK:
        return HttpResponseRedirect(reverse("account_login"))
    try:
        answer = identity.redirect_to_service(
            request, asked, settings.SITE_ADDRESS + reverse("portal:identity_callback")
        )
    except identity.Unreachable as problem:
        return _unreachable(request, asked, problem)
    request.session[WANTED] = get_next_redirect_url(request)
    return answer


@require_GET
@never_cache
@rate_limit(action="login", limit_get=True)  # type: ignore[untyped-decorator]
def callback(request: HttpRequest) -> HttpResponseBase:
    """Let in whom the service vouches for and who has an account here; a second factor is asked for as ever."""
    asked = _service()
    if request.user.is_authenticated:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    try:
        proven = identity.verify_callback(request, asked)
    except identity.Unreachable as problem:
        return _unreachable(request, asked, problem)
    except identity.Untrusted:
        logger.warning("the identity service's answer was not believed", exc_info=True)
        return _refused(request, asked, "")
    try:
        person = actions.person_of_identity(
            issuer=proven.issuer, subject=proven.subject, claimed=proven.claimed
        )
    except NotAllowed:
        return _refused(request, asked, proven.claimed)
    record_authentication(request, person, method="identity_service")
    answer: HttpResponseBase = perform_login(
        request, person, email_verification="none", redirect_url=request.session.pop(WANTED, None)
    )
    return answer


def _service() -> IdentityService:
    asked = identity.configured_service()
    if asked is None:
        raise Http404
    return asked


def _refused(request: HttpRequest, asked: IdentityService, claimed: str) -> HttpResponse:
    actions.record_refused_sign_in(named=claimed, address=get_adapter().get_client_ip(request))
    return render(request, "portal/identity.html", {"service": asked.name, "refused": True}, status=403)


def _unreachable(request: HttpRequest, asked: IdentityService, problem: Exception) -> HttpResponse:
    logger.warning("the identity service did not answer", exc_info=problem)
    return render(request, "portal/identity.html", {"service": asked.name, "refused": False}, status=503)
