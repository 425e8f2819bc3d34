"""The checklist of one outlet: each criterion of the edition, with what was found of it before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.editions.models import Criterion
from inspections.visits.actions.fieldwork import NamedFile, Seen
from inspections.visits.models import ChecklistItem, VisitedOutlet
from inspections.visits.queries import Earlier
from inspections.visits.terms import MOST_PHOTOGRAPHS, ItemResult, Severity
from zsbank.base.calendar import clock
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFilesField
from zsbank.base.texts import PlainForm, TypedNumberField


@dataclass(frozen=True)
class ChecklistRow:
    """A criterion on the checklist.

    Args:
        item: what is recorded of it; None if nothing is.
        earlier: what was found of it at this bank before, newest first.
    """

    criterion: Criterion
    item: ChecklistItem | None
    earlier: tuple[Earlier, ...]
    result: forms.BoundField
    severity: forms.BoundField
    facts: forms.BoundField
    photographs: forms.BoundField
    without: forms.BoundField | None

    @property
    def is_wrong(self) -> bool:
        """Whether something entered for it is refused."""
        fields = (self.result, self.severity, self.facts, self.photographs, self.without)
        return any(field.errors for field in fields if field is not None)


class ChecklistForm(PlainForm):
    """What was seen at an outlet.

    Args:
        place: the outlet, with its items.
        criteria: the criteria of the edition, in order.
        earlier: what was found at the bank before, newest first.
    """

    refused_at: ClassVar[Mapping[str, str]] = {"seen_on": "seen_on"}
    seen_on = DayField(past=True, label=_("Day at the outlet"))
    version = TypedNumberField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        place: VisitedOutlet,
        criteria: Iterable[Criterion],
        earlier: Iterable[Earlier],
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        """Add the fields of each criterion, with what is recorded of it."""
        day = place.seen_on or clock.today()
        super().__init__(data, files, initial={"seen_on": day, "version": place.version})
        self.criteria = list(criteria)
        self.items = {item.criterion_id: item for item in place.items.all()}
        self.earlier: dict[str, list[Earlier]] = {}
        for found in earlier:
            self.earlier.setdefault(found.slug, []).append(found)
        for criterion in self.criteria:
            self.fields.update(_fields_of(criterion, self.items.get(criterion.pk)))

    @property
    def rows(self) -> Iterator[ChecklistRow]:
        """Yield the criteria with their fields."""
        for criterion in self.criteria:
            fields: dict[str, Any] = {name: self[f"{name}_{criterion.pk}"] for name in OF_CRITERION}
            without = f"without_{criterion.pk}"
            fields["without"] = self[without] if without in self.fields else None
            earlier = tuple(self.earlier.get(criterion.slug, ())[:EARLIER_AT_ONCE])
            yield ChecklistRow(criterion, self.items.get(criterion.pk), earlier, **fields)

    @property
    def wrong(self) -> list[ChecklistRow]:
        """The criteria of which something is refused."""
        return [row for row in self.rows if row.is_wrong] if self.is_bound else []

    def clean(self) -> dict[str, Any]:
        """A finding has severity and facts, and nothing else has them."""
        given = super().clean()
        for criterion in self.criteria:
            self._check(criterion, given)
        return given

    def _check(self, criterion: Criterion, given: dict[str, Any]) -> None:
        result, severity, facts, photographs = (given.get(f"{name}_{criterion.pk}") for name in OF_CRITERION)
        if result == ItemResult.NOT_IN_ORDER:
            if not severity:
                self.add_error(f"severity_{criterion.pk}", gettext("Select how severe it is."))
            if not facts and f"facts_{criterion.pk}" not in self.errors:
                self.add_error(f"facts_{criterion.pk}", gettext("Describe what was found."))
        elif photographs or (facts and facts != self._recorded_facts(criterion)):
            words = gettext("Facts or photographs are entered. Mark it as not in order, or remove them.")
            self.add_error(f"result_{criterion.pk}", words)
        stored = len(self.items[criterion.pk].files.all()) if criterion.pk in self.items else 0
        stored -= len(given.get(f"without_{criterion.pk}", ()))
        if photographs and len(photographs) + stored > MOST_PHOTOGRAPHS:
            words = gettext("At most %(most)s photographs are kept with one finding.")
            self.add_error(f"photographs_{criterion.pk}", words % {"most": MOST_PHOTOGRAPHS})

    def _recorded_facts(self, criterion: Criterion) -> str:
        item = self.items.get(criterion.pk)
        return item.facts if item else ""

    def take_version(self, version: int) -> None:
        """Take the version that is saved now, so that who has compared both can save again."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data

    def seen(self) -> dict[int, Seen]:
        """Return what was entered in a valid form: criteria that are or were looked at."""
        found = {}
        for criterion in self.criteria:
            result = ItemResult(self.cleaned_data[f"result_{criterion.pk}"])
            if result == ItemResult.NOT_SEEN and criterion.pk not in self.items:
                continue
            severity = self.cleaned_data[f"severity_{criterion.pk}"]
            facts = self.cleaned_data[f"facts_{criterion.pk}"]
            found[criterion.pk] = Seen(result, Severity(severity) if severity else None, facts)
        return found

    def photographs(self) -> dict[int, list[NamedFile]]:
        """Return the files that were added in a valid form."""
        files = {one.pk: self.cleaned_data[f"photographs_{one.pk}"] for one in self.criteria}
        return {pk: [(file, file.name) for file in given] for pk, given in files.items() if given}

    def without(self) -> dict[int, list[int]]:
        """Return the keys of the recorded files that are taken out in a valid form."""
        taken = {one.pk: self.cleaned_data.get(f"without_{one.pk}", []) for one in self.criteria}
        return {pk: [int(key) for key in keys] for pk, keys in taken.items() if keys}


OF_CRITERION = ("result", "severity", "facts", "photographs")
EARLIER_AT_ONCE = 3


def _fields_of(criterion: Criterion, item: ChecklistItem | None) -> dict[str, forms.Field]:
    """Return the fields of a criterion, named after it."""
    fields = {
        "result": forms.ChoiceField(
            label=criterion.named,
            choices=ItemResult.choices,
            widget=forms.RadioSelect,
            initial=item.result if item else ItemResult.NOT_SEEN,
        ),
        "severity": forms.ChoiceField(
            label=_("Severity"),
            choices=Severity.choices,
            widget=forms.RadioSelect,
            required=False,
            initial=item.severity if item else "",
        ),
        "facts": forms.CharField(
            label=_("Facts"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=item.facts if item else "",
        ),
        "photographs": ChosenFilesField(label=_("Photographs"), required=False, camera=True),
    }
    if stored := list(item.files.all()) if item else []:
        fields["without"] = forms.MultipleChoiceField(
            label=_("Take out of this finding"),
            choices=[(str(file.pk), file.name) for file in stored],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Ticked files leave it when the checklist is saved."),
        )
    return {f"{name}_{criterion.pk}": field for name, field in fields.items()}
