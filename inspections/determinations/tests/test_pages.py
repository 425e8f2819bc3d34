"""What proposer, decider and confirmer see of a determination at the desk."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from inspections.determinations.actions.proposals import (
    decline_determination,
)
from inspections.determinations.models import Determination
from inspections.rectification.actions.determinations import confirm_determination, make_determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import DAY, DETERMINED, DUE
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import action_page, case_page

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]

FACTS = "三乡支行停止受理补换卡业务。"


def test_decider_sees_what_is_decided(client: Client, open_proposal: Determination, people: "People") -> None:
    client.force_login(people.decider)
    with clock.playing(DETERMINED):
        text = client.get(action_page(open_proposal, make_determination)).content.decode()
    for words in (
        FACTS,
        open_proposal.criteria.get().official_text.splitlines()[0],
        open_proposal.document.name,
        "2025-09-03",
        "民法典第202条",
        "关于责令示例银行甲限期整改的函",
        str(people.inspector),
    ):
        assert words in text, words


def test_confirmer_sees_the_days_left(client: Client, on_paper: Determination, people: "People") -> None:
    client.force_login(people.decider)
    with clock.playing(DUE - 3 * DAY):
        text = client.get(action_page(on_paper, confirm_determination)).content.decode()
    assert "只剩3天" in text
    assert str(people.second_decider) in text
    with clock.playing(DUE + DAY):
        text = client.get(action_page(on_paper, confirm_determination)).content.decode()
    assert text.index("现在不能办理") < text.index(FACTS)


def test_proposer_reads_state_and_reason(
    client: Client, open_proposal: Determination, people: "People"
) -> None:
    decline_determination(determination=open_proposal, by=people.decider, reason="仅停办一日。")
    client.force_login(people.inspector)
    text = client.get(case_page(open_proposal)).content.decode()
    assert "仅停办一日。" in text
    assert "不予认定" in text


def test_determination_order_and_criteria_are_linked(
    client: Client, open_proposal: Determination, people: "People"
) -> None:
    with clock.playing(DETERMINED):
        make_determination(determination=open_proposal, by=people.decider)
    order, criterion = RectificationOrder.objects.get(), open_proposal.criteria.get()
    client.force_login(people.inspector)
    of_determination = client.get(case_page(open_proposal)).content.decode()
    of_order = client.get(case_page(order)).content.decode()
    assert case_page(order) in of_determination
    assert case_page(open_proposal) in of_order
    for text in (of_determination, of_order):
        assert f'<a href="{case_page(criterion)}">{criterion}</a>' in text
