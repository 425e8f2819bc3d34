"""Pages of the portal say what is asked and offer what can be done now, to whom it can be done, and nothing else."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from admission.review.actions.supplements import record_remark, request_supplement
from admission.tests.factories import submitted
from banks.hearings.tests.factories import given_notice
from banks.members.models import Member
from exit.cases.actions.grounds import file_exit_application, open_exit_case
from exit.cases.tests.factories import pdf_file
from inspections.determinations.tests.factories import determination
from inspections.rectification.tests.factories import qualified
from tests.actions.scene import Scene
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.letters.actions import make_file
from zsbank.base.letters.models import Letter

pytestmark = pytest.mark.django_db
FORM = '<textarea name="text"'
PASSED = '<p class="prose muted">陈述、申辩应于'


def page(person: User, name: str, *args: int) -> str:
    """Return a page of the portal in Chinese."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_administrator_can_remove_colleagues_and_not_themselves(scene: Scene) -> None:
    shown = page(scene.administrator, "banks:members")
    links = {
        member.user: [
            f'href="{reverse(name, args=[member.pk])}"' in shown
            for name in ("banks:change_role", "banks:remove_member")
        ]
        for member in Member.objects.filter(bank=scene.bank)
    }
    assert links == {scene.clerk: [True, True], scene.administrator: [False, False]}


def test_statement_can_be_entered_until_the_last_day(scene: Scene) -> None:
    with clock.playing(dt.date(2026, 9, 22)):
        notice = given_notice(scene.bank, scene.people.reviewer)
    for day, has_form in ((dt.date(2026, 9, 30), True), (dt.date(2026, 10, 1), False)):
        with clock.playing(day):
            shown = page(scene.clerk, "banks:notice", notice.pk)
        assert (FORM in shown) == has_form
        assert (PASSED in shown) == (not has_form)


def test_only_the_administrator_can_file_an_exit_application(scene: Scene) -> None:
    qualified(scene.bank, scene.people.decider)
    link = f'href="{reverse("exit:apply")}"'
    assert link in page(scene.administrator, "exit:standing")
    assert link not in page(scene.clerk, "exit:standing")


def test_exit_case_can_be_withdrawn_if_it_is_the_bank_s_own(scene: Scene) -> None:
    held = qualified(scene.bank, scene.people.decider)
    own = file_exit_application(
        bank=scene.bank,
        by=scene.administrator,
        statement="申请终止合作。",
        document=pdf_file(),
        document_name="申请书.pdf",
    )
    assert offers_withdrawal(scene.administrator, own.pk) == [True, True]
    assert offers_withdrawal(scene.clerk, own.pk) == [False, False]
    own.__class__.objects.filter(pk=own.pk).update(state="withdrawn")
    assert offers_withdrawal(scene.administrator, own.pk) == [False, False]
    found = determination(held, by=scene.people.inspector, decided_by=scene.people.decider)
    bureaus = open_exit_case(determination=found, by=scene.people.inspector)
    assert offers_withdrawal(scene.administrator, bureaus.pk) == [False, False]


def offers_withdrawal(person: User, case: int) -> list[bool]:
    """Return whether the list and the page of an exit case lead to its withdrawal."""
    link = f'href="{reverse("exit:withdraw", args=[case])}"'
    return [link in page(person, "exit:standing"), link in page(person, "exit:case", case)]


def test_supplement_page_says_what_is_missing(scene: Scene) -> None:
    application = submitted(scene.bank, scene.clerk)
    criterion = application.edition.criteria.get(number=1)
    record_remark(application=application, criterion=criterion, by=scene.people.intake, text="章程缺第三页。")
    request_supplement(application=application, by=scene.people.intake)
    for name in ("admission:supplement", "admission:task_list"):
        assert "章程缺第三页。" in page(scene.clerk, name, application.pk)


def test_letter_is_linked_once_it_has_its_file(scene: Scene) -> None:
    notice = given_notice(scene.bank, scene.people.reviewer)
    assert notice.letter_id is not None
    link = f'href="{reverse("banks:letter", args=[notice.letter_id])}'
    assert link not in page(scene.clerk, "banks:letters")
    make_file(notice.letter_id)
    assert Letter.objects.get().is_issued
    assert link in page(scene.clerk, "banks:letters")
