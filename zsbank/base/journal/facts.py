"""Facts that journal entries hold, and rows that contradict them.

An entry holds the values of the fields that its action set, so that a later change of the table past the program shows.
Which verb holds which fields is declared with each kind of case (`Case.facts_in_journal`).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Refused

Held = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By label of the model, such as `banks.bank`, and by verb: the fields that entries hold."""

FACTS = "facts"
"""The key of the facts in an entry's data: by label and primary key of the row, then by field."""

ROWS_AT_ONCE = 500
LONG_TEXT = (models.TextField, models.JSONField)

_sources: list[Callable[[], Held]] = []


def declared_by(source: Callable[[], Held]) -> None:
    """Let the registry of cases say which facts entries hold; it is asked at every entry."""
    _sources[:] = [source]


def held(verb: str, *rows: Model) -> dict[str, Any]:
    """Return the facts that an entry of this verb holds about rows, as they are now, for its `data`.

    The entry's own subject need not be given.
    """
    found = {_key(row): facts for row in rows if (facts := _facts(verb, row))}
    return {FACTS: found} if found else {}


def with_facts(data: dict[str, Any], verb: str, subject: Model | None) -> dict[str, Any]:
    """Return the data of an entry with the facts about its subject."""
    own = held(verb, subject).get(FACTS, {}) if subject is not None else {}
    return data | {FACTS: data.get(FACTS, {}) | own} if own else data


def _facts(verb: str, row: Model) -> dict[str, Any]:
    fields = _declared().get(row._meta.label_lower, {}).get(verb, ())
    return {name: as_held(row._meta.get_field(name), _value(row, name)) for name in fields}


def _declared() -> Held:
    return _sources[0]() if _sources else {}


def _key(row: Model) -> str:
    return f"{row._meta.label_lower} {row.pk}"


def _value(row: Model, name: str) -> Any:
    field = row._meta.get_field(name)
    return getattr(row, getattr(field, "attname", name))


def as_held(field: Any, value: Any) -> Any:
    """Return a value as entries hold it; of long texts and JSON the SHA-256."""
    if value is None:
        return None
    if isinstance(field, LONG_TEXT):
        text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
    if isinstance(field, models.ForeignKey):
        return value
    value = field.to_python(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(field, models.DecimalField):
        return f"{value:.{field.decimal_places}f}"
    return value if isinstance(value, bool | int) else str(value)


def facts_match_journal() -> Iterator[str]:
    """Yield a line for each row that is gone or differs from the newest entry that holds the field.

    One pass through the journal; the newest facts are kept in memory.
    """
    newest = _newest(Entry.objects.all())
    by_label: dict[str, list[int]] = {}
    for key in newest:
        label, pk = key.split()
        by_label.setdefault(label, []).append(int(pk))
    declared = _declared()
    for label in sorted(by_label.keys() & declared.keys()):
        yield from _differences(label, sorted(by_label[label]), newest)


def _differences(label: str, keys: list[int], newest: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    model = apps.get_model(label)
    for start in range(0, len(keys), ROWS_AT_ONCE):
        some = keys[start : start + ROWS_AT_ONCE]
        found: QuerySet[Any] = QuerySet(model).filter(pk__in=some)
        rows = found.in_bulk()
        for pk in some:
            facts = newest[f"{label} {pk}"]
            if pk not in rows:
                yield f"{label} {pk}: is gone, the journal holds it"
            else:
                yield from contradictions_of(rows[pk], facts)


def contradictions_of(row: Model, facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each field in which a row differs from these facts."""
    names = {field.name: field for field in row._meta.concrete_fields}
    for name, said in facts.items():
        if name not in names:
            continue
        now = as_held(names[name], _value(row, name))
        if now != said:
            yield f"{_key(row)}: {name} is {now}, the journal says {said}"


def _newest(entries: QuerySet[Entry]) -> dict[str, dict[str, Any]]:
    """Return the newest value of every fact, by row and field."""
    found: dict[str, dict[str, Any]] = {}
    told = entries.filter(data__has_key=FACTS).order_by("pk").values_list(f"data__{FACTS}", flat=True)
    for facts in told.iterator(chunk_size=2000):
        for key, values in facts.items():
            found.setdefault(key, {}).update(values)
    return found


def ask_journal(*rows: Model | None) -> None:
    """Refuse a step that cannot be undone if the journal contradicts one of the rows it rests on.

    Args:
        rows: locked or just read; the entries about any of them, and those of their bank whose verb holds facts about
            such a row, are asked about all of them.

    Raises:
        Refused: a row is not as the journal says (code "contradicted"); a person has to look at it.
    """
    given = [row for row in rows if row is not None]
    wrong = list(_contradictions(given))
    if wrong:
        words = _(
            "Nothing was done, because the register is not as the journal says. Ask an auditor to compare the two: "
            "%(differences)s"
        )
        raise Refused(words % {"differences": "; ".join(wrong)}, "contradicted")


def _codes_of(row: Any) -> list[str]:
    """Return the codes, past ones too, of the bank that a row is or belongs to; none without a bank."""
    return list(getattr(getattr(row, "bank", row), "codes", ()))


def _contradictions(rows: Iterable[Model]) -> Iterator[str]:
    given = list(rows)
    about = Q(pk__in=[])
    for row in given:
        label = row._meta.label_lower
        about |= Q(subject_type=label, subject_id=row.pk)
        # A fact may stand in the entry of another case of the bank: its new name in that of the change.
        elsewhere = Q(uscc__in=_codes_of(row), verb__in=_declared().get(label, ()))
        about |= elsewhere & Q(**{f"data__{FACTS}__has_key": _key(row)})
    newest = _newest(Entry.objects.filter(about))
    for row in given:
        yield from contradictions_of(row, newest.get(_key(row), {}))
