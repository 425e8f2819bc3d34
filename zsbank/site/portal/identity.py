"""Views for sign-in with the city's identity service; 404 if none is configured."""

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

from zsbank.base.accounts import actions, identity, sign_in_records
from zsbank.base.accounts.allauth_private import record_authentication
from zsbank.base.refusals import NotAllowed
from zsbank.environment import IdentityService

logger = logging.getLogger(__name__)
REQUESTED_PAGE = "identity_wanted"
"""Session key: the page that was requested before the sign-in."""

OWN_SITES = ("same-origin", "none")
"""Values of Sec-Fetch-Site for a click on our own page or a typed address."""


@require_GET
@never_cache
@rate_limit(action="login", limit_get=True)  # type: ignore[untyped-decorator]
def login(request: HttpRequest) -> HttpResponseBase:
    """Redirect to the identity service; a request from another site leads to the sign-in page first."""
    service = _service_or_404()
    if request.user.is_authenticated:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in OWN_SITES:
        return HttpResponseRedirect(reverse("account_login"))
    try:
        answer = identity.redirect_to_service(
            request, service, settings.SITE_ADDRESS + reverse("portal:identity_callback")
        )
    except identity.Unreachable as problem:
        return _unreachable(request, service, problem)
    request.session[REQUESTED_PAGE] = get_next_redirect_url(request)
    return answer


@require_GET
@never_cache
@rate_limit(action="login", limit_get=True)  # type: ignore[untyped-decorator]
def callback(request: HttpRequest) -> HttpResponseBase:
    """Sign in the person verified by the service, if they have an account; the second factor is still required."""
    service = _service_or_404()
    if request.user.is_authenticated:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    try:
        verified = identity.verify_callback(request, service)
    except identity.Unreachable as problem:
        return _unreachable(request, service, problem)
    except identity.Untrusted:
        logger.warning("the identity service's answer was not believed", exc_info=True)
        return _refused(request, service, "")
    try:
        person = actions.person_of_identity(
            issuer=verified.issuer, subject=verified.subject, claimed=verified.claimed
        )
    except NotAllowed:
        return _refused(request, service, verified.claimed)
    record_authentication(request, person, method="identity_service")
    answer: HttpResponseBase = perform_login(
        request, person, email_verification="none", redirect_url=request.session.pop(REQUESTED_PAGE, None)
    )
    return answer


def _service_or_404() -> IdentityService:
    service = identity.configured_service()
    if service is None:
        raise Http404
    return service


def _refused(request: HttpRequest, service: IdentityService, claimed: str) -> HttpResponse:
    sign_in_records.record_refused_sign_in(named=claimed, address=get_adapter().get_client_ip(request))
    return render(request, "portal/identity.html", {"service": service.name, "refused": True}, status=403)


def _unreachable(request: HttpRequest, service: IdentityService, problem: Exception) -> HttpResponse:
    logger.warning("the identity service did not answer", exc_info=problem)
    return render(request, "portal/identity.html", {"service": service.name, "refused": False}, status=503)
