"""Situations of the register: what its rows have in common with those of another example.

Checks over all rows, people and actions take seconds. Many examples begin where others end; each process looks at
such a situation once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone

from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

Shape = tuple[Any, ...]
Names = Mapping[Any, Mapping[int, str]]
"""For people and banks, the name by key."""
LEFT_OUT = {
    "auth.Permission",
    "contenttypes.ContentType",
    "journal.Entry",
    "journal.Link",
    "notices.Message",
    "sessions.Session",
    "zsbank_calendar.HolidayDay",
}
"""Models of which all examples have the same rows, or on whose rows no action depends."""
_seen: defaultdict[str, set[Any]] = defaultdict(set)


def is_new(check: str, what: object) -> bool:
    """Return whether a check of this process has not met this before, and remember that it has now."""
    known = what in _seen[check]
    _seen[check].add(what)
    return not known


def situation() -> tuple[tuple[str, Shape], ...]:
    """Return the shapes of all rows, in no order of making; equal for examples that begin or end alike."""
    names = _names()
    groups = sorted(_groups_of(person) for person in User.objects.prefetch_related("groups"))
    return tuple(groups) + tuple(
        (model._meta.label, tuple(sorted((_shape(row, names) for row in _rows(model)), key=repr)))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in LEFT_OUT
    )


def shape_of(row: Model) -> Shape:
    """Return the shape of one row, with that of its bank."""
    names = _names()
    bank = getattr(row, "bank", None)
    return (*_shape(row, names), _shape(bank, names) if isinstance(bank, Model) else None)


def _names() -> Names:
    return {
        User: dict(User.objects.values_list("pk", "username")),
        Bank: dict(Bank.objects.values_list("pk", "uscc")),
    }


def _rows(model: type[Model]) -> Iterator[Any]:
    yield from model._default_manager.all()


def _groups_of(person: User) -> tuple[str, Shape]:
    return person.username, tuple(sorted(group.name for group in person.groups.all()))


def _shape(row: Any, names: Names) -> Shape:
    return tuple(_value(field, row, names) for field in row._meta.concrete_fields if not field.primary_key)


def _value(field: "Field[Any, Any]", row: Any, names: Names) -> Any:
    """Return what counts of a value: whose it is, or what it says; of the key of another row whether there is one."""
    value = getattr(row, field.attname)
    if isinstance(field, ForeignKey):
        return names[field.related_model].get(value) if field.related_model in names else value is not None
    if field.name.endswith("_id"):
        return value is not None
    if isinstance(value, str) and not field.choices and field.name not in {"uscc", "username"}:
        return bool(value)
    return _plain(value)


def _plain(value: Any) -> Any:
    """Return a value that is the same in every example that is alike: days from today, names of what JSON holds."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, dt.date):
        return (value - clock.today()).days
    if isinstance(value, dict | list):
        return tuple(sorted(value)) if isinstance(value, dict) else len(value)
    return str(value)
