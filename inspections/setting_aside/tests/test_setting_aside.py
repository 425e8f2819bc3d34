"""Determinations that are set aside: by two persons, on a document, with a letter; what followed falls with them."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from banks.register.models import Bank
from banks.register.states import Standing
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.actions.orders import lapse
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import (
    DAY,
    DETERMINED,
    DUE,
    HEARD,
    ordered,
    reported,
    swept,
)
from inspections.rectification.tests.factories import (
    proposed as proposed_determination,
)
from inspections.setting_aside.actions.settings_aside import (
    accept_setting_aside,
    propose_setting_aside,
)
from inspections.setting_aside.checks import determinations_agree
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.terms import Basis
from inspections.setting_aside.tests.factories import given, proposed, set_aside
from inspections.verification.tests.factories import accepted
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import action_page, case_page
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.actions import make_file
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]
LATER = DETERMINED + 10 * DAY


def standing(bank: Bank) -> str:
    return str(Bank.objects.get(pk=bank.pk).standing)


def state(order: RectificationOrder) -> str:
    return str(RectificationOrder.objects.get(pk=order.pk).state)


def behind(order: RectificationOrder) -> Determination:
    return Determination.objects.get(order=order)


def done(order: RectificationOrder, people: "People", day: dt.date = LATER) -> SettingAside:
    """Set the determination of an order aside on a day."""
    with clock.playing(day):
        return set_aside(behind(order), by=people.inspector, decided_by=people.second_decider)


def text_of(letter: Letter) -> str:
    return "\n".join(paragraph["text"] for paragraph in letter.data["paragraphs"])


def test_nothing_follows_from_the_proposal(
    order: RectificationOrder, bank: Bank, clerk: User, people: "People"
) -> None:
    Message.objects.all().delete()
    with clock.playing(LATER):
        proposed(behind(order), people.inspector)
    assert (state(order), standing(bank)) == (OrderState.OPEN, Standing.UNDER_RECTIFICATION)
    assert not Message.objects.filter(recipient=clerk).exists()
    assert not Letter.objects.filter(kind="determination_set_aside").exists()


@pytest.mark.parametrize(
    "how_far", [OrderState.OPEN, OrderState.REPORTED, OrderState.ACCEPTED, OrderState.LAPSED]
)
def test_order_is_withdrawn_however_far_it_is(
    order: RectificationOrder, how_far: OrderState, bank: Bank, clerk: User, people: "People"
) -> None:
    day = LATER
    if how_far in (OrderState.REPORTED, OrderState.ACCEPTED):
        reported(order, clerk, DETERMINED + DAY)
    if how_far == OrderState.ACCEPTED:
        with clock.playing(DETERMINED + 2 * DAY):
            accepted(RectificationOrder.objects.get(), people)
    if how_far == OrderState.LAPSED:
        assert swept("lapse", DUE + DAY) == 1
        day = DUE + 2 * DAY
    assert state(order) == how_far

    case = done(order, people, day)

    assert (state(order), standing(bank)) == (OrderState.WITHDRAWN, Standing.QUALIFIED)
    entry = Entry.objects.get(verb="withdraw_order")
    assert (entry.from_state, entry.actor) == (how_far, people.second_decider)
    assert case.case_number in entry.reason
    assert Message.objects.filter(recipient=clerk, key=f"rectification:{order.pk}:withdrawn").exists()


def test_withdrawn_order_neither_lapses_nor_takes_a_report(
    order: RectificationOrder, clerk: User, people: "People"
) -> None:
    done(order, people)
    assert swept("lapse", DUE + DAY) == 0
    with clock.playing(DUE + DAY), pytest.raises(WrongState):
        lapse(order=order, by=people.inspector)
    with pytest.raises(WrongState):
        reported(order, clerk, LATER + DAY)


def test_bank_stays_under_another_order(order: RectificationOrder, bank: Bank, people: "People") -> None:
    other = ordered(bank, people, DETERMINED + 3 * DAY)
    done(order, people)
    assert (state(order), state(other)) == (OrderState.WITHDRAWN, OrderState.OPEN)
    assert standing(bank) == Standing.UNDER_RECTIFICATION


def test_determination_keeps_who_made_it_and_when(order: RectificationOrder, people: "People") -> None:
    before = Determination.objects.values_list().get()
    done(order, people)
    after = Determination.objects.values_list().get()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [("made", "set_aside")]
    entry = last_transition(Determination.objects.get())
    assert entry is not None
    assert (entry.verb, entry.from_state, entry.to_state) == ("set_aside_determination", "made", "set_aside")
    assert list(determinations_agree()) == []


def test_same_facts_can_be_determined_anew(order: RectificationOrder, bank: Bank, people: "People") -> None:
    done(order, people)
    with clock.playing(LATER + DAY):
        again = proposed_determination(bank, by=people.inspector)
    with clock.playing(LATER + DAY + HEARD):
        make_determination(determination=again, by=people.decider)
    assert standing(bank) == Standing.UNDER_RECTIFICATION
    assert RectificationOrder.objects.filter(state=OrderState.OPEN).count() == 1


def test_letter_says_what_is_set_aside_on_what_and_what_follows(
    order: RectificationOrder, people: "People"
) -> None:
    letter = done(order, people).letter
    assert letter is not None
    text = text_of(letter)
    assert (letter.title, letter.signed_by) == ("关于撤销对示例银行甲所作认定的函", people.second_decider)
    for words in (
        "我局2025年3月3日作出的关于你行不再满足准入条件的认定",
        "CX-2025-0001",
        "撤销上述认定。",
        f"责令限期整改的函（{order.letter}）同时撤回",
        "人民法院裁判文书（（2026）示例行终7号，2025年3月13日）",
        "认定的主要证据不足。",
        "你行的发卡资格继续有效",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (Basis.RECONSIDERATION, "依据：行政复议决定（"),
        (Basis.JUDGMENT, "依据：人民法院裁判文书（"),
        (Basis.OWN_MOTION, "依据：我局自行纠正（"),
    ],
)
def test_letter_names_each_basis(
    order: RectificationOrder, basis: Basis, words: str, people: "People"
) -> None:
    with clock.playing(LATER):
        case = proposed(behind(order), people.inspector, basis=basis)
        accept_setting_aside(setting_aside=case, by=people.decider)
    assert words in text_of(Letter.objects.get(kind="determination_set_aside"))


def test_bank_gets_message_and_letter_deciders_and_proposer_are_told(
    order: RectificationOrder, clerk: User, administrator: User, people: "People"
) -> None:
    case = done(order, people)
    for person in (clerk, administrator):
        told = Message.objects.get(recipient=person, title="有关贵行的认定已撤销")
        assert str(case.letter) in told.body
        assert people.second_decider.name not in told.body
    asked = Message.objects.filter(title="撤销认定待决定").values_list("recipient", flat=True)
    assert set(asked) == {people.decider.pk, people.second_decider.pk}
    assert Message.objects.filter(recipient=people.inspector, title="认定已撤销").exists()


def test_determination_and_letter_say_that_it_was_set_aside(
    client: Client, order: RectificationOrder, people: "People"
) -> None:
    case = done(order, people)
    assert case.letter is not None
    client.force_login(people.inspector)
    of_determination = client.get(case_page(behind(order))).content.decode()
    assert order.letter is not None
    of_letter = client.get(case_page(order.letter)).content.decode()
    of_order = client.get(case_page(order)).content.decode()
    for text in (of_determination, of_letter, of_order):
        assert case_page(case) in text
    assert case_page(case.letter) in of_determination
    assert case_page(case.letter) in of_letter
    assert "该函所依据的认定已撤销" in of_letter
    for words in ("已撤销", "（2026）示例行终7号", "判决书.pdf", "法院裁判"):
        assert words in of_determination, words
    own = client.get(case_page(case)).content.decode()
    assert "判决书.pdf" in own
    assert str(case.letter) in own


def test_proposing_and_accepting_at_the_desk(
    client: Client, order: RectificationOrder, people: "People"
) -> None:
    client.force_login(people.inspector)
    entered = given() | {"document": SimpleUploadedFile("判决书.pdf", small_pdf())}
    del entered["document_name"]
    page = action_page(behind(order), propose_setting_aside)
    answer = client.post(page, entered, follow=True).content.decode()
    case = SettingAside.objects.get()
    assert case.case_number in answer
    client.force_login(people.decider)
    page = action_page(case, accept_setting_aside)
    text = client.get(page).content.decode()
    for words in (
        "关于撤销对示例银行甲所作认定的函",
        "（2026）示例行终7号",
        "认定的主要证据不足。",
        "整改通知：",
    ):
        assert words in text, words
    client.post(page, {"remark": "已核。"})
    assert Determination.objects.get().state == DeterminationState.SET_ASIDE


def test_bank_finds_the_letter_at_its_order_and_nothing_before(
    client: Client, order: RectificationOrder, clerk: User, people: "People"
) -> None:
    with clock.playing(LATER):
        case = proposed(behind(order), people.inspector)
    client.force_login(clerk)
    page = f"/rectification/{order.pk}/"
    assert case.case_number not in client.get(page).content.decode()
    with clock.playing(LATER):
        case = accept_setting_aside(setting_aside=case, by=people.decider)
    assert case.letter is not None
    make_file(case.letter.pk)
    text = client.get(page).content.decode()
    assert f"/bank/letters/{case.letter.pk}/" in text
    assert str(case.letter) in client.get("/bank/letters/").content.decode()
