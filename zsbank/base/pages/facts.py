"""Facts of a case page: fields or methods of the desk, as labels and readable values."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext as _

Fact = tuple[str, str]


def facts_of(case: Model, names: tuple[str, ...], register: Any) -> Iterator[Fact]:
    """Yield label and value of each name, in order; empty values are left out."""
    for name in names:
        own = getattr(register, name, None)
        value = own(case) if callable(own) else _value(case, name)
        text = readable(value)
        if text:
            label = label_for_field(name, type(case), register)
            yield str(label), text


def _value(case: Model, name: str) -> Any:
    field = case._meta.get_field(name)
    if isinstance(field, Field) and field.choices:
        return getattr(case, f"get_{name}_display")()
    return getattr(case, name)


def readable(value: Any) -> str:
    """Return a value as text: ISO dates, local minutes, yes or no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
