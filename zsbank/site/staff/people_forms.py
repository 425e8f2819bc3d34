"""Forms for people of the bureau and their roles."""

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_roles
from zsbank.base.roles import STAFF_ROLES, Role
from zsbank.base.texts import PlainEmailField, PlainForm


class RoleForm(PlainForm):
    """A role to give or to remove."""

    role = forms.ChoiceField(label=_("Role"), choices=[])


class OfficerForm(RoleForm):
    """A new person of the bureau."""

    username = forms.CharField(
        label=_("Sign-in name"), max_length=150, validators=[UnicodeUsernameValidator()]
    )
    name = forms.CharField(label=_("Full name"), max_length=60)
    email = PlainEmailField(label=_("E-mail"))
    field_order = ("username", "name", "email", "role")


class SomebodyForm(PlainForm):
    """A person with an account, of the bureau or of a bank, by sign-in name."""

    person = forms.ModelChoiceField(
        label=_("Sign-in name"),
        queryset=User.objects.all(),
        to_field_name="username",
        widget=forms.TextInput,
        error_messages={"invalid_choice": _("No account has this sign-in name.")},
    )


class IdentifiedForm(SomebodyForm):
    """A person who lost the second factor, and how their identity was verified."""

    identified = forms.CharField(
        label=_("How you verified the person's identity"),
        max_length=500,
        help_text=_(
            "As when the account was created: in person with an identity card, or by a letter from "
            "their bank."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def phone_form(person: User) -> type[PlainForm]:
    """Return the form for the person's office phone."""
    field = forms.CharField(
        label=_("Office phone"),
        max_length=30,
        required=False,
        initial=person.office_phone,
        help_text=_("If empty, banks see the phone of the office."),
    )
    return type("OfficePhoneForm", (PlainForm,), {"office_phone": field})


def _with_roles(form: type[PlainForm], roles: frozenset[Role]) -> type[PlainForm]:
    choices = [(role.value, role.label) for role in Role if role in roles]
    return type(form.__name__, (form,), {"role": forms.ChoiceField(label=_("Role"), choices=choices)})


def officer_form(case: None) -> type[PlainForm]:
    """Return the form for a new person, with the roles of the bureau."""
    return _with_roles(OfficerForm, STAFF_ROLES)


def grant_form(person: User) -> type[PlainForm]:
    """Return the form with the roles that the person does not hold."""
    return _with_roles(RoleForm, STAFF_ROLES - staff_roles(person))


def revoke_form(person: User) -> type[PlainForm]:
    """Return the form with the roles that the person holds."""
    return _with_roles(RoleForm, staff_roles(person))
