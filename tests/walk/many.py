"""Many rows of any kind, copied from one, with what has to be unique made anew."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db.models import (
    BooleanField,
    Field,
    ForeignKey,
    Model,
    PositiveSmallIntegerField,
    SmallIntegerField,
    UniqueConstraint,
)

Made = dict[tuple[str, int], list[Any]]


def many(
    row: Model,
    count: int,
    start: int = 0,
    made: Made | None = None,
    texts: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> list[Any]:
    """Insert copies of a row, in one statement for each table.

    Args:
        count: the number of copies.
        start: the number of the first copy; the copies of a row have different ones.
        made: the copies of other rows, with which these go.
        texts: for fields, what the copies say in turn.
    """
    made = {} if made is None else made
    key = (row._meta.label, int(row.pk))
    if key not in made:
        varied = _varied(type(row))
        model: Any = type(row)
        copies = [
            model(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
            for _number in range(count)
        ]
        for field in row._meta.concrete_fields:
            if field.primary_key or field in varied:
                _vary(row, field, copies, start, made)
        for name, said in texts.items():
            for number, copy in enumerate(copies):
                setattr(copy, name, said[number % len(said)])
        made[key] = model._base_manager.bulk_create(copies)
    return made[key]


def _varied(model: type[Model]) -> set[Any]:
    """Return the fields that make copies differ wherever rows have to be unique."""
    meta = model._meta
    together = [one.fields for one in meta.constraints if isinstance(one, UniqueConstraint)]
    groups = [[meta.get_field(name) for name in names] for names in (*together, *meta.unique_together)]
    found: set[Any] = {field for field in meta.concrete_fields if field.unique or field.name == "name"}
    for group in groups:
        own = [field for field in group if not isinstance(field, ForeignKey | BooleanField)]
        found |= set(own[-1:] or group)
    return found


def _vary(row: Model, field: "Field[Any, Any]", copies: list[Any], start: int, made: Made) -> None:
    value = getattr(row, field.name)
    if field.primary_key:
        for copy in copies:
            setattr(copy, field.attname, None)
    elif isinstance(value, Model):
        for copy, other in zip(copies, many(value, len(copies), start, made), strict=True):
            setattr(copy, field.attname, other.pk)
    elif value is not None and not isinstance(value, bool):
        for number, copy in enumerate(copies, start=start):
            setattr(copy, field.attname, _another(field, value, number))


def _another(field: "Field[Any, Any]", value: Any, number: int) -> Any:
    if isinstance(value, str):
        return f"{value[: (field.max_length or 100) - 6]}X{number:05}" if not field.choices else value
    if isinstance(value, int):
        small = isinstance(field, SmallIntegerField | PositiveSmallIntegerField)
        return value + 1000 + number if small else (value + 1) * 1000 + number
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    return value + dt.timedelta(days=1 + number)
