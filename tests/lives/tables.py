"""Every table of the register as plain values, so that two registers can be compared row by row.

What may differ between a register that was swept every day and one that was swept once is named here, with the reason.
"""

import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import models

from tests.undone import undone
from zsbank.base.journal.facts import FACTS

Tables = dict[str, Counter[str]]
"""By label of the model: how often each row is there."""

LEFT_OUT = {
    "operations.SweepRun": "one row a sweep",
    "operations.Judgement": "one row a day on which the register was judged",
    "journal.Link": "the chain depends on the moments in the entries",
    "banks.CaseCounter": "case numbers are of the year in which the work is done",
    "django_session": "not a table of the product",
}
"""Tables that are not compared."""

FIELDS = {
    "digest": "the hash of an entry covers its moment",
    "previous": "as above",
    "draft": "the draft of a letter has the day on which a person opens it, and is made anew when it is signed",
}
"""Fields that are not compared, by name in any table. Of a moment only whether there is one is compared."""

DIGESTS = {
    ":reminder:": "a reminder is sent before a due date: nobody is reminded of a day that has passed",
    "checkpoint": "one checkpoint a day, mailed to the auditors",
}
"""Messages that are not compared, by a part of their key."""

NUMBERS = re.compile(r"[:/]\d+")
"""Primary keys in keys and addresses of messages: a row made meanwhile has the next one, in the order of work."""

CASE_NUMBERS = re.compile(r"\b([A-Z]{2})-?\d{4}-?\d{2,}\b")
"""Case numbers: given in the order of work."""

ROUNDS = 4
"""How far a row is told apart by the rows that it refers to, and these by theirs."""


def everything(known: dict[str, int]) -> Tables:
    """Return what is compared of every row of every table.

    Args:
        known: by label, the last primary key before anything was done: rows up to it are known by it, later ones by
            what they say and by the rows they refer to.
    """
    kinds = [model for model in apps.get_models(include_auto_created=True) if _is_compared(model)]
    rows = {
        (m._meta.label, row.pk): row for m in kinds for row in m._default_manager.all() if not _digest(row)
    }
    names = {key: _own(row) for key, row in rows.items()}
    for _round in range(ROUNDS):
        names = {key: _hashed(_own(row), _references(row, names, known)) for key, row in rows.items()}
    found: Tables = {model._meta.label: Counter() for model in kinds}
    for (label, _pk), row in rows.items():
        found[label][f"{_own(row)} → {_references(row, names, known)}"] += 1
    return found


def known_rows() -> dict[str, int]:
    """Return the last primary key of every table with whole numbers as keys."""
    kinds = [model for model in apps.get_models(include_auto_created=True) if _is_compared(model)]
    last = {m._meta.label: m._default_manager.aggregate(last=models.Max("pk"))["last"] for m in kinds}
    return {label: pk for label, pk in last.items() if isinstance(pk, int)}


def after(change: Callable[[], None]) -> Tables:
    """Return the register as it is after a change, which is undone."""
    known = known_rows()
    with undone():
        change()
        return everything(known)


def differences(one: Tables, other: Tables) -> dict[str, tuple[list[str], list[str]]]:
    """Return, by table, the rows that are in one register only; empty if both are the same."""
    return {
        label: (
            sorted((one[label] - other[label]).elements()),
            sorted((other[label] - one[label]).elements()),
        )
        for label in one
        if one[label] != other[label]
    }


def _is_compared(model: type[models.Model]) -> bool:
    return model._meta.managed and not {model._meta.label, model._meta.db_table} & LEFT_OUT.keys()


def _digest(row: models.Model) -> bool:
    return any(part in getattr(row, "key", "") for part in DIGESTS) if hasattr(row, "recipient_id") else False


def _own(row: models.Model) -> str:
    """Return what a row says by itself: its fields without keys."""
    said = {
        field.attname: _plain(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not (field.primary_key or field.is_relation or field.name in FIELDS or field.name in _POINTERS)
    }
    return str(said)


def _plain(field: Any, value: Any) -> Any:
    if isinstance(field, models.DateTimeField):
        return value is not None
    if isinstance(value, dict):
        return {name: _plain(None, one) for name, one in sorted(value.items()) if name != FACTS}
    if isinstance(value, str):
        return CASE_NUMBERS.sub(r"\1", NUMBERS.sub("N", value) if _is_address(field) else value)
    return value


def _is_address(field: Any) -> bool:
    return field is not None and field.name in {"key", "link"}


_POINTERS = {"subject_id": "subject_type", "case_id": "case_type"}
"""Fields that hold the primary key of a row whose kind another field names."""


def _references(row: models.Model, names: dict[tuple[str, Any], str], known: dict[str, int]) -> str:
    """Return the rows that a row refers to: those from before by their key, others by name."""
    found = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value is None or field.primary_key:
            continue
        if field.is_relation:
            label = field.remote_field.model._meta.label  # type: ignore[union-attr]
            found[field.name] = _name(label, value, names, known)
        elif field.name in _POINTERS:
            kind = apps.get_model(getattr(row, _POINTERS[field.name]))
            found[field.name] = _name(kind._meta.label, value, names, known)
    if row.pk is not None and isinstance(row.pk, int) and row.pk <= known.get(row._meta.label, 0):
        found["pk"] = str(row.pk)
    return str(found)


def _name(label: str, pk: Any, names: dict[tuple[str, Any], str], known: dict[str, int]) -> str:
    if not isinstance(pk, int) or pk <= known.get(label, 0):
        return f"{label} {pk}"
    return f"{label} {names.get((label, pk), 'not compared')}"


def _hashed(*words: str) -> str:
    return sha256("\n".join(words).encode()).hexdigest()[:16]
