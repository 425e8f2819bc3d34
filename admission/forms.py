"""What a bank enters in its application, one form a criterion put together from its facts, and what officers enter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from admission.facts import FACTS, UNDERTAKINGS, FactField, clean_facts
from admission.models import Answer, Criterion
from admission.states import FindingResult, Outcome
from admission.terms import AgreementKind
from zsbank.desk.sheets import DateInput
from zsbank.files.forms import ManyFilesField

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WIDGETS: dict[str, type[forms.Widget]] = {"email": forms.EmailInput, "bool": forms.CheckboxInput}


class AnswerForm(forms.Form):
    """The answer to one criterion and a document to attach; drafts may be incomplete."""

    text = forms.CharField(
        label=_("Statement"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    file = ManyFilesField(
        label=_("Attach documents"),
        required=False,
        help_text=_(
            "PDF, OFD, JPEG, PNG, DOCX or XLSX, at most 50 MB each; drop several here. They are attached when you save."
        ),
    )
    issued_on = forms.DateField(label=_("Date of issue of the document"), required=False, widget=DATE)
    expires_on = forms.DateField(label=_("Date of expiry of the document"), required=False, widget=DATE)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    remove = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        criterion: Criterion,
        answer: Answer | None,
        vendors: Sequence[tuple[str, str]],
        data: QueryDict | None = None,
        files: Any = None,
    ) -> None:
        """Add the criterion's own facts, and the signature where it is an undertaking."""
        super().__init__(data, files, initial=_as_saved(criterion, answer))
        self.criterion = criterion
        for fact in FACTS.get(criterion.number, ()):
            self.fields[_field_name(fact)] = _field(fact, vendors)
        if criterion.number in UNDERTAKINGS:
            self.fields["signatory"] = forms.CharField(label=_("Signed by"), max_length=60, required=False)
            self.fields["signed_on"] = forms.DateField(label=_("Signed on"), required=False, widget=DATE)

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """The criterion's own facts."""
        return [self[_field_name(fact)] for fact in FACTS.get(self.criterion.number, ())]

    @property
    def signature_fields(self) -> list[forms.BoundField]:
        """Who signed the undertaking and when; none for other criteria."""
        return [self[name] for name in ("signatory", "signed_on") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Read the facts in the one vocabulary; each error stands at its field."""
        cleaned = super().clean() or {}
        raw = {
            fact.name: _raw(cleaned.get(_field_name(fact))) for fact in FACTS.get(self.criterion.number, ())
        }
        cleaned["facts"], errors = clean_facts(self.criterion.number, raw)
        for name, error in errors.items():
            self.add_error(f"fact_{name}", error)
        return cleaned

    def show_version(self, version: int) -> None:
        """Let the next save build on a version that the person has now been shown."""
        self.data = (
            {**self.data.dict(), "version": str(version)} if isinstance(self.data, QueryDict) else self.data
        )


def _field_name(fact: FactField) -> str:
    return f"fact_{fact.name}"


def _raw(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _field(fact: FactField, vendors: Sequence[tuple[str, str]]) -> forms.Field:
    if fact.kind == "bool":
        return forms.BooleanField(label=str(fact.label), required=False)
    if fact.kind == "choice":
        return forms.ChoiceField(
            label=str(fact.label), required=False, choices=[("", "—"), *(fact.choices or vendors)]
        )
    widget = DATE if fact.kind == "date" else WIDGETS.get(fact.kind, forms.TextInput)
    return forms.CharField(label=str(fact.label), required=False, widget=widget)


def _as_saved(criterion: Criterion, answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {"version": 0}
    facts = {_field_name(fact): answer.facts.get(fact.name) for fact in FACTS.get(criterion.number, ())}
    return facts | {
        "text": answer.text,
        "signatory": answer.signatory,
        "signed_on": answer.signed_on,
        "version": answer.version,
    }


class StartForm(forms.Form):
    """Starting an application: nothing to fill in."""


class SubmitForm(forms.Form):
    """The declaration with which an application is handed in."""

    declared = forms.BooleanField(
        label=_("I declare for the bank that what is stated and attached is true and complete."),
        error_messages={
            "required": _("Confirm the declaration; without it the application cannot be handed in.")
        },
    )


class SupplementForm(forms.Form):
    """Handing in what was asked for: nothing to fill in."""


class RemarkForm(forms.Form):
    """What the intake officer finds missing in one criterion."""

    text = forms.CharField(required=False, max_length=2000)


class WithdrawForm(forms.Form):
    """Why the bank takes its application back."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FindingForm(forms.Form):
    """What a reviewer finds of one criterion."""

    result = forms.ChoiceField(
        choices=FindingResult.choices,
        error_messages={"required": _("Choose met, not met or supplement needed.")},
    )
    reason = forms.CharField(required=False, max_length=2000)


class RecommendForm(forms.Form):
    """What is recommended, and why; only what the findings bear is offered."""

    outcome = forms.ChoiceField(label=_("Recommendation"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class AgreementForm(forms.Form):
    """An agreement that both sides have signed; only those still to be signed are offered."""

    kind = forms.ChoiceField(label=_("Agreement"), widget=forms.RadioSelect)
    number = forms.CharField(label=_("Number of the agreement"), max_length=60, required=False)
    bank_signed_on = forms.DateField(label=_("Signed by the bank on"), widget=DateInput)
    bureau_signed_on = forms.DateField(label=_("Signed by the bureau on"), widget=DateInput)
    document = forms.FileField(label=_("The signed agreement"), help_text=_("PDF or a scan, at most 50 MB."))


class IssuingForm(forms.Form):
    """The central bank's technical review (criterion 8)."""

    approval_number = forms.CharField(label=_("Number of the central bank's approval"), max_length=60)
    approval_date = forms.DateField(label=_("Date of the central bank's approval"), widget=DateInput)
    document = forms.FileField(label=_("The approval"), help_text=_("PDF or a scan, at most 50 MB."))


def recommend_form(outcomes: Sequence[Outcome]) -> type[RecommendForm]:
    """The form of a recommendation with the outcomes that the findings bear."""
    offered = forms.ChoiceField(
        label=_("Recommendation"),
        choices=[(outcome.value, outcome.label) for outcome in outcomes],
        widget=forms.RadioSelect,
    )
    return type("OfferedOutcomes", (RecommendForm,), {"outcome": offered})


def agreement_form(kinds: Sequence[AgreementKind]) -> type[AgreementForm]:
    """The form of an agreement with the kinds that are still to be signed."""
    offered = forms.ChoiceField(
        label=_("Agreement"), choices=[(kind.value, kind.label) for kind in kinds], widget=forms.RadioSelect
    )
    return type("OfferedAgreements", (AgreementForm,), {"kind": offered})
