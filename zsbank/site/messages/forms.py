"""Forms of a person's messages."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from zsbank.base.notices.terms import ALWAYS_MAILED, MessageKind
from zsbank.base.texts import PlainForm, TypedNumberField

NOT_FOR_STAFF = frozenset({MessageKind.RECEIPT})


class SeenForm(PlainForm):
    """The newest message that was on the page."""

    newest = TypedNumberField(min_value=0)


class MailsForm(PlainForm):
    """The kinds of message that a person also wants by mail, apart from those that are always mailed."""

    kinds = forms.MultipleChoiceField(
        label=_("Also mail me"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict | None, chosen: frozenset[MessageKind], of_a_bank: bool) -> None:
        """Offer the kinds that the person can get."""
        super().__init__(data, initial={"kinds": sorted(chosen)})
        hidden = ALWAYS_MAILED if of_a_bank else ALWAYS_MAILED | NOT_FOR_STAFF
        self.hidden = chosen & hidden
        field: Any = self.fields["kinds"]
        field.choices = [(kind.value, kind.label) for kind in MessageKind if kind not in hidden]

    def chosen(self) -> frozenset[MessageKind]:
        """Return the kinds to mail, those that are not offered unchanged."""
        return self.hidden | {MessageKind(value) for value in self.cleaned_data["kinds"]}
