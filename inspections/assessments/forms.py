"""Forms of annual assessments."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank, Qualification
from banks.register.states import IN_FORCE
from inspections.assessments.models import Assessment
from inspections.assessments.queries import years_with_scheme
from inspections.assessments.rules import grade_for
from inspections.schemes.models import AssessmentScheme
from zsbank.base.cases.urls import list_page
from zsbank.base.pages.choices import set_choices
from zsbank.base.refusals import Incomplete, Refused, RowsRefused
from zsbank.base.texts import PlainForm, TypedDecimalField, TypedNumberField

YEARS_NAMED = 10


class RevisionForm(PlainForm):
    """A new score on review, with its reason."""

    score = TypedDecimalField(label=_("Score"), min_value=0, max_value=100, decimal_places=2)
    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    seen = TypedDecimalField(widget=forms.HiddenInput, min_value=0, max_value=100)


def revision_form(assessment: Assessment | None) -> type[RevisionForm]:
    """Return the form with the score shown to the person; without an assessment nobody has read one."""
    score = assessment.score if assessment else None
    seen = TypedDecimalField(widget=forms.HiddenInput, min_value=0, max_value=100, initial=score)
    return type("RevisionOfThis", (RevisionForm,), {"seen": seen})


class AssessmentForm(PlainForm):
    """A bank's score in a year."""

    refused_at: ClassVar[Mapping[str, str]] = {"no_scheme": "year", "taken": "year", "not_qualified": "bank"}
    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank"), empty_label="—")
    year = TypedNumberField(label=_("Assessed year"), min_value=2000, max_value=2100)
    score = TypedDecimalField(label=_("Score"), min_value=0, max_value=100, decimal_places=2)
    reason = forms.CharField(
        label=_("Reasons"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the banks in force."""
        super().__init__(*args, **kwargs)
        set_choices(self, "bank", Bank.objects.filter(standing__in=IN_FORCE))
        self.fields["year"].help_text = _years_in_words()


def _years_in_words() -> SafeString:
    """Return the years that can be recorded, with a link to the schemes."""
    years = "、".join(map(str, years_with_scheme()[:YEARS_NAMED])) or _("none")
    return format_html(
        '{} <a href="{}">{}</a>',
        _("Years that are over and have a published scheme: %(years)s.") % {"years": years},
        list_page(AssessmentScheme),
        _("Assessment schemes"),
    )


class ResultForm(PlainForm):
    """One row of the table of a year: a bank's score and its reason; blank to leave the bank out."""

    score = TypedDecimalField(
        label=_("Score"), min_value=0, max_value=100, decimal_places=2, required=False, widget=forms.TextInput
    )
    reason = forms.CharField(
        label=_("Reasons"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )

    def __init__(self, held: Qualification, scheme: AssessmentScheme, data: QueryDict | None) -> None:
        """Name the inputs after the bank and label them with it."""
        super().__init__(data, prefix=str(held.bank_id))
        self.held, self.bank, self.scheme = held, held.bank, scheme
        for name, field in self.fields.items():
            field.widget.attrs |= {"aria-label": f"{held.bank} {field.label}", "data-column": name}
        self.fields["score"].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        """A reason needs its score, and the scheme a grade for it."""
        given = super().clean()
        score = given.get("score")
        if score is None and given.get("reason") and "score" not in self.errors:
            self.add_error("score", said("Enter the score, or clear the reason to leave the bank out."))
        if score is not None:
            try:
                grade_for(self.scheme, score)
            except Incomplete as refusal:
                self.add_error("score", str(refusal))
        return given

    @property
    def is_blank(self) -> bool:
        """Whether the row is left out."""
        return self.cleaned_data.get("score") is None

    @property
    def grade(self) -> str:
        """The grade of a valid score that was submitted; empty without one."""
        score = self.cleaned_data.get("score") if self.is_bound and self.is_valid() else None
        return grade_for(self.scheme, score) if score is not None else ""


class ResultsForm:
    """The table of a year: a row for each bank.

    Args:
        held: the qualifications whose results are entered.
        scheme: the scheme of the year.
        data: the submitted input; None for blank rows.
    """

    def __init__(
        self, held: Iterable[Qualification], scheme: AssessmentScheme, data: QueryDict | None = None
    ) -> None:
        """Make the rows."""
        self.rows = [ResultForm(one, scheme, data) for one in held]
        self.reason_against = ""

    def is_valid(self) -> bool:
        """Return whether every row is; all are checked."""
        return not [row for row in self.rows if not row.is_valid()]

    def banks(self) -> list[Bank]:
        """Return the banks with a score."""
        return [row.bank for row in self.rows if not row.is_blank]

    def entered(self) -> dict[int, tuple[Decimal, str]]:
        """Return score and reason by the primary key of the bank."""
        filled = (row for row in self.rows if not row.is_blank)
        return {row.bank.pk: (row.cleaned_data["score"], row.cleaned_data["reason"]) for row in filled}

    def show(self, refusal: Refused) -> None:
        """Show each reason at its row, and any other above the table."""
        if not isinstance(refusal, RowsRefused):
            self.reason_against = str(refusal)
            return
        for row in self.rows:
            if row.bank.pk in refusal.reasons:
                row.add_error("score", str(refusal.reasons[row.bank.pk]))

    @property
    def wrong(self) -> Sequence[ResultForm]:
        """The rows with errors."""
        return [row for row in self.rows if row.errors]
