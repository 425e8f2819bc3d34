"""Integrity checks that several cases share: does the table agree with the journal?"""

from collections.abc import Iterable, Iterator

from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from zsbank.base.actions.rows import state_field_of
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb


def states_match_journal(model: type[Model]) -> Iterator[str]:
    """Yield rows whose state differs from their last transition in the journal."""
    field = state_field_of(model)
    moves = Entry.objects.filter(subject_type=model._meta.label_lower, subject_id=OuterRef("pk"))
    last = moves.exclude(to_state="").order_by("-pk").values("to_state")[:1]
    rows = QuerySet(model).annotate(journalled=Coalesce(Subquery(last), Value("nothing")))
    wrong = rows.exclude(journalled=F(field)).order_by("pk")
    for pk, state, journalled in wrong.values_list("pk", field, "journalled"):
        yield f"{model._meta.label_lower} {pk}: is {state}, the journal says {journalled}"


def recorded_once(label: str, keys: Iterable[int], verb: Verb) -> Iterator[str]:
    """Yield rows that do not have exactly one journal entry of a verb.

    Args:
        label: the model's label as in the journal, such as `exit.exitcase`.
        keys: primary keys of the rows that should have one.
    """
    entries = Entry.objects.filter(subject_type=label, verb=verb)
    counts = dict(entries.order_by().values_list("subject_id").annotate(Count("pk")))
    for pk in keys:
        if counts.get(pk, 0) != 1:
            yield f"{label} {pk}: the journal has {counts.get(pk, 0)} entries {verb.value}, not one"
