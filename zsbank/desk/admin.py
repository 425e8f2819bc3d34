"""The record and the people of the bureau at the desk: who did what, and who may."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from allauth.account.views import logout as sign_out
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.accounts import actions, recent
from zsbank.accounts.actions import AT_THE_DOOR
from zsbank.accounts.models import User
from zsbank.accounts.permissions import CONFIRMED_ANEW, ROLES_BY_VERB, Verb
from zsbank.accounts.roles import STAFF_ROLES, Role
from zsbank.accounts.rules import staff_may, staff_roles
from zsbank.calendar import clock
from zsbank.desk.people import IdentifiedForm, SomebodyForm, grant_form, officer_form, revoke_form
from zsbank.desk.record import page_of
from zsbank.desk.sheets import Sheet
from zsbank.desk.site import DeskAdmin
from zsbank.journal import actions as journal
from zsbank.journal.models import Entry
from zsbank.journal.queries import exported
from zsbank.look import words
from zsbank.look.contacts import masked
from zsbank.look.particulars import lines_of
from zsbank.look.templatetags.look import moved

# One door: who is not signed in is led to the sign-in page with its second factor and its limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


def _one_page_for_passwords(request: HttpRequest, extra_context: object = None) -> HttpResponseRedirect:
    """Passwords are changed where it is limited, recorded and told."""
    return HttpResponseRedirect(reverse("account_change_password"))


def _one_way_out(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Signing out is recorded wherever the button stands."""
    answer: HttpResponse = sign_out(request)
    return answer


admin.site.password_change = _one_page_for_passwords  # type: ignore[method-assign,assignment]
admin.site.logout = _one_way_out  # type: ignore[method-assign,assignment]


@admin.register(Entry)
class EntryAdmin(DeskAdmin):
    """The journal, newest first."""

    seen_with: ClassVar[Verb] = Verb.SEE_JOURNAL
    facts: ClassVar[tuple[str, ...]] = ("at", "effective_on", "sentence", "movement", "reason", "particulars")

    @admin.display(description=gettext_lazy("what was done"), ordering="verb")
    def sentence(self, entry: Entry) -> str:
        """Who did what."""
        return words.sentence(entry)

    @admin.display(description=gettext_lazy("moved"))
    def movement(self, entry: Entry) -> str:
        """From which state to which."""
        return moved(entry)

    def facts_for(self, request: HttpRequest) -> tuple[str, ...]:
        """With sign-in names whole to who needs them."""
        whole = staff_may(request.user, Verb.SEE_CONTACTS)
        return tuple("whole_particulars" if whole and name == "particulars" else name for name in self.facts)

    @admin.display(description=gettext_lazy("particulars"))
    def particulars(self, entry: Entry) -> str:
        """The data of the entry, one a line; a field that was changed as old → new."""
        return self._said(entry, whole=False)

    @admin.display(description=gettext_lazy("particulars"))
    def whole_particulars(self, entry: Entry) -> str:
        """The same with sign-in names."""
        return self._said(entry, whole=True)

    def _said(self, entry: Entry, *, whole: bool) -> str:
        return "\n".join(
            _("%(label)s: %(value)s") % {"label": label, "value": value}
            for label, value in lines_of(entry, whole=whole)
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list with its filters; Django's own counts all that there is."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        hidden = () if staff_may(request.user, Verb.SEE_SIGN_INS) else AT_THE_DOOR
        context = self._page(request, _("Record")) | {"links": self.register_links(request)}
        context |= page_of(request, self.get_queryset(request), hidden)
        return TemplateResponse(request, "admin/journal/record.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """All entries; when and from where people signed in is shown to those alone who watch over it."""
        rows: QuerySet[Entry] = super().get_queryset(request)
        return rows if staff_may(request.user, Verb.SEE_SIGN_INS) else rows.exclude(verb__in=AT_THE_DOOR)

    def get_urls(self) -> list[URLPattern]:
        """The export beside the usual addresses."""
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="journal_entry_export"), *super().get_urls()]

    def register_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """The export, to whom it is for."""
        if not staff_may(request.user, Verb.EXPORT_JOURNAL):
            return []
        return [(_("Export for verification"), reverse("admin:journal_entry_export"))]

    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """The whole record as auditors take it away; that they did is in it."""
        person = request.user
        if not isinstance(person, User) or not staff_may(person, Verb.EXPORT_JOURNAL):
            raise Http404
        recent.demand(request, Verb.EXPORT_JOURNAL)
        journal.record(verb=Verb.EXPORT_JOURNAL, by=person, subject=person)
        answer = StreamingHttpResponse(_lines(), content_type="application/jsonl; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="journal-{clock.today().isoformat()}.jsonl"'
        return answer


def _lines() -> Iterator[str]:
    for line in exported():
        yield json.dumps(line, ensure_ascii=False) + "\n"


@admin.register(User)
class PersonAdmin(DeskAdmin):
    """The people of the bureau and their roles. People of banks are looked after by their banks."""

    seen_with: ClassVar[Verb] = Verb.SEE_PEOPLE
    list_display = ("name", "username", "roles", "second_factor", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("name",)
    facts: ClassVar[tuple[str, ...]] = (
        "name",
        "username",
        "email",
        "roles",
        "second_factor",
        "is_active",
        "last_login",
    )
    register_sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.ENTER_PERSON,
            gettext_lazy("Enter somebody of the bureau"),
            (
                gettext_lazy("The person gets an account without a password."),
                gettext_lazy("They set it by the mail that the sign-in page sends to who forgot theirs."),
            ),
            lambda by, case, given: actions.enter_officer(**(given | {"role": Role(given["role"])}), by=by),
            form=officer_form,
        ),
        Sheet(
            Verb.END_SIGN_INS,
            gettext_lazy("Sign somebody out everywhere"),
            (
                gettext_lazy("Whoever uses their sign-in now is out with the next request."),
                gettext_lazy("They can sign in again; to keep them out, end the account."),
            ),
            lambda by, case, given: actions.end_sign_ins(**given, by=by),
            form=lambda case: SomebodyForm,
            aside=True,
        ),
        Sheet(
            Verb.REMOVE_SECOND_FACTOR,
            gettext_lazy("Take a lost second factor"),
            (
                gettext_lazy("Authenticator, passkeys and recovery codes of the person no longer work."),
                gettext_lazy("They are signed out, and set up another one when they sign in next."),
            ),
            lambda by, case, given: actions.remove_second_factor(**given, by=by),
            form=lambda case: IdentifiedForm,
            aside=True,
        ),
    )
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.GRANT_ROLE,
            gettext_lazy("Give a role"),
            (gettext_lazy("It holds from the person's next request on."),),
            lambda by, case, given: actions.grant_role(person=case, role=Role(given["role"]), by=by),
            form=grant_form,
        ),
        Sheet(
            Verb.REVOKE_ROLE,
            gettext_lazy("Take a role"),
            (gettext_lazy("It holds from the person's next request on."),),
            lambda by, case, given: actions.revoke_role(person=case, role=Role(given["role"]), by=by),
            form=revoke_form,
        ),
        Sheet(
            Verb.DISCONNECT_IDENTITY,
            gettext_lazy("Take the connection with the identity service"),
            (
                gettext_lazy("Whoever used it no longer signs in with the identity service."),
                gettext_lazy("The next sign-in there under the person's account name connects it anew."),
            ),
            lambda by, case, given: actions.disconnect_identity(person=case, by=by),
            grave=True,
        ),
        Sheet(
            Verb.DEACTIVATE_PERSON,
            gettext_lazy("End the account"),
            (
                gettext_lazy("The person is signed out everywhere with their next request."),
                gettext_lazy("What they did stays in the record under their name."),
            ),
            lambda by, case, given: actions.deactivate_person(person=case, by=by),
            grave=True,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Who holds or held a role at the bureau."""
        rows: QuerySet[User] = super().get_queryset(request)
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        with_factor = rows.filter(memberships=None).annotate(has_factor=Exists(factors))
        return with_factor.prefetch_related("groups")

    @admin.display(description=gettext_lazy("Second factor"), boolean=True)
    def second_factor(self, person: User) -> bool:
        """Whether they have set one up."""
        return bool(getattr(person, "has_factor", False))

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """With sign-in names whole to who needs them."""
        return [*self._as_seen(request, self.list_display)]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """By sign-in name only for who sees it: a search would tell it letter by letter."""
        return ["name", "username"] if staff_may(request.user, Verb.SEE_CONTACTS) else ["name"]

    def facts_for(self, request: HttpRequest) -> tuple[str, ...]:
        """With sign-in name and e-mail whole to who needs them."""
        return tuple(self._as_seen(request, self.facts))

    def _as_seen(self, request: HttpRequest, names: Iterable[str]) -> Iterator[str]:
        whole = staff_may(request.user, Verb.SEE_CONTACTS)
        masks = {"username": "masked_username", "email": "masked_email"}
        yield from (name if whole else masks.get(name, name) for name in names)

    @admin.display(description=gettext_lazy("Sign-in name"))
    def masked_username(self, person: User) -> str:
        """The beginning of the sign-in name."""
        return masked(person.username)

    @admin.display(description=gettext_lazy("E-mail"))
    def masked_email(self, person: User) -> str:
        """The beginning of the address, and its host."""
        return masked(person.email) if person.email else ""

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, person: User) -> str:
        """The roles a person holds."""
        names = {group.name for group in person.groups.all()}
        return "、".join(str(role.label) for role in Role if role.value in names)

    def heading(self, case: Any) -> str:
        """Nobody's case but their own."""
        return str(self.opts.verbose_name)

    def get_urls(self) -> list[URLPattern]:
        """The table of roles beside the usual addresses."""
        view = self.admin_site.admin_view(self.roles_view)
        return [path("roles/", view, name="accounts_user_roles"), *super().get_urls()]

    def roles_view(self, request: HttpRequest) -> HttpResponse:
        """Who may do what: the one table, for everybody who works here."""
        if not staff_roles(request.user):
            raise PermissionDenied
        rows = [
            (words.verb_in_words(verb), verb in CONFIRMED_ANEW, [role in holders for role in Role])
            for verb, holders in ROLES_BY_VERB.items()
        ]
        roles = [(role.label, role in STAFF_ROLES) for role in Role]
        context = self._page(request, _("Who may do what")) | {"rows": rows, "roles": roles}
        return TemplateResponse(request, "admin/roles.html", context)
