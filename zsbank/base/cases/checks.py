"""Integrity checks that several cases share: does the table agree with the journal?"""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import CharField, Count, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from zsbank.base.actions.rows import state_field_of
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb


def states_match_journal(model: type[Model], earlier: Mapping[Verb, str]) -> Iterator[str]:
    """Yield rows whose state differs from their last transition in the journal.

    Args:
        earlier: verbs of earlier versions, when the rows had no states yet, and the state they have had since.
    """
    field = state_field_of(model)
    moves = Entry.objects.filter(subject_type=model._meta.label_lower, subject_id=OuterRef("pk"))
    last = moves.exclude(to_state="").order_by("-pk").values("to_state")[:1]
    before = [
        Subquery(moves.filter(verb=verb).values(was=Value(state, output_field=CharField()))[:1])
        for verb, state in earlier.items()
    ]
    rows = QuerySet(model).annotate(journalled=Coalesce(Subquery(last), *before, Value("nothing")))
    wrong = rows.exclude(journalled=F(field)).order_by("pk")
    for pk, state, journalled in wrong.values_list("pk", field, "journalled"):
        yield f"{model._meta.label_lower} {pk}: is {state}, the journal says {journalled}"


def recorded_once(label: str, keys: Iterable[int], *verbs: Verb) -> Iterator[str]:
    """Yield rows that do not have exactly one journal entry of one of these verbs.

    Args:
        label: the model's label as in the journal, such as `exit.exitcase`.
        keys: primary keys of the rows that should have one.
    """
    entries = Entry.objects.filter(subject_type=label, verb__in=verbs)
    counts = dict(entries.order_by().values_list("subject_id").annotate(Count("pk")))
    names = " or ".join(verb.value for verb in verbs)
    for pk in keys:
        if counts.get(pk, 0) != 1:
            yield f"{label} {pk}: the journal has {counts.get(pk, 0)} entries {names}, not one"
