"""Situations that checks look at once are those that are alike in everything on which an action depends."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group

from admission.applications.actions.applications import withdraw_application
from admission.tests.factories import accepted
from banks.register.models import Bank
from tests.actions.scene import Scene
from tests.actions.situations import is_new, names_now, shape_of, situation
from tests.actions.work import unlike_lists, waitings
from tests.undone import undone
from zsbank.base.calendar import clock
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db


def test_each_check_meets_each_situation_once() -> None:
    assert [is_new("a check", 1), is_new("a check", 1), is_new("another check", 1)] == [True, False, True]


def test_state_person_day_role_and_whose_it_is_make_another_situation(scene: Scene) -> None:
    application = accepted(scene.bank, scene.clerk, scene.people)
    rows, known = type(application).objects, [situation()]
    changes: list[Callable[[], object]] = [
        lambda: rows.update(case_officer=scene.people.reviewer),
        lambda: rows.update(case_officer=scene.people.decider),
        lambda: rows.update(state="submitted"),
        lambda: rows.update(submitted_at=clock.now().replace(year=2030)),
        lambda: rows.update(submitted_at=clock.now().replace(year=2031)),
        lambda: rows.update(bank=scene.other_bank),
        lambda: scene.clerk.groups.add(Group.objects.get(name=Role.DECIDER.value)),
    ]
    for change in changes:
        change()
        assert situation() not in known
        known.append(situation())


@pytest.mark.postgres  # where a key is never given twice
def test_what_is_made_again_is_the_same_situation(scene: Scene) -> None:
    def made() -> tuple[Any, ...]:
        with undone():
            application = accepted(Bank.objects.get(pk=scene.bank.pk), scene.clerk, scene.people)
            return application.pk, situation(), shape_of(application, names_now())

    (first, *one), (second, *other) = made(), made()
    assert first != second
    assert one == other


def test_list_is_looked_at_again_where_rows_that_it_reads_are_others(scene: Scene) -> None:
    application = accepted(scene.bank, scene.clerk, scene.people)

    def looked_at() -> set[str]:
        lists = unlike_lists("a check of lists", scene.people.reviewer, waitings(), situation())
        return {name for name, _rows in lists}

    first, second = looked_at(), looked_at()
    assert first > second
    withdraw_application(application=application, by=scene.clerk, reason="示例")
    of_applications = {name for name in first - second if name.startswith("admission.application ")}
    assert of_applications
    assert of_applications <= looked_at()
