"""Bad input to every form is refused at its field, without an error page and without losing input."""

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.models import Application
from admission.editions.actions import draft_edition
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.opinions import ask_opinion
from admission.tests.factories import submitted
from banks.outlets.actions.imports import read_import
from banks.outlets.models import OutletImport
from banks.outlets.tests.sheets import csv, outlet
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import base_of
from zsbank.base.roles import STAFF_ROLES

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
UNSEEN = ("\u200b", "甲\u200b乙", "\u202e甲", "甲\x07")
BAD = (
    *UNSEEN,
    "\x00",
    "-1",
    "９９",
    "٣",
    "1e9",
    "9" * 400,
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "=1+1",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "甲" * 20000,
)


@pytest.fixture
def everybody(people: "People") -> User:
    """An officer with every role, who can open every page."""
    user = User.objects.create(username="all", name="全员", email="all@hrss.example", is_staff=True)
    user.groups.set([Group.objects.get_or_create(name=role.value)[0] for role in STAFF_ROLES])
    return user


@pytest.fixture
def under_review(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """A case with rows in every table of admission."""
    application = accept_application(application=submitted(bank, clerk), by=people.intake)
    asked = list(edition.criteria.filter(number=6))
    ask_opinion(application=application, by=people.reviewer, criteria=asked)
    draft_edition(source=edition, slug="next", name="下一版", by=people.reviewer)
    return application


def offered() -> Iterator[tuple[Case, str]]:
    """Every kind of case with each action its desk offers."""
    for case in cases():
        for offer in (*case.offers, *case.list_offers):
            yield case, offer.verb.value


def addresses(case: Case, verb: str) -> Iterator[str]:
    """The addresses of an action: for the newest row, and for the list."""
    if any(offer.verb.value == verb for offer in case.list_offers):
        yield reverse(f"admin:{base_of(case.model)}_list_action", args=[verb])
    newest: Model | None = QuerySet(case.model).order_by("-pk").first()
    if newest and any(offer.verb.value == verb for offer in case.offers):
        yield reverse(f"admin:{base_of(case.model)}_action", args=[newest.pk, verb])


def test_action_pages_refuse_bad_input(client: Client, everybody: User, under_review: Application) -> None:
    client.force_login(everybody)
    tried = 0
    for case, verb in offered():
        for address in addresses(case, verb):
            page = client.get(address)
            fields = list(page.context["form"].fields) if "form" in page.context else []
            for bad in BAD if fields else ():
                answer = client.post(address, dict.fromkeys(fields, bad))
                if answer.status_code == 413:
                    assert len(fields) * len(bad.encode()) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE, address
                    continue
                assert answer.status_code in (200, 302), f"{address}: {bad[:20]!r}"
                if answer.status_code == 200:
                    tried += 1
                    assert 'role="alert"' in answer.content.decode(), f"{address}: {bad[:20]!r}"
    assert tried > 200


def test_invisible_characters_are_reported_at_the_field(
    client: Client, everybody: User, under_review: Application
) -> None:
    client.force_login(everybody)
    address = reverse("admin:admission_application_action", args=[under_review.pk, "declare_conflict"])
    for bad in UNSEEN:
        page = client.post(address, {"reason": bad}).content.decode()
        assert "不可见字符" in page
    assert not under_review.conflicts.exists()


def test_desk_lists_accept_bad_queries(client: Client, everybody: User, under_review: Application) -> None:
    client.force_login(everybody)
    for case in cases():
        if case.desk is not None:
            address = reverse(f"admin:{base_of(case.model)}_changelist")
            for bad in ("\x00", "٣", "-1", "'", "9" * 400):
                for name in ("q", "p", "o", "state__exact", "bank__id__exact", "nonsense"):
                    assert client.get(address, {name: bad}).status_code in (200, 302), f"{address}?{name}"


def portal_forms(application: Application, read: OutletImport) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The forms of the portal with their fields."""
    for number in (1, 2, 4, 6, 7, 8, 11, 13, 14, 16, 20):
        facts = ("text", "signatory", "signed_on", "issued_on", "expires_on", "replaces", "remove", "version")
        own = tuple(f"fact_{name}" for name in ("issued_on", "department", "vendor", "annual_fee", "email"))
        for page in ("admission:criterion", "admission:autosave"):
            yield reverse(page, args=[application.pk, number]), (*facts, *own)
    yield reverse("admission:submit", args=[application.pk]), ("declared",)
    yield reverse("admission:copy", args=[application.pk]), ("numbers",)
    yield reverse("admission:upload", args=[application.pk, 1]), ("replaces", "issued_on", "file")
    yield (
        reverse("banks:new_outlet"),
        ("name", "town", "address", "uscc", "windows", "services", "opening_hours"),
    )
    yield reverse("banks:import", args=[read.pk]), ("seen", "leave_out_wrong")
    yield reverse("banks:import_columns", args=[read.pk]), ("header", "column_1", "column_2")
    yield reverse("banks:members"), ("name", "email", "role")
    yield reverse("banks:choose"), ("bank", "next")


def test_portal_forms_refuse_bad_input(
    client: Client, bank: Bank, administrator: User, edition: PolicyEdition
) -> None:
    application = start_application(bank=bank, by=administrator)
    read = read_import(bank=bank, by=administrator, content=csv(outlet(镇街="无")), name="a.csv")
    client.force_login(administrator)
    for address, fields in portal_forms(application, read):
        for bad in BAD:
            answer = client.post(address, dict.fromkeys(fields, bad))
            assert answer.status_code in (200, 302, 422), f"{address}: {bad[:20]!r}"
    assert client.get("/bank/outlets/?page=%00").status_code == 200
    assert not OutletImport.objects.exclude(done_at=None).exists()


def test_refused_form_keeps_input(
    client: Client, bank: Bank, administrator: User, edition: PolicyEdition
) -> None:
    application = start_application(bank=bank, by=administrator)
    client.force_login(administrator)
    page = reverse("admission:criterion", args=[application.pk, 20])
    typed = {"text": "写了很多 <b>字</b>", "fact_annual_fee": "很多", "signatory": "行长甲", "version": "0"}
    shown = client.post(page, typed).content.decode()
    for value in typed.values():
        assert html.escape(value) in shown
    outlet_page = client.post(reverse("banks:new_outlet"), {"name": "示例支行", "windows": "-1"})
    assert 'value="示例支行"' in outlet_page.content.decode()
    assert 'value="-1"' in outlet_page.content.decode()


def said(answer: Any, pk: int) -> str:
    """The text of a page, without its token and its own address."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return page.replace(f"/applications/{pk}/", "/applications/…/")


def test_ids_of_other_banks_are_answered_like_missing_ones(
    client: Client, bank: Bank, administrator: User, other_bank: Bank, stranger: User, edition: PolicyEdition
) -> None:
    theirs = start_application(bank=other_bank, by=stranger)
    outlet_of_theirs = OutletFactory.create(bank=other_bank)
    client.force_login(administrator)
    for name, own_args in (
        ("admission:task_list", []),
        ("admission:criterion", [1]),
        ("admission:autosave", [1]),
        ("admission:upload", [1]),
        ("admission:copy", []),
        ("admission:submit", []),
        ("admission:receipt", []),
        ("admission:receipt_pdf", []),
        ("admission:supplement", []),
        ("admission:supplement_receipt", [1]),
        ("admission:supplement_receipt_pdf", [1]),
        ("admission:delete", []),
        ("admission:clock", []),
        ("admission:withdraw", []),
    ):
        for verb in (client.get, client.post):
            foreign = verb(reverse(name, args=[theirs.pk, *own_args]))
            nobodys = verb(reverse(name, args=[theirs.pk + 9999, *own_args]))
            assert foreign.status_code == nobodys.status_code, name
            assert foreign.status_code in (404, 405), name
            assert said(foreign, theirs.pk) == said(nobodys, theirs.pk + 9999), name
    assert client.get(reverse("banks:outlet", args=[outlet_of_theirs.pk])).status_code == 404
