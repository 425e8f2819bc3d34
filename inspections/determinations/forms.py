"""The form of a determination."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from admission.editions.models import Criterion
from admission.editions.terms import CriterionGroup
from banks.register.models import Bank
from banks.register.states import IN_FORCE
from inspections.determinations.queries import editions_in_use
from inspections.determinations.terms import DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.cases.forms import DateInput
from zsbank.base.files.forms import ChosenFileField
from zsbank.base.files.kinds import PAPERS
from zsbank.base.pages.choices import RowsField, set_choices
from zsbank.base.permissions import Verb
from zsbank.base.texts import PlainForm


class DeterminationForm(PlainForm):
    """A determination (exit （二）1, 2)."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "four_eyes": "decided_by",
        "decider": "decided_by",
        "future": "determination_date",
        "before": "determination_date",
        "past": "determination_date",
        "criteria": "criteria",
        "edition": "criteria",
        "facts": "facts",
        "not_qualified": "bank",
    }
    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank"), empty_label="—")
    kind = forms.ChoiceField(label=_("Facts determined"), choices=[("", "—"), *DeterminationKind.choices])
    determination_date = forms.DateField(
        label=_("Determination date"),
        widget=DateInput,
        help_text=_("The six months start on the date in the document, not today."),
    )
    decided_by = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Determined by"),
        empty_label="—",
        help_text=_("Must not be the person recording the determination."),
    )
    criteria = RowsField(
        Criterion.objects.none(),
        label=_("Criteria no longer met"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        group_of=lambda criterion: CriterionGroup(criterion.group).label,
        help_text=_("Required if criteria are no longer met."),
    )
    facts = forms.CharField(
        label=_("Facts"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Shown to the bank in the letter. Do not include names or ID numbers of citizens."),
    )
    document = ChosenFileField(
        label=_("Document"), kinds=PAPERS, help_text=_("The document of the determination.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer banks in force, deciders, and the criteria under which these banks were admitted."""
        super().__init__(*args, **kwargs)
        set_choices(self, "bank", Bank.objects.filter(standing__in=IN_FORCE))
        set_choices(self, "decided_by", people_with(Verb.DECIDE))
        set_choices(self, "criteria", Criterion.objects.filter(edition__in=editions_in_use()))
