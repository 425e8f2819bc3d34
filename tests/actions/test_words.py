"""Every word of every list and case page of the desk is Chinese; no list shows what only programs read."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.db import models
from django.utils.translation import override

from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases, steps
from zsbank.site.operations.desk import step_in_words

CHINESE = re.compile(r"[一-鿿]")
SAME_IN_BOTH = {"SHA-256"}
DESKS = [kind for kind in cases() if kind.desk]


def names_of(kind: Case) -> set[str]:
    """What the list and the page of a kind show."""
    desk: Any = kind.desk
    return {name for name in (*desk.list_display, *desk.facts) if isinstance(name, str)}


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.key)
def test_every_label_is_chinese(kind: Case) -> None:
    desk: Any = admin.site._registry.get(kind.model) if kind.model in admin.site._registry else None
    desk = desk or kind.desk(kind.model, admin.site)  # type: ignore[misc]
    with override("zh-hans"):
        labels = {name: str(label_for_field(name, kind.model, desk)) for name in names_of(kind)}
    wrong = {name: label for name, label in labels.items() if not CHINESE.search(label)}
    assert not {name: label for name, label in wrong.items() if label not in SAME_IN_BOTH}


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.key)
def test_no_list_shows_json(kind: Case) -> None:
    own: Any = kind.desk
    fields = {field.name: field for field in kind.model._meta.get_fields()}
    shown = (fields[name] for name in names_of(kind) if name in fields and not hasattr(own, name))
    assert not [field.name for field in shown if isinstance(field, models.JSONField)]


def test_every_step_of_the_sweep_has_words() -> None:
    with override("zh-hans"):
        assert not [step.name for step in steps() if not CHINESE.search(step_in_words(step.name))]
