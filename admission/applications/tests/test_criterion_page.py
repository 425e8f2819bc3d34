"""The page of a criterion: what is required, what is registered already, and each shortcoming once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.checks import registered_facts
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.editions.terms import CheckName
from banks.register.models import Bank
from zsbank.base.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client: Client, bank: Bank, clerk: User, edition: PolicyEdition) -> dict[int, str]:
    """The page of every criterion of a draft of a bank without outlets."""
    bank.outlets.all().delete()
    application: Application = start_application(bank=bank, by=clerk)
    client.force_login(clerk)
    numbers = edition.criteria.values_list("number", flat=True)
    at = {number: reverse("admission:criterion", args=[application.pk, number]) for number in numbers}
    return {number: client.get(address).content.decode() for number, address in at.items()}


def evidence_of(page: str) -> str:
    """Return the part of the page about evidence."""
    start = page.index('id="evidence"')
    return page[start : page.index('class="buttons"', start)]


def test_required_evidence_is_never_called_optional(pages: dict[int, str], edition: PolicyEdition) -> None:
    needed = [one.number for one in edition.criteria.all() if one.evidence_needed]
    assert needed
    for number in needed:
        part = evidence_of(pages[number])
        assert "必须提供" in part or "可后补" in part, number
        assert "选填" not in part, number


def test_registered_data_of_each_check_are_shown(
    pages: dict[int, str], bank: Bank, edition: PolicyEdition
) -> None:
    said = set()
    for criterion in edition.criteria.all():
        checks = {check.name for check in criterion.check_specs}
        for label, value in registered_facts(criterion, bank):
            assert re.search(
                rf"<dt>{label}</dt>\s*<dd[^>]*>\s*{re.escape(str(value))}", pages[criterion.number]
            )
            said.add(str(value))
        if checks & {CheckName.BANK_CATEGORY, CheckName.LICENCE_CODE}:
            assert "市人社局登记的信息" in pages[criterion.number]
    assert {bank.uscc, bank.license_institution_code or "尚未登记"} <= said


def test_each_shortcoming_is_said_once(pages: dict[int, str]) -> None:
    said = {number: page.count("尚未登记网点") for number, page in pages.items() if "尚未登记网点" in page}
    assert said
    assert set(said.values()) == {1}, said
