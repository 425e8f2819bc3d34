"""Pages of the portal: access, another bank's objects, refusals shown with the submitted input."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from admission.applications.actions import answers, applications
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF, answer_all
from banks.outlets.models import Outlet
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.files.tests.papers import holding

COMMON = (
    "portal:home",
    "admission:list",
    "admission:start",
    "inspections:orders",
    "inspections:assessments",
    "banks:outlets",
    "banks:new_outlet",
    "banks:letters",
    "banks:members",
    "exit:standing",
    "exit:apply",
)
OWN = ("admission:task_list", "admission:submit", "admission:withdraw")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    return applications.start_application(bank=bank, by=clerk)


def outlet_of(bank: Bank, name: str = "石岐支行") -> Outlet:
    return Outlet.objects.create(bank=bank, name=name, town="石岐街道", address="示例路1号")


@pytest.mark.parametrize("name", COMMON)
def test_member_opens_every_page(name: str, clerk: User, edition: PolicyEdition) -> None:
    answer = signed_in(clerk).get(reverse(name))
    assert answer.status_code == 200
    assert '<html lang="zh-CN">' in answer.content.decode()


@pytest.mark.parametrize("name", COMMON)
def test_anonymous_visitor_is_led_to_sign_in(name: str, client: Client, db: None) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", COMMON)
def test_officer_is_redirected_to_desk(name: str, people: object) -> None:
    answer = signed_in(people.intake).get(reverse(name))  # type: ignore[attr-defined]
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_person_without_bank_is_refused(db: None) -> None:
    nobody = User.objects.create(username="nobody", name="无名")
    assert signed_in(nobody).get("/").status_code == 403


@pytest.mark.parametrize("name", OWN)
def test_pages_of_another_banks_application_are_not_found(
    name: str, application: Application, clerk: User, stranger: User
) -> None:
    address = reverse(name, args=[application.pk])
    assert signed_in(clerk).get(address).status_code == 200
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(stranger).post(address, {"declared": "on"}).status_code in {404, 405}


def test_objects_of_another_bank_are_not_found(
    application: Application, bank: Bank, clerk: User, stranger: User
) -> None:
    answer_all(application, clerk)
    evidence = application.answers.exclude(evidence=None).first().evidence.first()  # type: ignore[union-attr]
    for address in (
        reverse("admission:criterion", args=[application.pk, 1]),
        reverse("admission:evidence", args=[evidence.pk]),  # type: ignore[union-attr]
        reverse("banks:outlet", args=[outlet_of(bank).pk]),
        reverse("banks:remove_outlet", args=[outlet_of(bank, "小榄支行").pk]),
        reverse("banks:remove_member", args=[bank.members.get(user=clerk).pk]),
    ):
        missing = signed_in(stranger).get(address)
        assert missing.status_code == 404
        assert bank.name not in missing.content.decode()


def test_application_is_started_answered_and_submitted(
    bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    client = signed_in(clerk)
    answer = client.post(reverse("admission:start"), {"start": "yes"})
    application = Application.objects.get(bank=bank)
    assert answer["Location"] == reverse("admission:task_list", args=[application.pk])

    address = reverse("admission:criterion", args=[application.pk, 1])
    upload = SimpleUploadedFile("营业执照.pdf", holding(b"licence"))
    answer = client.post(address, {"text": "城市商业银行", "version": "0", "file": upload})
    assert answer["Location"] == address
    assert "营业执照.pdf" in client.get(address).content.decode()

    answer_all_others(application, clerk)
    answer = client.post(reverse("admission:submit", args=[application.pk]), {"declared": "on"})
    application.refresh_from_db()
    assert application.state == "submitted"
    assert client.get(reverse("admission:task_list", args=[application.pk])).status_code == 200


def answer_all_others(application: Application, by: User) -> None:
    application.answers.update(version=0)
    answer_all(application, by)


def test_refused_file_keeps_input(application: Application, clerk: User) -> None:
    address = reverse("admission:criterion", args=[application.pk, 1])
    upload = SimpleUploadedFile("照片.pdf", b"not a pdf")
    answer = signed_in(clerk).post(address, {"text": "很长的说明", "version": "0", "file": upload})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="alert"' in page
    assert "照片.pdf" in page
    assert "很长的说明" in page


def test_edit_conflict_shows_both_answers(application: Application, clerk: User, administrator: User) -> None:
    criterion = application.edition.criteria.get(number=1)
    answers.save_answer(
        application=application, criterion=criterion, by=administrator, text="同事写的", facts={}
    )
    client, address = signed_in(clerk), reverse("admission:criterion", args=[application.pk, 1])
    page = client.post(address, {"text": "我写的", "version": "0"}).content.decode()
    assert "我写的" in page
    assert "同事写的" in page
    assert 'name="version" value="1"' in page


def test_evidence_is_removed_on_saving(application: Application, clerk: User) -> None:
    client, address = signed_in(clerk), reverse("admission:criterion", args=[application.pk, 1])
    client.post(address, {"text": "一", "version": "0", "file": SimpleUploadedFile("a.pdf", PDF)})
    evidence = application.answers.get().evidence.get()
    client.post(address, {"text": "二", "version": "1", "remove": evidence.pk})
    evidence.refresh_from_db()
    assert evidence.removed_at is not None
    assert application.answers.get().text == "二"


def test_submission_without_declaration_is_refused(application: Application, clerk: User) -> None:
    answer_all(application, clerk)
    answer = signed_in(clerk).post(reverse("admission:submit", args=[application.pk]), {"submit": "yes"})
    assert 'role="alert"' in answer.content.decode()
    application.refresh_from_db()
    assert application.state == "draft"


def test_missing_answers_are_linked(application: Application, clerk: User) -> None:
    page = signed_in(clerk).get(reverse("admission:submit", args=[application.pk])).content.decode()
    assert reverse("admission:criterion", args=[application.pk, 24]) in page


def test_application_is_withdrawn(application: Application, clerk: User) -> None:
    signed_in(clerk).post(reverse("admission:withdraw", args=[application.pk]), {"reason": "另行申请"})
    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_outlet_with_wrong_code_is_refused_keeping_input(bank: Bank, clerk: User) -> None:
    typed = {
        "name": "坦洲支行",
        "town": "坦洲镇",
        "address": "示例路",
        "uscc": "123",
        "windows": "1",
        "trained_staff": "2",
    }
    page = signed_in(clerk).post(reverse("banks:new_outlet"), typed).content.decode()
    assert 'role="alert"' in page
    assert "坦洲支行" in page
    assert not bank.outlets.exists()


def test_outlet_is_created_changed_and_removed(bank: Bank, clerk: User) -> None:
    client = signed_in(clerk)
    typed = {"name": "坦洲支行", "town": "坦洲镇", "address": "示例路", "windows": "1", "trained_staff": "2"}
    client.post(reverse("banks:new_outlet"), typed)
    outlet = bank.outlets.get()
    client.post(reverse("banks:outlet", args=[outlet.pk]), {**typed, "windows": "3"})
    outlet.refresh_from_db()
    assert outlet.windows == 3
    client.post(reverse("banks:remove_outlet", args=[outlet.pk]), {"yes": "1"})
    assert not bank.outlets.exists()


@pytest.mark.parametrize("query", ["?page=x", "?page=-1", "?page=99999999999999999999"])
def test_invalid_page_number_is_accepted(query: str, clerk: User) -> None:
    assert signed_in(clerk).get(reverse("banks:outlets") + query).status_code == 200


def test_outlet_list_takes_constant_queries(
    bank: Bank, clerk: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(clerk)
    outlet_of(bank)
    with django_assert_num_queries(OUTLETS):
        client.get(reverse("banks:outlets"))
    for number in range(49):
        outlet_of(bank, f"支行{number}")
    with django_assert_num_queries(OUTLETS):
        client.get(reverse("banks:outlets"))


OUTLETS = 6


def test_task_list_takes_constant_queries(
    application: Application, clerk: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = signed_in(clerk), reverse("admission:task_list", args=[application.pk])
    with django_assert_max_num_queries(TASKS):
        client.get(address)
    answer_all(application, clerk)
    with django_assert_max_num_queries(TASKS):
        client.get(address)


TASKS = 18


def test_language_is_switched_in_header(clerk: User) -> None:
    client = signed_in(clerk)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    page = client.get("/").content.decode()
    assert '<html lang="en">' in page
    assert "Outlets" in page


def test_sign_in_page_has_portal_design(client: Client, db: None) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert 'class="skip"' in page
    assert 'class="btn"' in page
