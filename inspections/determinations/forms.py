"""The form with which a determination is proposed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from admission.editions.models import Criterion
from admission.editions.terms import CriterionGroup
from banks.register.models import Bank
from banks.register.states import IN_FORCE
from inspections.determinations.queries import editions_in_use
from inspections.determinations.terms import BreachEffect, DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import staff_ever
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFileField
from zsbank.base.files.kinds import PAPERS
from zsbank.base.pages.choices import RowsField, set_choices
from zsbank.base.texts import PlainForm


class DeterminationForm(PlainForm):
    """A proposed determination (exit （二）1, 2)."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "four_eyes": "paper_signed_by",
        "paper": "paper_date",
        "future": "paper_date",
        "before": "paper_date",
        "past": "paper_date",
        "criteria": "criteria",
        "edition": "criteria",
        "effects": "effects",
        "facts": "facts",
        "not_qualified": "bank",
        "open": "kind",
    }
    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank"), empty_label="—")
    kind = forms.ChoiceField(
        label=_("Kind of determination"), choices=[("", "—"), *DeterminationKind.choices]
    )
    criteria = RowsField(
        Criterion.objects.none(),
        label=_("Criteria no longer met"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        group_of=lambda criterion: CriterionGroup(criterion.group).label,
        help_text=_("Required if criteria are no longer met."),
    )
    effects = forms.MultipleChoiceField(
        label=_("Effects of a serious breach"),
        choices=BreachEffect.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Required for a serious breach, which leads to exit without a rectification period."),
    )
    facts = forms.CharField(
        label=_("Facts"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Shown to the bank in the prior notice and the letter. Do not include names or ID numbers of citizens."
        ),
    )
    document = ChosenFileField(
        label=_("Document"),
        kinds=PAPERS,
        help_text=_(
            "What proves the facts, such as the record of an inspection; or the signed determination. The bank "
            "reads it."
        ),
    )
    paper_date = DayField(
        past=True,
        label=_("Date of a determination already signed on paper"),
        required=False,
        help_text=_(
            "Leave both fields empty unless it was signed on paper before. The six months start on the date in "
            "that document; otherwise they start on the day on which a decider makes the determination here."
        ),
    )
    paper_signed_by = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Signed on paper by"),
        required=False,
        empty_label="—",
        help_text=_("May have left the bureau since. Not the person who proposes it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer banks in force, the criteria under which they were admitted, and everybody of the bureau."""
        super().__init__(*args, **kwargs)
        set_choices(self, "bank", Bank.objects.filter(standing__in=IN_FORCE))
        set_choices(self, "paper_signed_by", staff_ever())
        set_choices(self, "criteria", Criterion.objects.filter(edition__in=editions_in_use()))
