"""The desk's admin site: sign-in, sign-out and passwords as in the portal, and only models of this program."""

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.views import logout
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.sites import UnfoldAdminSite

from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.finding import Found, find_everywhere, query_of


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

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the results of a search; the palette requests them without the surrounding page."""
        query = query_of(request)
        context = self.each_context(request) | {"title": _("Search"), "query": query}
        context["found"] = find_everywhere(self, request, query, _pages(context["sidebar_navigation"]))
        bare = request.headers.get("X-Palette") == "1"
        return TemplateResponse(request, "admin/found.html" if bare else "admin/search.html", context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect to the sign-in page, with second factor and rate limits."""
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        """Redirect to the page where a change of the password is limited, recorded and notified."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        """Redirect to the same page; the one of the library is led to by nothing."""
        return self.password_change(request, extra_context)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign out as in the portal, so that it is recorded."""
        answer: HttpResponse = logout(request)
        return answer


def _pages(navigation: Iterable[dict[str, Any]]) -> Iterable[Found]:
    """Yield the pages of the sidebar."""
    for group in navigation:
        for item in group["items"]:
            yield Found(str(item["title"]), str(group["title"]), str(item["link"]))
