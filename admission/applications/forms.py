"""Forms of a bank's application; the form of a criterion is built from its facts."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from admission.applications.actions.commitments import SCANS
from admission.applications.gaps import odd_dates, odd_days
from admission.applications.models import Answer, Evidence, ServiceCommitment, SupplementRequest
from admission.applications.rules import in_this_draft
from admission.editions.facts import FactField, clean_facts
from admission.editions.models import Criterion
from admission.editions.terms import FactKind
from zsbank.base.files.forms import ChosenFileField, ChosenFilesField
from zsbank.base.texts import PlainForm, TypedDateField, TypedNumberField

ANEW = forms.CheckboxInput(attrs={"data-anew": ""})
"""A declaration: it is not restored with a draft."""
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WIDGETS: dict[FactKind, type[forms.Widget]] = {FactKind.EMAIL: forms.EmailInput}


def _page_key() -> str:
    """Return a new key of an opened page."""
    return secrets.token_hex(16)


class AnswerForm(PlainForm):
    """The answer to one criterion and a document to attach; incomplete in drafts."""

    text = forms.CharField(
        label=_("Statement"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    file = ChosenFilesField(label=_("Attach documents"), required=False)
    replaces = forms.ChoiceField(label=_("Replaces"), required=False)
    version = TypedNumberField(widget=forms.HiddenInput, min_value=0)
    page = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput, initial=_page_key)
    remove = TypedNumberField(required=False, widget=forms.HiddenInput, min_value=1)
    restore = TypedNumberField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        criterion: Criterion,
        answer: Answer | None,
        vendors: Sequence[tuple[str, str]],
        data: QueryDict | None = None,
        files: Any = None,
    ) -> None:
        """Add fields for the criterion's facts, and for the signature of an undertaking."""
        super().__init__(data, files, initial=_as_saved(criterion, answer))
        self.criterion = criterion
        standing = answer.standing_evidence if answer else []
        self.fields["replaces"] = replaces_field(standing)
        for fact in criterion.fact_fields:
            self.fields[_field_name(fact)] = _field(fact, vendors)
        if criterion.undertaking_needed:
            self.fields["signatory"] = forms.CharField(label=_("Signed by"), max_length=60, required=False)
            self.fields["signed_on"] = TypedDateField(label=_("Signed on"), required=False, widget=DATE)

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """The bound fields of the criterion's facts."""
        return [self[_field_name(fact)] for fact in self.criterion.fact_fields]

    @property
    def signature_fields(self) -> list[forms.BoundField]:
        """The bound fields of the undertaking's signature; empty for other criteria."""
        return [self[name] for name in ("signatory", "signed_on") if name in self.fields]

    @property
    def signature_errors(self) -> bool:
        """Whether what was entered as a signature is not accepted."""
        return any(field.errors for field in self.signature_fields)

    def clean(self) -> dict[str, Any]:
        """Clean the facts; each error is shown at its field."""
        cleaned = super().clean() or {}
        if cleaned.get("replaces") and len(cleaned.get("file") or ()) > 1:
            self.add_error("file", _("To replace a file, select only one file."))
        raw = {fact.name: _raw(cleaned.get(_field_name(fact))) for fact in self.criterion.fact_fields}
        cleaned["facts"], errors = clean_facts(self.criterion.fact_fields, raw)
        for name, error in errors.items():
            self.add_error(f"fact_{name}", error)
        return cleaned

    def show_version(self, version: int) -> None:
        """Set the version on which the next save is based."""
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
    if fact.kind == FactKind.YES_NO:
        return forms.BooleanField(label=fact.label, required=False)
    if fact.kind in (FactKind.CHOICE, FactKind.VENDOR):
        own = [(choice.value, choice.label) for choice in fact.choices]
        offered = vendors if fact.kind == FactKind.VENDOR else own
        return forms.ChoiceField(label=fact.label, required=False, choices=[("", "—"), *offered])
    widget = DATE if fact.kind == FactKind.DATE else WIDGETS.get(fact.kind, forms.TextInput)
    return forms.CharField(label=fact.label, required=False, widget=widget)


def _as_saved(criterion: Criterion, answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {"version": 0}
    facts = {_field_name(fact): answer.facts.get(fact.name) for fact in criterion.fact_fields}
    return facts | {
        "text": answer.text,
        "signatory": answer.signatory,
        "signed_on": answer.signed_on,
        "version": answer.version,
    }


class EvidenceForm(PlainForm):
    """One document, uploaded by script while the rest of the page is being filled in."""

    file = forms.FileField(label=_("Attach documents"), allow_empty_file=True)
    replaces = forms.ChoiceField(required=False)

    def __init__(self, answer: Answer | None, *args: Any) -> None:
        """Offer the current documents of this answer for replacement."""
        super().__init__(*args)
        self.fields["replaces"] = replaces_field(answer.standing_evidence if answer else [])


class DatesForm(PlainForm):
    """The dates of one attached document."""

    issued_on = TypedDateField(
        label=_("Date of issue"), required=False, widget=DATE, show_hidden_initial=True
    )
    expires_on = TypedDateField(label=_("Valid until"), required=False, widget=DATE, show_hidden_initial=True)

    def __init__(self, evidence: Evidence, data: QueryDict | None = None) -> None:
        """Bind the form only if the page contained the dates of this document."""
        prefix = f"evidence-{evidence.pk}"
        given = data if data is not None and f"{prefix}-issued_on" in data else None
        dates = {"issued_on": evidence.issued_on, "expires_on": evidence.expires_on}
        super().__init__(given, prefix=prefix, initial=dates)
        self.evidence = evidence

    @property
    def is_to_be_kept(self) -> bool:
        """Whether the person changed a date, and it differs from the stored one."""
        if not (self.is_bound and self.is_valid() and self.has_changed()):
            return False
        kept = (self.evidence.issued_on, self.evidence.expires_on)
        return kept != (self.cleaned_data["issued_on"], self.cleaned_data["expires_on"])

    @property
    def odd(self) -> list[str]:
        """The reasons why changed dates cannot be true."""
        if not (self.is_bound and self.is_valid() and self.has_changed()):
            return []
        days = odd_days(self.cleaned_data["issued_on"], self.cleaned_data["expires_on"])
        return [reason % {"name": self.evidence} for reason in days]


class EvidenceList:
    """The documents of an answer with their dates, and the removed ones that can be restored."""

    def __init__(
        self, answer: Answer | None, request: SupplementRequest | None, data: QueryDict | None = None
    ) -> None:
        """Create the forms of the dates; `data` is the submitted page."""
        rows = answer.evidence_with_revisions if answer else []
        self.rows = [
            (evidence, earlier, DatesForm(evidence, data), odd_dates(evidence)) for evidence, earlier in rows
        ]
        removed = answer.removed_evidence if answer else []
        self.removed = [evidence for evidence in removed if in_this_draft(evidence, request)]

    @property
    def dates(self) -> list[DatesForm]:
        """Return the form of the dates of each document."""
        return [form for _evidence, _earlier, form, _odd in self.rows]

    @property
    def wrong_dates(self) -> list[str]:
        """Return the errors of dates that cannot be read."""
        return [str(error) for form in self.dates for errors in form.errors.values() for error in errors]


def replaces_field(standing: Sequence[Evidence]) -> forms.ChoiceField:
    """Return the field that asks which document the new one replaces, if any."""
    choices = [("", _("a new document")), *((str(one.pk), one.file.name) for one in standing)]
    return forms.ChoiceField(label=_("Replaces"), choices=choices, required=False)


class CommitmentForm(PlainForm):
    """The signed scan of the service commitment; without a new file, signatory and date are corrected."""

    file = ChosenFileField(
        label=_("Signed and sealed scan"), kinds=sorted(SCANS), help_text=_("All pages in one file.")
    )
    signatory = forms.CharField(label=_("Signed by"), max_length=60)
    signed_on = TypedDateField(
        label=_("Signed on"), widget=DATE, help_text=_("The date written on the sheet.")
    )
    replaces = TypedNumberField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, standing: ServiceCommitment | None, data: QueryDict | None = None, files: Any = None
    ) -> None:
        """Show the signature of the one that stands; then the file is only needed to replace it."""
        given = (
            {"signatory": standing.signatory, "signed_on": standing.signed_on, "replaces": standing.pk}
            if standing
            else {}
        )
        super().__init__(data, files, initial=given)
        self.fields["file"].required = standing is None


class CopyForm(PlainForm):
    """The criteria whose earlier answers to copy."""

    numbers = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, numbers: Sequence[int], *args: Any) -> None:
        """Offer these criteria only."""
        super().__init__(*args)
        self.fields["numbers"].choices = [(number, str(number)) for number in numbers]  # type: ignore[attr-defined]


class StartForm(PlainForm):
    """Start of an application, without fields."""


class DeleteForm(PlainForm):
    """Deletion of a draft, without fields."""


class SubmitForm(PlainForm):
    """The declaration with which an application is submitted."""

    declared = forms.BooleanField(
        widget=ANEW,
        label=_(
            "I declare on behalf of the bank that the information and documents provided are true and "
            "complete."
        ),
        error_messages={"required": _("Confirm the declaration to submit the application.")},
    )


class SupplementForm(PlainForm):
    """Submission of a supplement; of what was not changed, the bank confirms that it means it."""

    def __init__(self, unchanged: Sequence[int], *args: Any) -> None:
        """Ask about these criteria, by number."""
        super().__init__(*args)
        self.unchanged = tuple(unchanged)
        if unchanged:
            numbers = "、".join(str(number) for number in unchanged)
            self.fields["unchanged"] = forms.BooleanField(
                widget=ANEW,
                label=_("We submit criteria %(numbers)s unchanged.") % {"numbers": numbers},
                error_messages={
                    "required": _(
                        "Nothing was changed in criteria %(numbers)s. Change them, or confirm that you submit them "
                        "unchanged."
                    )
                    % {"numbers": numbers}
                },
            )


class WithdrawForm(PlainForm):
    """The reason for withdrawing an application."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
