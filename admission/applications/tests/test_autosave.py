"""Autosave: a colleague's answer is never overwritten, and no text is lost."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import start_application, submit_application
from admission.applications.models import Answer, Application, Evidence
from admission.applications.sweep import STEPS
from admission.editions.models import PolicyEdition
from admission.tests.factories import fill_in, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry

pytestmark = pytest.mark.django_db
Type = Callable[..., str]


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A draft."""
    return start_application(bank=bank, by=clerk)


@pytest.fixture
def type_in(client: Client, application: Application, clerk: User) -> Type:
    """Autosave a criterion and return the page's answer."""
    client.force_login(clerk)

    def typing(number: int = 1, **fields: str) -> str:
        path = reverse("admission:autosave", args=[application.pk, number])
        return client.post(path, fields, headers={"HX-Request": "true"}).content.decode()

    return typing


def test_autosave_saves_and_shows_the_time(application: Application, type_in: Type) -> None:
    said = type_in(text="我行为城市商业银行。", version="0")
    answer = application.answers.get()
    assert (answer.text, answer.version) == ("我行为城市商业银行。", 1)
    assert 'name="version" value="1"' in said
    assert "已保存" in said


def test_autosave_builds_on_the_last_version(application: Application, type_in: Type) -> None:
    type_in(text="一", version="0")
    type_in(text="一二", version="1")
    assert application.answers.get().text == "一二"


def test_autosave_reports_edit_conflict(application: Application, type_in: Type, administrator: User) -> None:
    type_in(text="一", version="0")
    first = application.edition.criteria.get(number=1)
    save_answer(application=application, criterion=first, by=administrator, text="二", facts={}, version=1)
    said = type_in(text="三", version="1")
    assert application.answers.get().text == "二"
    assert str(administrator) in said
    assert "error" in said


@pytest.mark.parametrize(
    "fields", [{"fact_issued_on": "昨天"}, {"text": "a\u200bb\x00"}, {"text": "长" * 5001}]
)
def test_autosave_refuses_invalid_values(
    application: Application, type_in: Type, fields: dict[str, str]
) -> None:
    said = type_in(2, version="0", **fields)
    assert 'kept error"' in said
    assert not application.answers.exists()


def test_autosave_after_submission_is_refused(
    client: Client, other_bank: Bank, stranger: User, edition: PolicyEdition
) -> None:
    application = submitted(other_bank, stranger)
    client.force_login(stranger)
    path = reverse("admission:autosave", args=[application.pk, 6])
    said = client.post(path, {"text": "另写", "version": "1"}).content.decode()
    assert "error" in said
    assert application.answers.get(criterion__number=6).text == "符合。"


def test_other_banks_draft_is_hidden(client: Client, application: Application, stranger: User) -> None:
    client.force_login(stranger)
    path = reverse("admission:autosave", args=[application.pk, 1])
    assert client.post(path, {"text": "x", "version": "0"}).status_code == 404
    assert not application.answers.exists()


def test_autosave_returns_missing_items_and_checks(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    application = start_application(bank=bank, by=clerk)
    client.force_login(clerk)
    path = reverse("admission:autosave", args=[application.pk, 20])
    typed = {"text": "免收。", "fact_small_account_fee": "5", "fact_annual_fee": "0", "version": "0"}
    said = client.post(path, typed).content.decode()
    assert 'id="lacking"' in said
    assert "不为 0：小额账户管理费（元／年）。" in said


# The journal ------------------------------------------------------------------------------------------------------


def recorded() -> list[tuple[str, int]]:
    """Return the recorded saves: sign-in name and version."""
    rows = Entry.objects.filter(verb="save_answer").order_by("pk")
    return [(row.actor.username if row.actor else "", row.data["version"]) for row in rows]


def test_autosaves_are_recorded_once_on_saving(
    client: Client, application: Application, type_in: Type
) -> None:
    type_in(text="一", version="0")
    type_in(text="一二", version="1")
    assert recorded() == []
    client.post(reverse("admission:criterion", args=[application.pk, 1]), {"text": "一二三", "version": "2"})
    assert recorded() == [("clerk", 3)]


def test_abandoned_typing_is_recorded_by_the_sweep_for_its_author(type_in: Type) -> None:
    type_in(text="一", version="0")
    [step] = [step for step in STEPS if step.name == "record_typed"]
    assert list(step.due(clock.today())) == []
    with time_machine.travel(clock.now() + dt.timedelta(minutes=61)):
        [due] = step.due(clock.today())
        assert step.do(due)
        assert not step.do(due)
    assert recorded() == [("clerk", 1)]


def test_overwritten_typing_is_recorded_first(
    application: Application, type_in: Type, administrator: User
) -> None:
    type_in(text="一", version="0")
    first = application.edition.criteria.get(number=1)
    save_answer(application=application, criterion=first, by=administrator, text="二", facts={}, version=1)
    assert recorded() == [("clerk", 1), ("bankadmin", 2)]


def test_typing_is_recorded_before_submission(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    application = start_application(bank=bank, by=clerk)
    fill_in(application, clerk)
    client.force_login(clerk)
    answer = application.answers.get(criterion__number=1)
    given = {"text": "改写。", "version": str(answer.version)}
    client.post(reverse("admission:autosave", args=[application.pk, 1]), given)
    before = len(recorded())
    submit_application(application=application, by=clerk)
    assert recorded()[before:] == [("clerk", answer.version + 1)]
    verbs = Entry.objects.order_by("-pk").values_list("verb", flat=True)
    assert [*verbs[:2]] == ["submit_application", "save_answer"]


def test_page_whose_answer_was_lost_saves_again(application: Application, type_in: Type) -> None:
    type_in(text="一", version="0", page="a" * 32)
    said = type_in(text="一二", version="0", page="a" * 32)
    assert "已保存" in said
    assert application.answers.get().text == "一二"


@pytest.mark.parametrize("page", ["b" * 32, ""])
def test_other_window_of_same_person_is_an_edit_conflict(
    application: Application, type_in: Type, page: str
) -> None:
    type_in(text="一", version="0", page="a" * 32)
    said = type_in(text="另一窗口", version="0", page=page)
    assert "您已在另一个窗口保存" in said
    assert application.answers.get().text == "一"


def test_each_opened_page_has_its_own_key(application: Application, client: Client, clerk: User) -> None:
    client.force_login(clerk)
    path = reverse("admission:criterion", args=[application.pk, 1])
    keys = [client.get(path).context["form"]["page"].value() for _time in range(2)]
    assert all(len(key) == 32 for key in keys)
    assert keys[0] != keys[1]


@pytest.mark.parametrize("typed", ["20261-03-01", "0202-03-01", "2099-03-01"])
def test_impossible_evidence_date_neither_stops_text_nor_later_saves(
    application: Application, client: Client, clerk: User, typed: str
) -> None:
    fill_in(application, clerk)
    evidence = Evidence.objects.filter(answer__application=application).select_related("answer").first()
    assert evidence is not None
    client.force_login(clerk)
    path = reverse("admission:autosave", args=[application.pk, evidence.answer.criterion.number])
    date = f"evidence-{evidence.pk}-issued_on"
    given = {"text": "改写。", "version": str(evidence.answer.version), date: typed}
    answer = client.post(path, given | {f"initial-{date}": str(evidence.issued_on or "")})
    assert answer.status_code == 422
    assert f'name="version" value="{evidence.answer.version + 1}"' in answer.content.decode()
    assert Answer.objects.get(pk=evidence.answer.pk).text == "改写。"
    assert Evidence.objects.get(pk=evidence.pk).issued_on == evidence.issued_on
