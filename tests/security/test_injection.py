"""User input is treated as text everywhere: pages, letters, queries, headers and addresses."""

import html
from email.message import Message
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from banks.tests.factories import OutletFactory, make_bank
from zsbank.base.accounts.models import User
from zsbank.base.files.actions import store_upload
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.render import html_of
from zsbank.base.pages.file_response import serve
from zsbank.base.refusals import Refused

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
LANGUAGES = (
    "{{ 7|add:7 }}{% debug %}{{ request.user.password }}",
    "%(name)s %s {0.__class__} {name} ${7*7} #{7*7}",
    "**粗** [链接](javascript:alert(1)) [url=//evil.example]甲[/url] <b>乙</b>",
    MARKUP,
)
CODED = "%253Cb%253E %3Cb%3E &lt;b&gt; &amp;lt; \\u003cb\\u003e ＜b＞"


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    return start_application(bank=bank, by=clerk)


def shown(client: Client, application: Application, text: str) -> str:
    """The page of an answer after saving this text in it."""
    page = reverse("admission:criterion", args=[application.pk, 20])
    client.post(page, {"text": text, "version": "0", "stay": "1"})
    assert application.answers.get(criterion__number=20).text == text
    return client.get(page).content.decode()


@pytest.mark.parametrize("text", [*LANGUAGES, CODED])
def test_input_is_stored_unchanged_and_escaped_once(
    client: Client, application: Application, clerk: User, text: str
) -> None:
    client.force_login(clerk)
    page = shown(client, application, text)
    assert html.escape(text) in page or html.escape(text).replace("&#x27;", "&#39;") in page
    assert MARKUP not in page


@pytest.mark.parametrize("text", LANGUAGES)
def test_letter_prints_input_and_loads_nothing(bank: Bank, text: str) -> None:
    data = LetterData(
        kind="exit_notice",
        title="告知函",
        addressee=bank.name,
        uscc=bank.uscc,
        paragraphs=(Paragraph(text),),
    )
    said = html_of(data, number="1", date="2026年1月5日")
    assert html.escape(text) in said
    assert "<img" not in said
    assert "<script" not in said


@pytest.mark.parametrize("name", ["%(name)s %s.exe", "{0.__class__}.exe", "%n%n%n.exe"])
def test_format_string_in_a_name_is_text(name: str) -> None:
    with pytest.raises(Refused) as caught:
        store_upload(content=ContentFile(small_pdf()), name=name, by=None)
    assert str(caught.value).startswith(name)


@pytest.mark.parametrize(
    "name", ['a";\r\nSet-Cookie: x=1\r\n.pdf', "甲\r\nX: 1.pdf", 'a"b;c=d.pdf', "../../甲.pdf"]
)
def test_file_name_does_not_break_the_header(name: str) -> None:
    file = store_upload(content=ContentFile(small_pdf()), name=name, by=None)
    response = serve(file)
    response.close()
    read = Message()
    read["Content-Disposition"] = said = response.headers["Content-Disposition"]
    assert not {"\r", "\n", "/"} & set(said)
    assert (read.get_content_disposition(), read.get_filename()) == ("attachment", file.name)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("query", ["x' OR '1'='1", '" OR ""="', "%' --", "1; DROP TABLE banks_bank"])
def test_search_treats_wildcards_as_text(client: Client, people: "People", query: str) -> None:
    make_bank("示例银行丙", "91442000MADEM003XX")
    wanted = make_bank(f"示例 {query}", "91442000MADEM004XX")
    client.force_login(people.intake)
    page = client.get(reverse("admin:banks_bank_changelist"), {"q": query})
    assert [row.pk for row in page.context["cl"].result_list] == [wanted.pk]
    assert Bank.objects.count() == 2


def test_outlets_with_special_names_are_saved(client: Client, administrator: User, bank: Bank) -> None:
    OutletFactory.create(bank=bank, name=MARKUP)
    client.force_login(administrator)
    page = client.get(reverse("banks:outlets")).content.decode()
    assert html.escape(MARKUP) in page
    assert MARKUP not in page


@pytest.mark.parametrize("number", ["9" * 30, str(2**63), str(2**31)])
def test_too_large_id_is_not_found(client: Client, clerk: User, number: str) -> None:
    client.force_login(clerk)
    for path in ("applications", "bank/outlets", "bank/letters", "rectification", "bank/notices"):
        assert client.get(f"/{path}/{number}/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../zsbank/settings.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2fmanage.py",
        "/files/",
        "/data/",
    ],
)
def test_path_traversal_in_static_files_is_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_return_address_stays_one_parameter(client: Client) -> None:
    asked = '/applications/?q=1&next=//evil.example#"<script>'
    led = client.get(asked).headers["Location"]
    where = urlsplit(led)
    assert (where.scheme, where.netloc, where.path) == ("", "", "/accounts/login/")
    assert list(parse_qs(where.query)) == ["next"]
    page = client.get(led).content.decode()
    assert "<script>" not in page
    assert 'name="next" value="/applications/?q=1&amp;next=' in page


@pytest.mark.parametrize("text", [*LANGUAGES, '"},{"a":"', "</script>"])
def test_json_escapes_input(client: Client, application: Application, clerk: User, text: str) -> None:
    client.force_login(clerk)
    one = f"/api/v1/applications/{application.pk}/"
    client.put(f"{one}answers/20/", {"text": text, "version": 0}, content_type="application/json")
    assert [answer["text"] for answer in client.get(one).json()["answers"]] == [text]
