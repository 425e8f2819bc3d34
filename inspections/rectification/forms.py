"""Forms of rectification: report, plan and interim report, due date."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.rectification.terms import ReportKind
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFilesField
from zsbank.base.texts import PlainForm


class ReportForm(PlainForm):
    """A rectification report with its files."""

    text = forms.CharField(
        label=_("What was corrected, and how"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    files = ChosenFilesField(  # type: ignore[assignment]
        label=_("Report files"), help_text=_("One or more files as evidence; at least one is required.")
    )


class ProgressForm(PlainForm):
    """A plan or an interim report with its files."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(one.value, one.label) for one in (ReportKind.PLAN, ReportKind.INTERIM)],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What is planned, or what was corrected so far"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    files = ChosenFilesField(label=_("Report files"), required=False)  # type: ignore[assignment]


class DeadlineForm(PlainForm):
    """The due date of the rectification."""

    due = DayField(label=_("Due date"))
    move = forms.BooleanField(
        label=_("If it is a rest day, the due date moves to the next working day"), required=False
    )
