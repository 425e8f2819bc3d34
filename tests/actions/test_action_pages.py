"""Who acts sees on the action page what they act on, without opening another page."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.utils.html import conditional_escape
from django.utils.translation import override

from tests.actions.examples import actions, examples
from tests.actions.stage import Staged, on_stage
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import action_page
from zsbank.base.pages.facts import facts_of

pytestmark = pytest.mark.django_db
ACTIONS, EXAMPLES = actions(), examples()
OFFERED = {offer.verb for kind in cases() for offer in kind.offers if kind.desk}
TRIED = [name for name in sorted(EXAMPLES) if ACTIONS[name].verb in OFFERED and ACTIONS[name].on]
LED_TO = {waiting.action.verb for kind in cases() for waiting in kind.waiting if waiting.on_action_page}
"""The verbs whose work items lead to an action page."""


def page_and_facts(client: Client, staged: Staged) -> tuple[str, list[Any], Any] | None:
    """Return the action page before the action, the facts and the row of its case; None where it has no page."""
    action, arguments = staged.action, staged.arguments
    row: Any = arguments.get(str(action.on))
    by = arguments["by"]
    kind = next((kind for kind in cases() if kind.model is type(row) and kind.desk), None)
    if by is None or not by.is_staff or kind is None:
        return None
    if action.verb not in {offer.verb for offer in kind.offers}:
        return None
    desk: Any = admin.site.get_model_admin(kind.model)
    client.force_login(by)
    with override("zh-hans"):
        page = client.get(action_page(row, action), headers={"accept-language": "zh-hans"})
        names = desk.facts_for(page.wsgi_request)
        facts = [*facts_of(kind.model._default_manager.get(pk=row.pk), names, desk)]
    return page.content.decode(), facts, row


@on_stage(TRIED)
def test_action_page_shows_the_facts_of_its_case(client: Client, staged: Staged) -> None:
    found = page_and_facts(client, staged)
    if found is None:
        return
    page, facts, _row = found
    for label, value in facts:
        assert conditional_escape(value.split("\n")[0]) in page, (
            f"{staged.name}: {label} is not on the action page"
        )


@on_stage(name for name in EXAMPLES if name.endswith(".give_opinion"))
def test_medical_side_reads_statement_and_official_text_where_it_answers(
    client: Client, staged: Staged
) -> None:
    found = page_and_facts(client, staged)
    assert found is not None
    opinion = found[2]
    assert conditional_escape(opinion.criterion.official_text[:20]) in found[0]
    answer = opinion.application.answers.get(criterion=opinion.criterion)
    assert conditional_escape(answer.text) in found[0]


def test_pages_to_which_work_items_lead_are_tried() -> None:
    assert LED_TO
    assert LED_TO - {ACTIONS[name].verb for name in TRIED} == set()
