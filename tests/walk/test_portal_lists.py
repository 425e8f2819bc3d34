"""Lists of a bank in the portal have pages: neither their length nor their queries grow with the rows."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banks.register.models import Bank
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.fees.models import FeeNotice
from inspections.fees.states import FeeState
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from tests.walk.test_exports import fill
from tests.walk.test_walk import client_of
from tests.walk.world import World
from zsbank.base.cases.registry import cases

pytestmark = pytest.mark.django_db
FULL, MORE = 60, 120
"""A page is full with the first; the second must not make it longer."""
PAGER = re.compile(r'<nav class="buttons pager".*?</nav>', re.DOTALL)

Values = Callable[[int], dict[str, object]]

LISTS: dict[str, tuple[type[Any], Values]] = {
    "exit:standing": (
        ExitCase,
        lambda n: {"case_number": f"TC-2001-{n:04}", "state": ExitState.CLOSED, "letter_id": None},
    ),
    "inspections:assessments": (
        Assessment,
        lambda n: {"year": 1000 + n, "state": AssessmentState.FINAL},
    ),
    "inspections:fees": (
        FeeNotice,
        lambda n: {"number": f"N{n:04}", "state": FeeState.OPEN, "paid_on": None, "closed_on": None},
    ),
    "inspections:orders": (
        RectificationOrder,
        lambda n: {
            "state": OrderState.WITHDRAWN,
            "ground": OrderGround.ASSESSMENT,
            "determination_id": None,
            "letter_id": None,
            "first_year": 1000 + n,
            "assessed_year": 1001 + n,
        },
    ),
}
"""For the address of each list: the kind of its rows, and the values of the n-th."""


def add(bank: Bank, kind: type[Any], values: Values, numbers: range) -> None:
    """Add copies of a bank's row."""
    like = kind._default_manager.filter(bank=bank).earliest("pk")
    fields = {field.attname: getattr(like, field.attname) for field in kind._meta.concrete_fields}
    own = [field for field in kind._meta.concrete_fields if field.one_to_one and not field.null]
    for number in numbers:
        others = {field.attname: _copied(getattr(like, field.name)) for field in own}
        given = {name: value for name, value in fields.items() if name != "id"}
        kind._default_manager.create(**given | others | values(number))


def _copied(row: Model) -> object:
    """Return the key of a copy of a row, with texts of its own where they must be unique."""
    for field in row._meta.concrete_fields:
        if field.unique:
            setattr(row, field.attname, None if field.primary_key else uuid.uuid4().hex)
    row._state.adding = True
    row.save()
    return row.pk


def measured(client: Client, address: str) -> tuple[int, int]:
    """Return the number of tags of a page without its pager, and that of its queries."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        page = client.get(address)
    assert page.status_code == 200
    return PAGER.sub("", page.content.decode()).count("<"), len(seen)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_page_of_a_list_does_not_grow_with_its_rows(name: str, world: World) -> None:
    bank = Bank.objects.get(pk=world.own["bank"])
    kind, values = LISTS[name]
    fill(next(one for one in cases() if one.model is kind and one.desk), world)
    client, address = client_of(world.clerk), reverse(name)
    before, _queries = measured(client, address)
    add(bank, kind, values, range(FULL))
    full = measured(client, address)
    assert full[0] > before
    add(bank, kind, values, range(FULL, FULL + MORE))
    assert measured(client, address) == full
    assert client.get(address, {"page": "2"}).content != client.get(address).content
