"""Journal entries as people read them: sentences in their language, old → new values, no identifiers."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from banks.outlets.actions.imports import import_outlets, read_import
from banks.outlets.actions.outlets import save_outlet
from banks.outlets.data import OutletData
from banks.outlets.tests.sheets import csv, outlet
from banks.register.actions import demand_second_factor
from banks.register.models import Bank
from tests.walk.test_walk import client_of
from tests.walk.world import World
from zsbank.base.accounts.models import User
from zsbank.base.accounts.sign_in_records import record_sign_in_change
from zsbank.base.journal import actions as journal
from zsbank.base.journal.models import Entry
from zsbank.base.pages import words
from zsbank.base.pages.particulars import lines_of
from zsbank.base.permissions import Verb

pytestmark = pytest.mark.django_db
IDENTIFIER = re.compile(r"[a-z]+_[a-z_]+")
CHINESE = re.compile(r"[一-鿿]")


def said(entry: Entry, language: str) -> str:
    """An entry as a history shows it."""
    with translation.override(language):
        page = render_to_string("components/timeline.html", {"history": [entry], "labelled": True})
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)).strip()


def lines(entry: Entry, language: str) -> dict[str, str]:
    """The data of an entry, by label."""
    with translation.override(language):
        return dict(lines_of(entry))


def test_sentences_and_labels_exist_in_both_languages(world: World) -> None:
    verbs = set()
    for entry in Entry.objects.all():
        verbs.add(entry.verb)
        for language in ("zh-hans", "en"):
            with translation.override(language):
                sentence, labels = words.sentence(entry), [*lines(entry, language)]
            assert not IDENTIFIER.search(sentence.replace(entry.actor_name, "")), sentence
            for label in labels:
                assert not IDENTIFIER.search(label), f"{entry}: {label}"
                assert language == "en" or CHINESE.search(label) or label == "SHA-256", f"{entry}: {label}"
                assert language == "zh-hans" or not CHINESE.search(label), f"{entry}: {label}"
    assert len(verbs) > 15


def test_history_states_person_action_states_and_reason(bank: Bank, clerk: User) -> None:
    entry = journal.record(
        verb=Verb.WITHDRAW_APPLICATION,
        by=clerk,
        subject=bank,
        from_state="applicant",
        to_state="qualified",
        reason="材料有误",
    )
    chinese, english = said(entry, "zh-hans"), said(entry, "en")
    assert chinese.startswith("clerk员撤回申请 示例银行甲")
    assert "申请人 → 有资格" in chinese
    assert chinese.endswith("理由：材料有误")
    assert english.startswith("clerk员 withdrew the application 示例银行甲")
    assert "Applicant → Qualified" in english
    assert english.endswith("Reason: 材料有误")


def test_sweep_entries_name_the_register(bank: Bank) -> None:
    entry = journal.record(verb=Verb.LOCK_OUT, by=None, subject=bank)
    assert said(entry, "zh-hans").startswith("系统认定银行进入五年限制期")
    assert said(entry, "en").startswith("The register recorded that the five-year reapplication bar began")


def test_changes_are_shown_as_old_and_new_by_label(bank: Bank, clerk: User) -> None:
    data = OutletData(name="示例支行", town="小榄镇", address="示例路1号")
    row = save_outlet(bank=bank, outlet=None, data=data, by=clerk)
    new = replace(data, town="古镇镇", windows=3, open_for_card_business=False)
    save_outlet(bank=bank, outlet=row, data=new, by=clerk)
    entry = Entry.objects.latest("pk")
    assert lines(entry, "zh-hans") == {
        "镇街": "小榄镇 → 古镇镇",
        "开放办理社保卡业务": "是 → 否",
        "社保卡业务窗口数": "0 → 3",
    }
    assert lines(entry, "en") == {
        "town": "小榄镇 → 古镇镇",
        "open for card business": "Yes → No",
        "windows for card business": "0 → 3",
    }


def test_boolean_is_shown_as_yes_or_no(bank: Bank, administrator: User) -> None:
    demand_second_factor(bank=bank, demanded=True, by=administrator)
    assert lines(Entry.objects.latest("pk"), "zh-hans") == {"要求本行人员使用二次验证": "否 → 是"}


def test_imported_outlet_changes_are_shown_by_name(bank: Bank, clerk: User) -> None:
    for town in ("小榄镇", "古镇镇"):
        read = read_import(bank=bank, by=clerk, content=csv(outlet(镇街=town)), name="网点.csv")
        import_outlets(read=read, by=clerk, left_out=[])
    entry = Entry.objects.latest("pk")
    found = lines(entry, "zh-hans")
    assert [value for label, value in found.items() if label.endswith("· 镇街")] == ["小榄镇 → 古镇镇"]


def test_choices_are_shown_as_labels(world: World) -> None:
    decided = Entry.objects.filter(verb="decide").latest("pk")
    assert "同意" in "".join(lines(decided, "zh-hans").values())
    record_sign_in_change(person=world.clerk, what="totp_activated")
    assert lines(Entry.objects.latest("pk"), "zh-hans") == {"变更内容": "启用了动态口令"}


def test_every_entry_can_be_opened_at_the_desk(world: World) -> None:
    read = read_import(
        bank=Bank.objects.get(pk=world.own["bank"]), by=world.clerk, content=csv(outlet()), name="网点.csv"
    )
    import_outlets(read=read, by=world.clerk, left_out=[])
    people = [person for role, person in world.staff.items() if role.value == "auditor"]
    client = client_of(people[0])
    for pk in Entry.objects.values_list("pk", flat=True):
        assert client.get(f"/admin/journal/entry/{pk}/change/").status_code == 200
