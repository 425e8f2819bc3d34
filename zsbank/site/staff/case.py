"""Declaration of people."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from zsbank.base.accounts import actions
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_roles
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.set_up import SetUp
from zsbank.base.cases.urls import list_page
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.site.staff.people_desk import PersonDesk
from zsbank.site.staff.people_forms import (
    IdentifiedForm,
    SomebodyForm,
    grant_form,
    officer_form,
    phone_form,
    revoke_form,
)
from zsbank.site.staff.roles_filled import people_for_every_role
from zsbank.site.staff.sweep import STEPS


def no_superusers() -> Iterator[str]:
    """Integrity check: the register makes nobody a superuser; rights come from roles."""
    for pk in User.objects.filter(is_superuser=True).order_by("pk").values_list("pk", flat=True):
        yield f"accounts.user {pk}: was made a superuser"


CASES = (
    Case(
        model=User,
        checks=(no_superusers,),
        offers=(
            Offer(
                actions.grant_role,
                _("Give a role"),
                (_("The change takes effect with the person's next request."),),
                form=grant_form,
                run=lambda by, case, given: actions.grant_role(person=case, role=Role(given["role"]), by=by),
            ),
            Offer(
                actions.revoke_role,
                _("Remove a role"),
                (
                    _("The change takes effect with the person's next request."),
                    _(
                        "Cases assigned to the person go to the work lists of all who can handle them; these are told."
                    ),
                ),
                form=revoke_form,
                when=lambda person: bool(staff_roles(person)),
                run=lambda by, case, given: actions.revoke_role(person=case, role=Role(given["role"]), by=by),
            ),
            Offer(
                actions.change_office_phone,
                _("Change the office phone"),
                (_("Banks see name and office phone of the officer who handles their case."),),
                form=phone_form,
                aside=True,
            ),
            Offer(
                actions.disconnect_identity,
                _("Remove the connection to the identity service"),
                (
                    _("Anyone who used the connection can no longer sign in with the identity service."),
                    _(
                        "The connection is created again at the next sign-in there with the person's "
                        "sign-in name."
                    ),
                ),
                grave=True,
            ),
            Offer(
                actions.deactivate_person,
                _("Deactivate the account"),
                (
                    _("The person is signed out everywhere with their next request."),
                    _("Their past actions stay in the journal under their name."),
                    _(
                        "Cases assigned to the person go to the work lists of all who can handle them; these are told."
                    ),
                ),
                grave=True,
            ),
        ),
        list_offers=(
            Offer(
                actions.enter_officer,
                _("Add a bureau officer"),
                (
                    _("An account without a password is created for the person."),
                    _("The person sets a password with the password reset e-mail from the sign-in page."),
                ),
                form=officer_form,
                run=lambda by, case, given: actions.enter_officer(
                    **(given | {"role": Role(given["role"])}), by=by
                ),
            ),
            Offer(
                actions.end_sign_ins,
                _("Sign a person out everywhere"),
                (
                    _("Anyone using the person's current sessions is signed out with the next request."),
                    _("The person can sign in again; to prevent this, deactivate the account."),
                ),
                form=lambda case: SomebodyForm,
                aside=True,
            ),
            Offer(
                actions.remove_second_factor,
                _("Reset a lost second factor"),
                (
                    _("The person's authenticator, passkeys and recovery codes no longer work."),
                    _("The person is signed out and must set up a new second factor at the next sign-in."),
                ),
                form=lambda case: IdentifiedForm,
                aside=True,
            ),
        ),
        desk=PersonDesk,
        seen_with=Verb.SEE_PEOPLE,
        search=Search(names=("name",)),
        sidebar=SidebarEntry(SidebarGroup.BASIS, _("People"), place=30),
        set_up=(
            SetUp(
                20,
                _("People for every role"),
                people_for_every_role,
                _(
                    "What only this role may do is not done; a decision that needs two persons cannot be made."
                ),
                lambda: list_page(User),
                _("People"),
                seen_with=Verb.SEE_PEOPLE,
                done_by=(Verb.ENTER_PERSON,),
            ),
        ),
        entries={
            Verb.ENTER_PERSON: _("added the person"),
            Verb.GRANT_ROLE: _("gave the person a role"),
            Verb.REVOKE_ROLE: _("removed a role from the person"),
            Verb.DISCONNECT_IDENTITY: _("removed the person's connection to the identity service"),
            Verb.DEACTIVATE_PERSON: _("deactivated the person's account"),
            Verb.CHANGE_OFFICE_PHONE: _("changed the person's office phone"),
            Verb.END_SIGN_INS: _("signed the person out everywhere"),
            Verb.REMOVE_SECOND_FACTOR: _("reset the person's lost second factor"),
            Verb.SIGN_IN: _("signed in"),
            Verb.SIGN_OUT: _("signed out"),
            Verb.REFUSE_SIGN_IN: _("refused a sign-in"),
            Verb.CONNECT_IDENTITY: _("connected the person to the identity service"),
            Verb.CONFIRM_SIGN_IN: _("re-authenticated"),
            Verb.CHANGE_SIGN_IN: _("changed sign-in settings"),
            Verb.SEE_PEOPLE: _("viewed the people and their roles"),
            Verb.SEE_SIGN_INS: _("viewed the sign-in history"),
            Verb.SEE_CONTACTS: _("viewed unmasked phone numbers, e-mail addresses and sign-in names"),
            Verb.EXPORT_LIST: _("exported a list"),
            Verb.SEE_DESK: _("viewed the cases and registers"),
        },
        steps=STEPS,
        labels={
            "address": _("network address"),
            "list": _("list"),
            "filters": _("filters"),
            "query": _("filters as in the address"),
            "role": _("role"),
            "rows": _("rows"),
            "what": _("change"),
        },
    ),
)
