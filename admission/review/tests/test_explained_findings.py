"""A criterion found met over an automatic check that did not pass has a reason, which is kept, shown and journalled."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.checks import also_at_other_banks, checks_of
from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.rules import may_recommend
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.terms import CheckName
from admission.review.actions.findings import keep_finding, record_finding
from admission.review.models import Finding
from admission.review.states import FindingResult
from admission.tests.factories import accepted, find_all
from banks.outlets.models import Outlet
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Incomplete

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
REASON = "该网点与总行同址，监管部门已出具说明。"


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application under review whose outlets have codes of their own."""
    OutletFactory.create_batch(2, bank=bank)
    return accepted(bank, clerk, people)


def about(check: CheckName, edition: PolicyEdition) -> Criterion:
    """The criterion with a check."""
    return next(one for one in edition.criteria.all() if any(spec.name == check for spec in one.check_specs))


@pytest.fixture
def registered(edition: PolicyEdition) -> Criterion:
    """The criterion that every outlet is registered, with its own codes."""
    return about(CheckName.OUTLETS_REGISTERED, edition)


def found(application: Application, criterion: Criterion, by: User, reason: str = "") -> Finding:
    return record_finding(
        application=application, criterion=criterion, by=by, result=FindingResult.MET, reason=reason
    )


def within_the_list(field: str, bank: Bank, other: Bank) -> list[str]:
    first, second = bank.outlets.order_by("pk")
    Outlet.objects.filter(pk=second.pk).update(**{field: getattr(first, field)})
    return [first.name, second.name]


def that_of_the_head_office(field: str, bank: Bank, other: Bank) -> list[str]:
    first = bank.outlets.order_by("pk")[0]
    Bank.objects.filter(pk=bank.pk).update(license_institution_code="B9002H244200001")
    Outlet.objects.filter(pk=first.pk).update(**{field: getattr(Bank.objects.get(pk=bank.pk), field)})
    return [first.name, "本行"]


def at_another_bank(field: str, bank: Bank, other: Bank) -> list[str]:
    theirs = OutletFactory.create(bank=other, **{field: getattr(bank.outlets.order_by("pk")[0], field)})
    return [theirs.name, other.name]


def that_of_another_head_office(field: str, bank: Bank, other: Bank) -> list[str]:
    code = getattr(bank.outlets.order_by("pk")[0], field)
    Bank.objects.filter(pk=other.pk).update(**{field: code})
    return [other.name]


@pytest.mark.parametrize("field", ["uscc", "license_institution_code"])
@pytest.mark.parametrize(
    "doubled", [within_the_list, that_of_the_head_office, at_another_bank, that_of_another_head_office]
)
def test_doubled_code_is_named_and_met_needs_a_reason(
    application: Application,
    registered: Criterion,
    people: "People",
    other_bank: Bank,
    field: str,
    doubled: Any,
) -> None:
    assert found(application, registered, people.reviewer).reason == ""
    names = doubled(field, application.bank, other_bank)
    application.refresh_from_db()
    said = " ".join(
        check.text for check in checks_of(Application.objects.get(), registered) if check.passed is not True
    )
    assert [name for name in names if name not in said] == []
    with pytest.raises(Incomplete) as refused:
        found(Application.objects.get(), registered, people.reviewer)
    assert refused.value.code == "unexplained"
    assert names[0] in str(refused.value)
    finding = found(Application.objects.get(), registered, people.reviewer, REASON)
    assert finding.reason == REASON
    assert Entry.objects.filter(verb="record_finding").order_by("-pk")[0].reason == REASON


@pytest.mark.parametrize(
    "check", [name for name in CheckName if name != CheckName.OUTLETS_REGISTERED], ids=str
)
def test_every_other_check_that_does_not_pass_asks_for_a_reason(
    application: Application, edition: PolicyEdition, people: "People", check: CheckName
) -> None:
    criterion = about(check, edition)
    Bank.objects.filter(pk=application.bank_id).update(category="village", license_institution_code="")
    Outlet.objects.update(windows=0)
    application.answers.update(facts={})
    with pytest.raises(Incomplete) as refused:
        found(Application.objects.get(), criterion, people.reviewer)
    assert refused.value.code == "unexplained"
    assert found(Application.objects.get(), criterion, people.reviewer, REASON).reason == REASON


def test_finding_while_typing_asks_for_the_reason_too(
    application: Application, registered: Criterion, people: "People", other_bank: Bank
) -> None:
    within_the_list("uscc", application.bank, other_bank)
    with pytest.raises(Incomplete):
        keep_finding(
            application=application,
            criterion=registered,
            by=people.reviewer,
            result=FindingResult.MET,
            reason=" ",
        )


def test_check_that_fails_after_the_finding_keeps_the_approval_from_being_recommended(
    application: Application, registered: Criterion, people: "People", other_bank: Bank
) -> None:
    find_all(application, people.reviewer)
    application.findings.filter(criterion=registered).update(reason="")
    assert may_recommend(Application.objects.get(), Outcome.APPROVE)
    within_the_list("uscc", application.bank, other_bank)
    verdict = may_recommend(Application.objects.get(), Outcome.APPROVE)
    assert verdict.has("unexplained")
    application.findings.filter(criterion=registered).update(reason=REASON)
    assert may_recommend(Application.objects.get(), Outcome.APPROVE)


def test_page_asks_for_the_reason_and_shows_it_and_the_bank_reads_neither(
    client: Client,
    application: Application,
    registered: Criterion,
    people: "People",
    other_bank: Bank,
    clerk: User,
) -> None:
    page = reverse("admin:admission_application_review", args=[application.pk, registered.number])
    client.force_login(people.reviewer)
    before = client.get(page).content.decode().count("data-needs-reason")
    at_another_bank("uscc", application.bank, other_bank)
    shown = client.get(page).content.decode()
    assert shown.count("data-needs-reason") == before + 1
    assert "自动核对未通过" in shown
    told = client.post(page, {"result": "met"}, headers={"Accept": "application/json"})
    assert (told.status_code, "自动核对未通过" in told.json()["said"]) == (400, True)
    assert client.post(page, {"result": "met", "reason": REASON}).status_code == 302
    assert REASON in client.get(page).content.decode()
    client.force_login(clerk)
    for address in (
        f"/applications/{application.pk}/",
        f"/applications/{application.pk}/{registered.number}/",
    ):
        theirs = client.get(address).content.decode()
        assert REASON not in theirs
        assert other_bank.name not in theirs


def test_codes_of_other_banks_take_constant_queries(
    application: Application, other_bank: Bank, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        also_at_other_banks(application.bank)
    at_another_bank("uscc", application.bank, other_bank)
    with django_assert_num_queries(2):
        also_at_other_banks(application.bank)
