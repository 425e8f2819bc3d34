"""Search over everything: by number and name, only what the person may see, at a constant number of queries."""

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted, submitted
from banks.register.models import Bank
from banks.tests.factories import OutletFactory, make_bank
from conftest import make_officer
from inspections.rectification.tests.factories import ordered, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.folding import folded
from zsbank.base.cases.search import Search
from zsbank.base.letters.models import Letter
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def found(client: Client, query: str, **headers: str) -> str:
    """Return the page of a search."""
    answer = client.get("/admin/search/", {"q": query}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_case_is_found_by_number_and_bank(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    client.force_login(people.reviewer)
    year, number = application.case_number.split("-")[1:]
    for query in (application.case_number, f"{year}-{int(number)}", bank.name[1:], bank.uscc):
        assert f">{application.case_number}<" in found(client, query), query


def test_letter_is_found_with_any_brackets(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    admitted(bank, clerk, people)
    letter = Letter.objects.latest("pk")
    client.force_login(people.auditor)
    for query in (
        f"〔{letter.year}〕{letter.number}号",
        f"[{letter.year}]{letter.number}",
        f"（{letter.year}）{letter.number}号",
        str(letter),
    ):
        assert str(letter) in found(client, query), query


def test_order_is_found_by_the_number_of_its_letter(
    client: Client, bank: Bank, edition: PolicyEdition, people: "People"
) -> None:
    qualified(bank, people.decider)
    order = ordered(bank, people, on=clock.today())
    client.force_login(people.inspector)
    assert order.letter is not None
    number = f"〔{order.letter.year}〕{order.letter.number}号"
    assert reverse("admin:inspections_rectificationorder_change", args=[order.pk]) in found(client, number)


def test_names_are_found_with_any_brackets(client: Client, bank: Bank, people: "People") -> None:
    OutletFactory.create(bank=bank, name="石岐（东区）ABC支行")
    client.force_login(people.intake)
    for query in ("石岐(东区)", "石岐（东区）", "abc支行"):
        assert "石岐（东区）ABC支行" in found(client, query), query


def test_lists_and_actions_are_found_by_name(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    page = found(client, "登记银行")
    register = reverse("admin:banks_bank_list_action", args=["register_bank"])
    assert register in page
    assert reverse("admin:exit_exitcase_changelist") in found(client, "退出")
    client.force_login(people.assessor)
    assert register not in found(client, "登记银行")


@pytest.mark.parametrize(
    "role", [Role.HEALTHCARE_LIAISON, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR]
)
def test_hidden_cases_are_not_found(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People", role: Role
) -> None:
    application = submitted(bank, clerk)
    outlet = OutletFactory.create(bank=bank, name="石岐支行")
    client.force_login(make_officer("outsider", role))
    for query in (application.case_number, bank.name, outlet.name, people.decider.name):
        page = found(client, query, **{"X-Palette": "1"})
        for hidden in ("/admission/application/", "/banks/bank/", "/banks/outlet/", "/exit/exitcase/"):
            assert hidden not in page, (query, hidden)
    if role != Role.SECURITY_ADMINISTRATOR:
        assert "/accounts/user/" not in found(client, people.decider.name, **{"X-Palette": "1"})


def test_drafts_of_banks_are_not_found(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    draft = start_application(bank=bank, by=clerk)
    client.force_login(people.reviewer)
    assert draft.case_number not in found(client, draft.case_number, **{"X-Palette": "1"})[1:].replace(
        f"“{draft.case_number}”", ""
    )


@pytest.mark.parametrize("query", ["\x00", "银\u200b行", "x" * 600, "%", "_", "'"])
def test_odd_queries_find_nothing(client: Client, bank: Bank, people: "People", query: str) -> None:
    client.force_login(people.reviewer)
    assert bank.name not in found(client, query)


def test_search_takes_constant_queries_and_is_bounded(client: Client, people: "People") -> None:
    client.force_login(people.reviewer)
    make_bank("示例银行零", f"TEST{900:014d}")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            found(client, "示例银行")
        return len(seen)

    found(client, "")
    few = cost()
    for number in range(30):
        make_bank(f"示例银行{number}", f"TEST{number:014d}")
    assert cost() == few
    page = found(client, "示例银行", **{"X-Palette": "1"})
    assert page.count("/admin/banks/bank/") == 6 + 1


NAMES = [
    "示例银行（小榄）支行",
    "示例银行〔古镇〕支行",
    "示例银行【东区】支行",
    "示例银行[南区]支行",
    "示例银行—坦洲支行",
    "示例银行ＡＢ支行",
    "示例银行 南头 支行",
    "示例银行　民众支行",
    "示例银行Zs支行",
]


def variants(name: str) -> set[str]:
    """Return how people may type a name."""
    plain = folded(name)
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "z" else one for one in plain)
    brackets = {plain.translate(str.maketrans("()", pair)) for pair in ("（）", "〔〕", "【】", "《》", "[]")}
    return {name, plain, plain.lower(), wide, f" {name} ", plain[2:], *brackets}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_found_however_brackets_width_and_blanks_are_typed(name: str) -> None:
    for number, other in enumerate(NAMES):
        Bank.objects.create(name=other, uscc=f"X{number}", category="city")
    for typed in variants(name):
        found = Search(names=("name",)).find(Bank.objects.all(), typed)
        assert name in [row.name for row in found], typed
        assert len(found) == 1, typed
