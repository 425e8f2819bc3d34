"""The desk's admin site: sign-in, sign-out and passwords as in the portal, and only models of this program."""

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.views import logout
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.sites import UnfoldAdminSite

from zsbank.base.pages.case_desk import CaseDesk


class DeskSite(UnfoldAdminSite):  # type: ignore[misc]
    """The admin site as officers use it."""

    def register(
        self,
        model_or_iterable: ModelBase | Iterable[ModelBase],
        admin_class: type[Any] | None = None,
        **options: Any,
    ) -> None:
        """Register a `CaseDesk`; admin classes of libraries have no actions and no journal, and are ignored."""
        if admin_class is not None and issubclass(admin_class, CaseDesk):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect to the sign-in page, with second factor and rate limits."""
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        """Redirect to the page where a change of the password is limited, recorded and notified."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign out as in the portal, so that it is recorded."""
        answer: HttpResponse = logout(request)
        return answer
