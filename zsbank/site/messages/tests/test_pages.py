"""Pages of messages: paged, read when opened, marked all at once; each person sees only their own."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from banks.register.models import Bank
from banks.tests.factories import make_member
from zsbank.base.accounts.models import User
from zsbank.base.notices import actions
from zsbank.base.notices.models import Message
from zsbank.base.notices.queries import mailed_kinds
from zsbank.base.notices.terms import ALWAYS_MAILED, MessageKind
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
LIST, DESK = "/messages/", "/admin/messages/"


def post(person: User, key: str, uscc: str = "", link: str = "") -> Message:
    """Create a message to a person."""
    actions.post(to=[person], key=key, title=f"标题{key}。", body="正文", uscc=uscc, link=link)
    return Message.objects.get(recipient=person, key=key)


def signed_in(person: User) -> Client:
    """Return a client signed in as a person."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, path: str) -> str:
    """Return the content of a page, after redirects."""
    return client.get(path, follow=True).content.decode()


def test_list_is_paged_and_newest_first(clerk: User) -> None:
    for number in range(35):
        post(clerk, str(number))
    page = text(signed_in(clerk), LIST)
    assert page.index("标题34。") < page.index("标题5。")
    assert "标题4。" not in page
    assert "标题4。" in text(signed_in(clerk), f"{LIST}?page=2")


def test_opening_marks_as_read_and_leads_to_the_case(clerk: User) -> None:
    row = post(clerk, "a", link="/rectification/")
    answer = signed_in(clerk).get(row.get_absolute_url())
    row.refresh_from_db()
    assert (answer["Location"], row.read_at is not None) == ("/rectification/", True)


def test_message_without_case_is_shown(people: "People") -> None:
    row = post(people.auditor, "a")
    answer = signed_in(people.auditor).get(row.get_absolute_url(), follow=True)
    assert answer.redirect_chain == [(f"{DESK}{row.pk}/", 302)]
    assert "正文" in answer.content.decode()


def test_reading_the_list_marks_nothing(clerk: User) -> None:
    row = post(clerk, "a")
    text(signed_in(clerk), LIST)
    text(signed_in(clerk), "/")
    row.refresh_from_db()
    assert row.read_at is None


def test_all_messages_of_page_are_marked_at_once(clerk: User) -> None:
    post(clerk, "a")
    seen = post(clerk, "b")
    post(clerk, "c")
    client = signed_in(clerk)
    assert f'name="newest" value="{seen.pk + 1}"' in text(client, LIST)
    client.post(f"{LIST}read/", {"newest": seen.pk})
    assert [row.key for row in Message.objects.filter(read_at=None)] == ["c"]


def test_unread_messages_are_counted_in_both_menus(clerk: User, people: "People") -> None:
    for person, page in ((clerk, "/"), (people.reviewer, "/admin/")):
        for key in "abc":
            post(person, key)
        assert "3" in text(signed_in(person), page).split(LIST)[1].split("</a>")[0]


def test_message_of_another_person_is_not_found(clerk: User, administrator: User, people: "People") -> None:
    row = post(administrator, "a", link="/")
    for reader in (clerk, people.reviewer):
        client = signed_in(reader)
        assert client.get(row.get_absolute_url()).status_code == 404
        assert client.get(f"{DESK}{row.pk}/").status_code == 404
        assert "标题a" not in text(client, LIST)
        client.post(f"{LIST}read/", {"newest": row.pk})
    row.refresh_from_db()
    assert row.read_at is None


def test_message_about_another_own_bank_asks_to_choose_it(clerk: User, bank: Bank, other_bank: Bank) -> None:
    member = make_member(other_bank, "second", Role.BANK_CLERK)
    member.user = clerk
    member.save(update_fields=["user"])
    row = post(clerk, "a", uscc=other_bank.uscc, link="/rectification/")
    client = signed_in(clerk)
    client.post(reverse("banks:choose"), {"bank": bank.pk})
    answer = client.get(row.get_absolute_url())
    assert answer["Location"] == f"{reverse('banks:choose')}?next=%2Fmessages%2F{row.pk}%2F"
    row.refresh_from_db()
    assert row.read_at is None


def test_message_of_a_former_bank_is_hidden(clerk: User, bank: Bank, other_bank: Bank) -> None:
    row = post(clerk, "a", uscc=other_bank.uscc, link="/")
    assert signed_in(clerk).get(row.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("chosen", [[], ["news"], ["result", "news"]])
def test_choice_of_mails_is_saved(chosen: list[str], clerk: User) -> None:
    signed_in(clerk).post(f"{LIST}mails/", {"kinds": chosen})
    assert mailed_kinds([clerk])[clerk.pk] == ALWAYS_MAILED | {MessageKind(kind) for kind in chosen}


def test_staff_are_not_asked_about_confirmations(people: "People", clerk: User) -> None:
    label = str(MessageKind.RECEIPT.label)
    assert label not in text(signed_in(people.reviewer), f"{DESK}mails/")
    signed_in(people.reviewer).post(f"{DESK}mails/", {"kinds": ["news"]})
    kinds = mailed_kinds([people.reviewer])[people.reviewer.pk]
    assert kinds == ALWAYS_MAILED | {MessageKind.NEWS, MessageKind.RECEIPT}


def test_pages_of_desk_and_portal_lead_to_each_other(clerk: User, people: "People") -> None:
    assert signed_in(clerk).get(DESK)["Location"] == LIST
    assert signed_in(people.reviewer).get(LIST)["Location"] == DESK


@pytest.mark.parametrize("page", [LIST, "/"])
def test_query_count_does_not_grow_with_messages(
    page: str, clerk: User, django_assert_num_queries: Any
) -> None:
    client = signed_in(clerk)
    for number in range(3):
        post(clerk, f"a{number}")
    client.get(page)
    with django_assert_num_queries(7 if page == LIST else 22) as few:
        client.get(page)
    for number in range(50):
        post(clerk, f"b{number}")
    with django_assert_num_queries(len(few)):
        client.get(page)
