"""Related rows are linked both ways, on all rows of the examples."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse

from exit.cases.models import ExitCase
from tests.actions.examples import examples
from tests.actions.scene import Scene
from tests.actions.test_offers import rows_of, scene, states_of
from zsbank.base.accounts.models import User
from zsbank.base.cases.registry import case_of, cases
from zsbank.base.cases.urls import case_page
from zsbank.base.letters.models import Letter
from zsbank.base.pages.related import related_to
from zsbank.base.permissions import Verb

__all__ = ["scene"]
pytestmark = pytest.mark.django_db
EXAMPLES = examples()
ONE_WAY = {"banks.bank"}
"""A bank's page leads to lists of its cases."""


def linked(officer: User) -> Iterator[tuple[Model, str]]:
    """Yield every row with a page at the desk, and the address of each linked row."""
    for kind in cases():
        rows: Iterable[Any] = QuerySet(kind.model) if kind.desk and kind.seen_with == Verb.SEE_DESK else ()
        for row in rows:
            for link in related_to(kind, row, officer):
                yield row, link.address


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_links_lead_both_ways(name: str, scene: Scene) -> None:
    for _when in states_of(name, scene):
        ways = {(case_page(row), address) for row, address in linked(scene.people.inspector)}
        pages = {case_page(row): kind for kind in cases() if kind.desk for row in rows_of(kind)}
        for here, there in ways:
            kind = pages[there]
            if kind.key in ONE_WAY or kind.seen_with != Verb.SEE_DESK:
                continue
            assert (there, here) in ways, f"{there} does not lead to {here}"


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_letter_links_to_its_case(name: str, scene: Scene) -> None:
    kind = case_of(Letter)
    assert kind
    for _when in states_of(name, scene):
        for letter in rows_of(kind):
            case: Any = QuerySet(apps.get_model(letter.case_type)).filter(pk=letter.case_id).first()
            declared = case_of(type(case))
            if case is not None and declared and (declared.desk or declared.related):
                assert related_to(kind, letter, scene.people.inspector), letter.kind


def test_lapsed_order_links_to_exit_case(client: Client, scene: Scene) -> None:
    for _when in states_of("exit.cases.actions.cases.open_for_lapsed_order", scene):
        pass
    case = ExitCase.objects.exclude(order=None).get()
    client.force_login(case.bank.members.filter(left_on=None).earliest("pk").user)
    page = client.get(reverse("inspections:order", args=[case.order_id])).content.decode()
    assert page.count(reverse("exit:case", args=[case.pk])) == 1
    assert case.case_number in page
