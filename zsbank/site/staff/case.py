"""Declaration of people."""

from django.utils.translation import gettext_lazy as _

from zsbank.base.accounts import actions
from zsbank.base.accounts.models import User
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.site.staff.people_desk import PersonDesk
from zsbank.site.staff.people_forms import IdentifiedForm, SomebodyForm, grant_form, officer_form, revoke_form

CASES = (
    Case(
        model=User,
        offers=(
            Offer(
                actions.grant_role,
                _("Give a role"),
                (_("It holds from the person's next request on."),),
                form=grant_form,
                run=lambda by, case, given: actions.grant_role(person=case, role=Role(given["role"]), by=by),
            ),
            Offer(
                actions.revoke_role,
                _("Remove a role"),
                (_("It holds from the person's next request on."),),
                form=revoke_form,
                run=lambda by, case, given: actions.revoke_role(person=case, role=Role(given["role"]), by=by),
            ),
            Offer(
                actions.disconnect_identity,
                _("Remove the connection with the identity service"),
                (
                    _("Whoever used it no longer signs in with the identity service."),
                    _("The next sign-in there under the person's account name connects it again."),
                ),
                grave=True,
            ),
            Offer(
                actions.deactivate_person,
                _("End the account"),
                (
                    _("The person is signed out everywhere with their next request."),
                    _("What they did stays in the record under their name."),
                ),
                grave=True,
            ),
        ),
        list_offers=(
            Offer(
                actions.enter_officer,
                _("Enter an officer of the bureau"),
                (
                    _("The person gets an account without a password."),
                    _("They set it by the mail that the sign-in page sends to people who forgot theirs."),
                ),
                form=officer_form,
                run=lambda by, case, given: actions.enter_officer(
                    **(given | {"role": Role(given["role"])}), by=by
                ),
            ),
            Offer(
                actions.end_sign_ins,
                _("Sign somebody out everywhere"),
                (
                    _("Whoever uses their sign-in now is out with the next request."),
                    _("They can sign in again; to keep them out, end the account."),
                ),
                form=lambda case: SomebodyForm,
                aside=True,
            ),
            Offer(
                actions.remove_second_factor,
                _("Reset a lost second factor"),
                (
                    _("Authenticator, passkeys and recovery codes of the person no longer work."),
                    _("They are signed out, and set up another one when they sign in next."),
                ),
                form=lambda case: IdentifiedForm,
                aside=True,
            ),
        ),
        desk=PersonDesk,
        seen_with=Verb.SEE_PEOPLE,
        sidebar=SidebarEntry(SidebarGroup.BASIS, _("People"), "group", place=30),
        entries={
            Verb.ENTER_PERSON: _("entered the person"),
            Verb.GRANT_ROLE: _("gave the person a role"),
            Verb.REVOKE_ROLE: _("removed a role from the person"),
            Verb.DISCONNECT_IDENTITY: _("removed the person's connection with the identity service"),
            Verb.DEACTIVATE_PERSON: _("ended the person's account"),
            Verb.END_SIGN_INS: _("signed the person out everywhere"),
            Verb.REMOVE_SECOND_FACTOR: _("reset the person's lost second factor"),
            Verb.SIGN_IN: _("signed in"),
            Verb.SIGN_OUT: _("signed out"),
            Verb.REFUSE_SIGN_IN: _("refused a sign-in"),
            Verb.CONNECT_IDENTITY: _("connected the person with the identity service"),
            Verb.CONFIRM_SIGN_IN: _("authenticated again"),
            Verb.CHANGE_SIGN_IN: _("changed how they sign in"),
            Verb.SEE_PEOPLE: _("looked at the people and their roles"),
            Verb.SEE_SIGN_INS: _("looked at who signed in from where"),
            Verb.SEE_CONTACTS: _("saw phones, e-mails and sign-in names unmasked"),
            Verb.SEE_DESK: _("looked at the cases and registers"),
        },
        labels={
            "address": _("network address"),
            "role": _("role"),
            "what": _("what was changed"),
        },
    ),
)
