"""The desk's own site: one way in, one way out, one page for passwords, and only registers of this program."""

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
    """The admin as officers use it."""

    def register(
        self,
        model_or_iterable: ModelBase | Iterable[ModelBase],
        admin_class: type[Any] | None = None,
        **options: Any,
    ) -> None:
        """Register a `CaseDesk`; what libraries bring along has no actions and no journal, and is left out."""
        if admin_class is not None and issubclass(admin_class, CaseDesk):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the sign-in page with its second factor and its rate limits."""
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        """Lead to the page where a change of the password is limited, journalled and told."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign out as everywhere else, so that it is journalled."""
        answer: HttpResponse = logout(request)
        return answer
