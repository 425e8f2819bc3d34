"""The whole application on one page: complete, bounded, with what is missing at its place."""

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from admission.applications.actions.applications import start_application
from admission.applications.models import Answer, Application, Evidence
from admission.applications.portal.whole import printed as printed_whole
from admission.applications.whole import FILES_SHOWN, OUTLETS_PRINTED, OUTLETS_SHOWN
from admission.editions.models import PolicyEdition
from admission.tests.factories import fill_in, submitted
from banks.outlets.models import Outlet
from banks.outlets.spreadsheet.cells import ROW_LIMIT
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.accounts.user_lock import user_lock
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.letters.render import faces

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
COMPUTED = {"name_key", "name_order", "search_text"}


@pytest.fixture
def draft(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A complete draft."""
    application = start_application(bank=bank, by=clerk)
    fill_in(application, clerk)
    return application


def page_of(client: Client, application: Application, name: str = "submit") -> str:
    """Return a page of an application."""
    answer = client.get(reverse(f"admission:{name}", args=[application.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_shows_all_submitted_data(client: Client, draft: Application, clerk: User) -> None:
    evidence = Evidence.objects.filter(answer__application=draft).select_related("file")
    evidence.update(issued_on=dt.date(2020, 5, 6), expires_on=dt.date(2050, 7, 8))
    OutletFactory.create(bank=draft.bank, name="示例支行")
    client.force_login(clerk)
    page = page_of(client, draft)
    said = [f"{one.number}. {one.title_zh}" for one in draft.edition.criteria.all()]
    said += [text for one in evidence for text in (one.file.name, one.file.sha256)]
    said += [field.label_zh for one in draft.edition.criteria.all() for field in one.fact_fields]
    said += ["2020-05-06", "2050-07-08", "示例负责人", str(clock.today()), "示例支行", draft.bank.uscc]
    assert [text for text in said if text not in page] == []
    assert 'name="declared"' in page


DATA = {
    "name": "示例第2支行",
    "town": "沙溪镇",
    "address": "示例路三号",
    "uscc": "91442000MADEM0038X",
    "license_institution_code": "B9001S244200001",
    "open_for_card_business": False,
    "windows": 173,
    "trained_staff": 1291,
    "opening_hours": "周三上午",
    "services": ["loss", "cancellation"],
    "phone": "0760-88884321",
}
SHOWN = DATA | {"open_for_card_business": "不开办", "services": "挂失解挂、注销"}


def printed(application: Application) -> str:
    """Return the PDF's page before it is rendered."""
    context = {"application": application, "bank": application.bank, "whole": printed_whole(application)}
    with override("zh-hans"):
        return render_to_string(
            "letters/application.html", context | {"read_at": clock.now(), "faces": faces()}
        )


def test_every_field_of_every_outlet_is_shown_and_printed(
    client: Client, draft: Application, clerk: User
) -> None:
    fields = {field.name for field in Outlet._meta.concrete_fields} - {"id", "bank", *COMPUTED}
    assert set(DATA) == fields
    Outlet.objects.filter(bank=draft.bank).delete()
    Outlet.objects.create(bank=draft.bank, **DATA)
    client.force_login(clerk)
    for page in (page_of(client, draft), page_of(client, draft, "whole"), printed(draft)):
        part = page[page.rindex("criterion-24" if "criterion-24" in page else "<h2>") :]
        assert [value for value in SHOWN.values() if str(value) not in part] == []


def test_outlets_are_in_natural_order_and_all_printed(
    client: Client, draft: Application, clerk: User
) -> None:
    Outlet.objects.filter(bank=draft.bank).delete()
    names = [f"示例第{number}支行" for number in range(1, OUTLETS_SHOWN + 6)]
    for name in reversed(names):
        OutletFactory.create(bank=draft.bank, name=name)
    client.force_login(clerk)
    page = page_of(client, draft)
    assert re.findall("示例第[0-9]+支行", page) == names[:OUTLETS_SHOWN]
    assert re.findall("示例第[0-9]+支行", printed(draft)) == names
    assert f"{OUTLETS_SHOWN}个" not in printed(draft)


def test_outlets_beyond_the_bound_of_the_pdf_are_named(
    draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    OutletFactory.create_batch(7, bank=draft.bank)
    count = draft.bank.outlets.count()
    assert OUTLETS_PRINTED >= ROW_LIMIT
    monkeypatch.setattr("admission.applications.portal.whole.OUTLETS_PRINTED", 5)
    assert f"以下列出前5个，其余{count - 5}个" in printed(draft)


def test_missing_item_links_to_its_field(client: Client, draft: Application, clerk: User) -> None:
    Answer.objects.filter(application=draft, criterion__number=4).update(facts={})
    Answer.objects.filter(application=draft, criterion__number=9).update(signatory="", signed_on=None)
    Evidence.objects.filter(answer__application=draft, answer__criterion__number=1).update(
        removed_at=clock.now()
    )
    Evidence.objects.filter(answer__criterion__number=2).update(expires_on=dt.date(2020, 1, 1))
    client.force_login(clerk)
    page = page_of(client, draft)
    at = reverse("admission:criterion", args=[draft.pk, 0]).replace("/0/", "/{}/")
    links = [f"{at.format(4)}#id_fact_department", f"{at.format(9)}#id_signatory", f"{at.format(1)}#evidence"]
    assert [link for link in links if f'href="{link}"' not in page] == []
    assert "本文件已过有效期" in section(page, 2)
    assert "gap" not in section(page, 10)
    assert 'name="declared"' not in page


def section(page: str, number: int) -> str:
    """Return the part of the page about one criterion."""
    found = re.search(rf'id="criterion-{number}".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def test_page_has_constant_query_count_and_bounded_lists(
    client: Client, draft: Application, clerk: User
) -> None:
    OutletFactory.create(bank=draft.bank)
    client.force_login(clerk)
    costs = []
    for _time in range(2):
        page_of(client, draft)
        with CaptureQueriesContext(connection) as queries:
            page = page_of(client, draft)
        costs.append(len(queries))
        OutletFactory.create_batch(60, bank=draft.bank)
        first = Evidence.objects.filter(answer__application=draft).earliest("pk")
        Evidence.objects.bulk_create(
            Evidence(answer=first.answer, file=first.file) for _number in range(FILES_SHOWN + 5)
        )
    assert costs[0] == costs[1]
    assert section(page, 1).count("SHA-256") == FILES_SHOWN
    assert page.count('data-label="镇街"') <= OUTLETS_SHOWN


def test_last_criterion_leads_to_check_page(client: Client, draft: Application, clerk: User) -> None:
    client.force_login(clerk)
    last = draft.edition.criteria.count()
    path = reverse("admission:criterion", args=[draft.pk, last])
    version = draft.answers.get(criterion__number=last).version
    answer = client.post(path, {"text": "符合。", "version": version})
    assert answer.headers["Location"] == reverse("admission:submit", args=[draft.pk])


def test_page_is_read_only_after_submission(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    client.force_login(clerk)
    whole = reverse("admission:whole", args=[application.pk])
    assert client.get(reverse("admission:submit", args=[application.pk])).headers["Location"] == whole
    page = page_of(client, application, "whole")
    assert reverse("admission:criterion", args=[application.pk, 1]) not in page
    client.force_login(people.intake)
    desk = client.get(reverse("admin:admission_application_whole", args=[application.pk]))
    assert section(desk.content.decode(), 1)
    assert reverse("admission:criterion", args=[application.pk, 1]) not in desk.content.decode()


def test_pdf_is_made_one_at_a_time_and_recorded(client: Client, draft: Application, clerk: User) -> None:
    client.force_login(clerk)
    path = reverse("admission:whole_pdf", args=[draft.pk])
    with user_lock(clerk, "receipt"):
        assert client.get(path).status_code == 429
    assert not Entry.objects.filter(verb="download_application").exists()
    assert client.get(path).content.startswith(b"%PDF-")
    assert Entry.objects.filter(verb="download_application").count() == 1


def test_other_banks_application_is_not_found(client: Client, draft: Application, stranger: User) -> None:
    client.force_login(stranger)
    names = ("whole", "whole_pdf", "submit")
    answers = [client.get(reverse(f"admission:{name}", args=[draft.pk])).status_code for name in names]
    assert answers == [404] * 3
