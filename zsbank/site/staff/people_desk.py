"""People of the bureau at the desk, and the permission table."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may, staff_roles
from zsbank.base.journal import words
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.contacts import masked
from zsbank.base.permissions import REAUTH_VERBS, Verb
from zsbank.base.roles import STAFF_ROLES, Role


class PersonDesk(CaseDesk):
    """The people of the bureau and their roles. Bank users are managed by their bank."""

    list_display = ("name", "username", "roles", "second_factor", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    facts: ClassVar[tuple[str, ...]] = (
        "name",
        "username",
        "email",
        "office_phone",
        "roles",
        "second_factor",
        "is_active",
        "last_login",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return people who hold or held a role at the bureau."""
        rows: QuerySet[User] = super().get_queryset(request)
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        with_factor = rows.filter(memberships=None).annotate(has_factor=Exists(factors))
        return with_factor.prefetch_related("groups")

    @admin.display(description=gettext_lazy("Second factor"), boolean=True)
    def second_factor(self, person: User) -> bool:
        """Return whether the person has a second factor."""
        return bool(getattr(person, "has_factor", False))

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """Return the columns, with unmasked sign-in names for people who may see them."""
        return [*self._as_seen(request, self.list_display)]

    def also_searched(self, request: HttpRequest) -> tuple[str, ...]:
        """Search by sign-in name only for people who may see it: a search would reveal it letter by letter."""
        return ("username",) if staff_may(request.user, Verb.SEE_CONTACTS) else ()

    def facts_for(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the facts, with unmasked sign-in name and e-mail address for people who may see them."""
        return tuple(self._as_seen(request, self.facts))

    def _as_seen(self, request: HttpRequest, names: Iterable[str]) -> Iterator[str]:
        whole = staff_may(request.user, Verb.SEE_CONTACTS)
        masks = {
            "username": "masked_username",
            "email": "masked_email",
            "office_phone": "masked_office_phone",
        }
        yield from (name if whole else masks.get(name, name) for name in names)

    @admin.display(description=gettext_lazy("Sign-in name"))
    def masked_username(self, person: User) -> str:
        """Return the masked sign-in name."""
        return masked(person.username)

    @admin.display(description=gettext_lazy("E-mail"))
    def masked_email(self, person: User) -> str:
        """Return the masked e-mail address."""
        return masked(person.email) if person.email else ""

    @admin.display(description=gettext_lazy("Office phone"))
    def masked_office_phone(self, person: User) -> str:
        """Return the masked office phone."""
        return masked(person.office_phone) if person.office_phone else ""

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, person: User) -> str:
        """Return the person's roles."""
        names = {group.name for group in person.groups.all()}
        return "、".join(str(role.label) for role in Role if role.value in names)

    def heading(self, case: Any) -> str:
        """Return the name of the list."""
        return str(self.opts.verbose_name)

    def get_urls(self) -> list[URLPattern]:
        """Add the URL of the permission table."""
        view = self.admin_site.admin_view(self.roles_view)
        return [path("roles/", view, name="accounts_user_roles"), *super().get_urls()]

    def roles_view(self, request: HttpRequest) -> HttpResponse:
        """Show the permission table to everybody with a role.

        Raises:
            PermissionDenied: the person has no role at the bureau.
        """
        if not staff_roles(request.user):
            raise PermissionDenied
        rows = [
            (words.verb_in_words(verb), verb in REAUTH_VERBS, [role in verb.roles for role in Role])
            for verb in Verb
            if verb.roles
        ]
        roles = [(role.label, role in STAFF_ROLES) for role in Role]
        context = self.page_context(request, _("Permissions by role")) | {"rows": rows, "roles": roles}
        return TemplateResponse(request, "admin/roles.html", context)
