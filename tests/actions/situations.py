"""Situations of the register: what its rows have in common with those of another example.

Checks over all rows, people and actions take seconds. Many examples begin where others end; each process looks at
such a situation once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone

from banks.register.models import Bank
from tests.actions.stage import Staged
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
Situation = Mapping[str, object]
"""By table, the shapes of its rows; under "" who has which role."""

CONSTANT = {"auth_permission", "django_content_type", "zsbank_calendar_holidayday"}
"""Tables of which all examples have the same rows."""

_seen: defaultdict[str, set[Any]] = defaultdict(set)
_of_examples: dict[tuple[str, str], Situation] = {}
_keys: dict[tuple[str, str], object] = {}


def is_new(check: str, what: object) -> bool:
    """Return whether a check of this process has not met this before, and remember that it has now."""
    known = what in _seen[check]
    _seen[check].add(what)
    return not known


def new_states_of(staged: Staged, check: str) -> Iterator[str]:
    """Yield before and after the action of the example, where the check has not met such a situation here."""
    if is_new(check, _key_of(staged, "before")):
        yield "before"
    if _keys.get((staged.name, "after")) in _seen[check]:
        return
    staged.carry_out()
    if is_new(check, _key_of(staged, "after")):
        yield "after"


def _key_of(staged: Staged, when: str) -> object:
    """Return what is the same for all examples in a situation like that of this example."""
    if (staged.name, when) not in _keys:
        _keys[staged.name, when] = tuple(situation_of(staged, when).items())
    return _keys[staged.name, when]


def situation_of(staged: Staged, when: str) -> Situation:
    """Return the situation of an example, looked at once."""
    if (staged.name, when) not in _of_examples:
        _of_examples[staged.name, when] = situation()
    return _of_examples[staged.name, when]


def situation() -> Situation:
    """Return the shapes of all rows, in no order of making; equal for examples that begin or end alike."""
    names = names_now()
    groups = sorted(_groups_of(person) for person in User.objects.prefetch_related("groups"))
    return {"": tuple(groups)} | {
        model._meta.db_table: tuple(sorted((_shape(row, names) for row in _rows(model)), key=repr))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in LEFT_OUT
    }


def alike(given: Situation, tables: Iterable[str]) -> object:
    """Return what is equal where all rows of some tables are alike; None if one of them is not looked at."""
    asked = [table for table in tables if table not in CONSTANT]
    if any(table not in given for table in asked):
        return None
    return tuple(given[table] for table in ("", *asked))


def shape_of(row: Model, names: Names) -> Shape:
    """Return the shape of one row, with that of its bank."""
    bank = getattr(row, "bank", None)
    return (*_shape(row, names), _shape(bank, names) if isinstance(bank, Model) else None)


def names_now() -> Names:
    """Return the people and banks that there are now."""
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
    if isinstance(value, str) and not field.choices:
        return value if any(value in known.values() for known in names.values()) else bool(value)
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
