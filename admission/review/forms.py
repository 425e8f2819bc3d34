"""Forms of the review; those with choices are built from the case."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from admission.applications.models import Application
from admission.editions.models import Criterion
from admission.review.rules import to_ask_about
from admission.review.states import ASSIGNABLE, FindingResult, OpinionResult
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with, staff_ever
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFilesField
from zsbank.base.pages.choices import RowsField
from zsbank.base.permissions import Verb
from zsbank.base.texts import PlainForm


class RemarkForm(PlainForm):
    """What one criterion lacks."""

    text = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)
    seen = forms.CharField(required=False, max_length=40)


class FindingForm(PlainForm):
    """A finding on one criterion."""

    result = forms.ChoiceField(
        choices=FindingResult.choices,
        error_messages={"required": _("Select met, not met or supplement needed.")},
    )
    reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)
    seen = forms.CharField(required=False, max_length=40)


def case_officers() -> models.QuerySet[User]:
    """Return the officers to whom cases can be assigned: those who accept or review."""
    accepting = people_with(Verb.ACCEPT_APPLICATION)
    return (accepting | people_with(Verb.RECORD_FINDING)).distinct()


class AssignForm(PlainForm):
    """The officer to whom a case is assigned."""

    to = forms.ModelChoiceField(label=_("Case officer"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer officers who accept or review."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = case_officers()  # type: ignore[attr-defined]


class AssignManyForm(AssignForm):
    """Several cases to assign."""

    applications = RowsField(
        label=_("Cases"), queryset=Application.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the cases with the bureau, each with its case officer."""
        super().__init__(*args, **kwargs)
        field = self.fields["applications"]
        rows = Application.objects.filter(state__in=ASSIGNABLE).select_related("bank", "case_officer")
        field.queryset = rows  # type: ignore[attr-defined]
        field.label_from_instance = _case_and_officer  # type: ignore[attr-defined]


def _case_and_officer(application: Application) -> str:
    officer = application.case_officer or _("unassigned")
    return f"{application.case_number} · {application.bank} · {application.get_state_display()} · {officer}"


class NoteForm(PlainForm):
    """An internal note."""

    note = forms.CharField(
        label=_("Internal note"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Visible to officers only; not included in letters."),
    )


class ExtensionForm(PlainForm):
    """The reason for extending the time limit."""

    reason = forms.CharField(
        label=_("Reasons"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown to the bank."),
    )


class OpinionForm(PlainForm):
    """The opinion of the medical insurance side."""

    result = forms.ChoiceField(label=_("Opinion"), choices=OpinionResult.choices, widget=forms.RadioSelect)
    given_on = DayField(past=True, label=_("Date of the opinion"))
    text = forms.CharField(
        label=_("Description"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Required for an objection."),
    )


def ask_form(application: Application) -> type[PlainForm]:
    """Return the form that asks for opinions, with the criteria not asked about yet."""
    open_ones = [criterion.pk for criterion in to_ask_about(application)]
    criteria = application.edition.criteria.filter(pk__in=open_ones)
    return type("AskForm", (PlainForm,), {"criteria": _criteria_field(criteria)})


class SiteVisitForm(PlainForm):
    """A site visit: at an outlet of the bank, or at another place that is written down."""

    visited_on = DayField(past=True, label=_("Visited on"))
    place = forms.ChoiceField(label=_("Outlet"), required=False)
    elsewhere = forms.CharField(
        label=_("Another place"),
        max_length=200,
        required=False,
        help_text=_("Only where it was at none of the outlets, such as the head office."),
    )

    def clean(self) -> dict[str, Any]:
        """Require exactly one place: an outlet or another place."""
        cleaned = super().clean()
        outlet, elsewhere = cleaned.get("place", ""), cleaned.pop("elsewhere", "").strip()
        if bool(outlet) == bool(elsewhere):
            self.add_error("place", _("Choose the outlet, or name another place."))
        return cleaned | {"place": outlet or elsewhere}


def site_visit_form(application: Application) -> type[PlainForm]:
    """Return the form of a site visit, with outlets of the bank, officers and criteria."""
    officers = staff_ever()
    outlets = application.bank.outlets.values_list("name", flat=True)
    place = forms.ChoiceField(
        label=_("Outlet"), required=False, choices=[("", "—"), *((name, name) for name in outlets)]
    )
    return type(
        "ThisSiteVisitForm",
        (SiteVisitForm,),
        {
            "place": place,
            "led_by": forms.ModelChoiceField(
                label=_("Led by"), queryset=officers, help_text=_("May have left the bureau since.")
            ),
            "accompanied_by": forms.ModelChoiceField(
                label=_("Accompanied by"),
                queryset=officers,
                help_text=_("A site visit requires at least two officers."),
            ),
            "criteria": _criteria_field(application.edition.criteria.all()),
            "report": forms.CharField(
                label=_("What was found on site"),
                max_length=10000,
                widget=forms.Textarea(attrs={"rows": 8}),
            ),
            "files": ChosenFilesField(label=_("Photos and documents"), required=False),
        },
    )


def _criteria_field(criteria: models.QuerySet[Criterion]) -> forms.Field:
    return RowsField(label=_("Criteria"), queryset=criteria, widget=forms.CheckboxSelectMultiple)
