"""A bank's report of what it put right, and what the bureau enters: determinations, due dates, assessments."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from admission.models import Criterion
from banks.models import Bank
from banks.states import IN_FORCE
from inspections.models import Assessment
from inspections.queries import editions_in_use
from inspections.terms import DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.files.forms import ManyFilesField
from zsbank.base.pages.choices import RowsField, offer
from zsbank.base.pages.sheets import DateInput
from zsbank.base.permissions import Verb
from zsbank.base.texts import PlainForm


class ReportForm(PlainForm):
    """What was put right, with the files that show it."""

    text = forms.CharField(
        label=_("What was put right, and how"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    files = ManyFilesField(  # type: ignore[assignment]
        label=_("Report files"), help_text=_("One or more files that show it; at least one is needed.")
    )

    def named_files(self) -> "list[tuple[UploadedFile[Any], str]]":
        """The files with the names they came under."""
        return [(file, file.name or "file") for file in self.cleaned_data["files"]]


class RemarkForm(PlainForm):
    """What the bureau found of a report."""

    remark = forms.CharField(label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DeadlineForm(PlainForm):
    """The day by which it must be put right."""

    due = forms.DateField(label=_("Due date"), widget=DateInput)


class RevisionForm(PlainForm):
    """A result changed on review."""

    score = forms.DecimalField(label=_("Score"), min_value=0, max_value=100, decimal_places=2)
    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.DecimalField(widget=forms.HiddenInput, min_value=0, max_value=100)


def revision_form(assessment: Assessment) -> type[RevisionForm]:
    """The form with the score that the person has before them."""
    seen = forms.DecimalField(widget=forms.HiddenInput, min_value=0, max_value=100, initial=assessment.score)
    return type("RevisionOfThis", (RevisionForm,), {"seen": seen})


class DeterminationForm(PlainForm):
    """A determination as an inspector records it (exit （二）1, 2)."""

    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank"), empty_label="—")
    kind = forms.ChoiceField(label=_("What was determined"), choices=[("", "—"), *DeterminationKind.choices])
    determination_date = forms.DateField(
        label=_("Date of determination"),
        widget=DateInput,
        help_text=_("The six months run from this day, on the paper, not from today."),
    )
    decided_by = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Determined by"),
        empty_label="—",
        help_text=_("Another person than the one who records it."),
    )
    criteria = RowsField(
        Criterion.objects.none(),
        label=_("Criteria that are no longer met"),
        required=False,
        help_text=_("Hold Ctrl to choose several. Needed where the criteria are no longer met."),
    )
    facts = forms.CharField(
        label=_("Facts"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The bank reads them in the letter. No names or ID numbers of citizens."),
    )
    document = forms.FileField(
        label=_("Document"), help_text=_("The paper that shows the determination, as PDF or OFD.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the banks in force, the deciders, and the criteria under which these banks were admitted."""
        super().__init__(*args, **kwargs)
        offer(self, "bank", Bank.objects.filter(standing__in=IN_FORCE))
        offer(self, "decided_by", people_with(Verb.DECIDE))
        offer(self, "criteria", Criterion.objects.filter(edition__in=editions_in_use()))


class AssessmentForm(PlainForm):
    """A bank's score in an assessed year."""

    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank"), empty_label="—")
    year = forms.IntegerField(label=_("Assessed year"), min_value=2000, max_value=2100)
    score = forms.DecimalField(label=_("Score"), min_value=0, max_value=100, decimal_places=2)
    reason = forms.CharField(
        label=_("Reasons"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the banks in force."""
        super().__init__(*args, **kwargs)
        offer(self, "bank", Bank.objects.filter(standing__in=IN_FORCE))
