"""Forms for invitations, roles, new accounts and choosing which bank to act for."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banks.members.models import Invitation, Member
from banks.members.queries import open_invitations
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.roles import Role
from zsbank.base.texts import PlainEmailField, PlainForm


class SecondFactorForm(PlainForm):
    """Whether the bank requires a second factor from its members."""

    demanded = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda given: given == "yes"
    )


ROLES = [(role.value, role.label) for role in (Role.BANK_CLERK, Role.BANK_ADMINISTRATOR)]


class FirstAdministratorForm(PlainForm):
    """The first administrator of a bank, invited by the bureau."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    email = PlainEmailField(
        label=_("E-mail"), help_text=_("The link to accept the invitation is sent to this address.")
    )


class InvitationForm(FirstAdministratorForm):
    """A colleague to invite, with their role."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)


class ToldForm(PlainForm):
    """How a bank was told what reached nobody."""

    how = forms.CharField(
        label=_("Whom you told, and how"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: by telephone, with the name of the person and the office."),
    )


class RoleForm(PlainForm):
    """The role of a colleague."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)


class NewAccountForm(PlainForm):
    """Sign-in name and password of a person who accepts without an account."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        validators=[
            RegexValidator(r"\A[a-z0-9._-]{3,60}\Z", _("Only lowercase letters, digits, dots and hyphens."))
        ],
        help_text=_("Used to sign in. Lowercase letters, digits, dots and hyphens; at least 3 characters."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_("At least 12 characters; not a common password and not similar to your sign-in name."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Repeat the password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: QueryDict | None, invitation: Invitation) -> None:
        """Keep the invitation: the password must not resemble its name or address."""
        super().__init__(data)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        """Check that both passwords are equal and pass the validators in the settings."""
        cleaned = super().clean()
        password = cleaned.get("password")
        if password and "again" in cleaned and password != cleaned["again"]:
            self.add_error("again", _("The two passwords do not match. Enter both again."))
        elif password:
            person = User(
                username=cleaned.get("username", ""), name=self.invitation.name, email=self.invitation.email
            )
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                for fault in error.error_list:
                    self.add_error("password", _translated(fault))
        return cleaned


def _translated(fault: forms.ValidationError) -> forms.ValidationError:
    """Translate the commonest password error, for which Django has no Chinese."""
    if fault.code != "password_too_short":
        return fault
    least = (fault.params or {}).get("min_length", "")
    return forms.ValidationError(
        gettext("The password is too short: at least %(n)s characters.") % {"n": least}
    )


class ChoiceOfBankForm(PlainForm):
    """The bank to act for, and the page to go on to."""

    bank = forms.ModelChoiceField(queryset=Bank.objects.none())
    next = forms.CharField(required=False, max_length=2000)

    def __init__(self, data: QueryDict, own: QuerySet[Bank]) -> None:
        """Offer the person's own banks only."""
        super().__init__(data)
        self.fields["bank"].queryset = own  # type: ignore[attr-defined]


def invitation_form(bank: Bank) -> type[PlainForm]:
    """Return a form that asks for one of the bank's open invitations."""
    field = forms.ModelChoiceField(queryset=open_invitations(bank), label=_("Invitation"), empty_label=None)
    return type("OpenInvitationForm", (PlainForm,), {"invitation": field})


def member_form(bank: Bank) -> type[PlainForm]:
    """Return a form that asks for one of the bank's members."""
    acting = Member.objects.filter(bank=bank, left_on=None).select_related("user", "bank")
    field = forms.ModelChoiceField(queryset=acting, label=_("Person"), empty_label=None)
    return type("MemberForm", (PlainForm,), {"member": field})
