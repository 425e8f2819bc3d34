"""Related rows are linked both ways, on all rows of the examples."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet
from django.test import Client
from django.urls import reverse

from banks.hearings.models import PriorNotice
from exit.cases.models import ExitCase
from tests.actions.examples import examples, heard
from tests.actions.scene import Scene
from tests.actions.situations import new_states_of
from tests.actions.stage import Staged, on_stage
from tests.actions.test_bank_pages import case_behind
from tests.actions.test_offers import rows_of
from zsbank.base.accounts.models import User
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import case_of, cases
from zsbank.base.cases.urls import case_page
from zsbank.base.letters.models import Letter
from zsbank.base.pages.related import related_to
from zsbank.base.permissions import Verb

pytestmark = pytest.mark.django_db
EXAMPLES = examples()
HEARD = heard()
UNLINKED = {
    ("admission.application", "edition"),
    ("admission.criterion", "edition"),
    ("inspections.complaint", "criterion"),
    ("inspections.inspectionvisit", "edition"),
}
"""Fields of rows that name an edition of the policy or one of its criteria, which have no list of such rows."""
ONE_WAY = {"banks.bank"}
"""A bank's page leads to lists of its cases."""


def linked(officer: User) -> Iterator[tuple[Model, str]]:
    """Yield every row with a page at the desk, and the address of each linked row."""
    for kind in cases():
        for row in rows_of(kind) if kind.desk and kind.seen_with == Verb.SEE_DESK else ():
            for link in related_to(kind, row, officer):
                yield row, link.address


def both_ways() -> list[Case]:
    """Return the kinds of case whose pages lead back to what leads to them."""
    return [one for one in cases() if one.desk and one.seen_with == Verb.SEE_DESK and one.key not in ONE_WAY]


def pages() -> set[str]:
    """Return the addresses of all rows at the desk."""
    found: set[str] = set()
    for kind in cases():
        rows: Iterable[Any] = QuerySet(kind.model) if kind.desk else ()
        found |= {case_page(row) for row in rows}
    return found


def kept(row: Any) -> Iterator[Model | None]:
    """Yield the rows that a row keeps in its own fields, and the case behind a notice: whatever is declared."""
    for field in row._meta.get_fields():
        if isinstance(field, ForeignKey) and (row._meta.label_lower, field.name) not in UNLINKED:
            yield getattr(row, field.name)
    if isinstance(row, PriorNotice):
        yield case_behind(row)


def expected() -> set[tuple[str, str]]:
    """Return the pages at the desk between which rows keep each other, both ways."""
    open_to_all = {kind.model: kind for kind in cases() if kind.desk and kind.seen_with == Verb.SEE_DESK}
    ways = set()
    for kind in open_to_all.values():
        for row in rows_of(kind):
            for other in kept(row):
                if other is not None and type(other) in open_to_all and other != row:
                    ways.add((case_page(row), case_page(other)))
                    if case_of(type(other)).key not in ONE_WAY:  # type: ignore[union-attr]
                        ways.add((case_page(other), case_page(row)))
    return ways


def links_lead_both_ways(officer: User) -> None:
    """Check that rows which keep each other are linked both ways, and that no link leads nowhere."""
    found = {(case_page(row), address) for row, address in linked(officer)}
    wanted, back = expected(), {case_page(row) for kind in both_ways() for row in rows_of(kind)}
    assert wanted <= found, wanted - found
    assert {(here, there) for here, there in found if there in back and (there, here) not in found} == set()
    assert {there for _here, there in found} <= pages()


def letters_link_to_their_cases(officer: User) -> None:
    """Check that the page of each letter leads to its case."""
    kind = case_of(Letter)
    assert kind
    for letter in rows_of(kind):
        case: Any = QuerySet(apps.get_model(letter.case_type)).filter(pk=letter.case_id).first()
        declared = case_of(type(case))
        if case is not None and declared and (declared.desk or declared.related):
            assert related_to(kind, letter, officer), letter.kind


@on_stage(EXAMPLES)
def test_rows_of_example_are_linked(staged: Staged) -> None:
    for _when in new_states_of(staged, "links"):
        links_lead_both_ways(staged.scene.people.inspector)
        letters_link_to_their_cases(staged.scene.people.inspector)


@pytest.mark.parametrize("key", sorted(HEARD))
def test_notice_and_case_are_among_what_must_be_linked(key: str, scene: Scene) -> None:
    """Without links, the test above would have nothing to compare."""
    case = HEARD[key](scene)
    pages = case_page(case), case_page(PriorNotice.objects.get())
    assert {pages, pages[::-1]} <= expected()
    assert expected() <= {(case_page(row), there) for row, there in linked(scene.people.inspector)}


@on_stage(["exit.cases.actions.grounds.open_for_lapsed_order"])
def test_lapsed_order_links_to_exit_case(client: Client, staged: Staged) -> None:
    staged.carry_out()
    case = ExitCase.objects.exclude(grounds__order=None).get()
    client.force_login(case.bank.members.filter(left_on=None).earliest("pk").user)
    page = client.get(reverse("inspections:order", args=[case.grounds.get().order_id])).content.decode()
    assert page.count(reverse("exit:case", args=[case.pk])) == 1
    assert case.case_number in page
