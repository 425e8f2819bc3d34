"""Drafting the next edition in a browser: adding, moving and dropping criteria."""

import datetime as dt
from collections.abc import Callable

import pytest

from admission.applications.actions.applications import start_application
from admission.editions.actions import draft_edition, publish_edition
from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from tests.browser.person import PASSWORD, Person
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("officers"),
]


def test_drafted_criteria_are_answered_in_the_portal(
    at_desk: Callable[[str], Person],
    on: Callable[[dt.date], None],
    bank: Bank,
    clerk: User,
    edition: PolicyEdition,
) -> None:
    clerk.set_password(PASSWORD)
    clerk.save(update_fields=["password"])
    draft = draft_edition(
        source=edition, slug="next", name="下一版准入机制", by=User.objects.get(username="reviewer")
    )
    officer = at_desk("reviewer").sign_in()
    desk = "/admin/admission/policyedition"
    officer.open(f"{desk}/{draft.pk}/change/")
    officer.press("增加一条")
    officer.fill(slug="digital-card", number="3", group="qualification")
    officer.fill(title_zh="电子社保卡", title_en="Digital card", official_text="须支持电子社保卡。")
    officer.fill(guidance_zh="请选择实现方式。", guidance_en="Choose how it is done.")
    officer.fill(**{"facts-0-label_zh": "实现方式", "facts-0-label_en": "How it is done"})
    officer.fill(**{"facts-0-kind": "choice", "facts-0-choices": "app | 手机银行"})
    officer.press("增加一条")
    assert "不是“值 | 中文 | 英文”的形式" in officer.text()
    officer.picture("edition-criterion-refused")
    officer.fill(**{"facts-0-choices": "app | 手机银行 | In the app\nh5 | 网页 | On the web"})
    officer.press("增加一条")
    added = draft.criteria.get(slug="digital-card")
    officer.open(f"/admin/admission/criterion/{added.pk}/change/")
    officer.picture("edition-criterion")
    officer.press("修改本条")
    officer.picture("edition-criterion-form")
    officer.press("修改本条")
    officer.press("删去本条")
    officer.fill(criterion=str(draft.criteria.get(slug="own-connection-costs").pk))
    officer.picture("edition-criterion-drop")
    officer.press("删去一条")
    officer.open(f"{desk}/{draft.pk}/change/")
    officer.picture("edition-draft")
    officer.open(f"{desk}/{draft.pk}/compare/")
    officer.picture("edition-compare")

    tomorrow = clock.today() + dt.timedelta(days=1)
    publish_edition(edition=draft, valid_from=tomorrow, by=User.objects.get(username="decider"))
    on(tomorrow)
    application = start_application(bank=bank, by=clerk)
    person = at_desk("clerk").sign_in()
    person.open(f"/applications/{application.pk}/criteria/{added.number}/")
    person.fill(fact_how_it_is_done="h5", text="已支持。")
    person.press("保存并留在本页")
    assert application.answers.get().facts == {"how_it_is_done": "h5"}
    person.picture("criterion-added")
    agreement = draft.criteria.get(slug="confidentiality")
    person.open(f"/applications/{application.pk}/criteria/{agreement.number}/")
    person.picture("criterion-may-follow")
    person.open(f"/applications/{application.pk}/criteria/7/")
    person.picture("criterion-undertaking")
    person.open(f"/applications/{application.pk}/")
    person.picture("task-list-next-edition")
