"""Every offered action can be done: all declared offers, on all rows of the examples."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import mark_safe

from banks.hearings.actions import answer_statement, state_case
from banks.hearings.models import PriorNotice
from banks.register.models import Bank
from tests.actions import columns
from tests.actions.examples import actions, examples, heard
from tests.actions.scene import Scene
from tests.actions.situations import (
    Shape,
    Situation,
    is_new,
    names_now,
    new_states_of,
    shape_of,
    situation_of,
)
from tests.actions.stage import Staged, on_stage
from tests.actions.work import unlike_lists, waitings
from tests.undone import undone
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.registry import case_of, cases, hearings, letter_kinds
from zsbank.base.cases.urls import action_page
from zsbank.base.pages.hearings import is_adverse
from zsbank.base.pages.list_offers import offers_on_list
from zsbank.base.permissions import Verb
from zsbank.base.refusals import EditConflict, NotYet, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()
HEARD = heard()
PDF = b"%PDF-1.4\n%%EOF"
MANY = 20


def rows_of(kind: Case) -> list[Any]:
    """Return the rows of a case; of criteria and years of holidays, which all examples have, the first and newest."""
    rows = list(kind.model._default_manager.order_by("pk"))
    return rows if len(rows) <= MANY else [rows[0], *rows[-3:]]


def offered() -> Iterator[tuple[User, Offer, Model, Shape]]:
    """Yield everything that is offered now to any officer on any row, with the shape of the row."""
    officers, names = list(User.objects.filter(is_staff=True)), names_now()
    for kind in cases():
        held = [(one, offer) for one in officers for offer in kind.offers if staff_may(one, offer.verb)]
        for row in rows_of(kind) if held else ():
            shape = shape_of(row, names)
            for person, offer in held:
                if offer.is_offered(person, row):
                    yield person, offer, row, shape


def choices_of(field: Any) -> list[str]:
    """Return the choices of a field."""
    return [str(value) for value, _word in field.choices if value not in ("", None)]


def without_choice(form: forms.BaseForm) -> list[str]:
    """Return the required fields without any choice."""
    return [
        name
        for name, field in form.fields.items()
        if field.required and hasattr(field, "choices") and not choices_of(field)
    ]


def filled_in(form: type[forms.BaseForm]) -> forms.BaseForm:
    """Return the form with a value in every field."""
    data: dict[str, Any] = {}
    files: MultiValueDict[str, Any] = MultiValueDict()
    for name, field in form().fields.items():
        if isinstance(field, forms.FileField):
            files[name] = SimpleUploadedFile("示例.pdf", PDF)
        elif hasattr(field, "choices"):
            given = choices_of(field)
            many = isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField)
            other = given[len(data) % len(given)] if given else ""
            data[name] = given[:1] if many else other
        elif isinstance(field, forms.DateField):
            data[name] = clock.today().isoformat()
        else:
            data[name] = "1" if isinstance(field, forms.DecimalField | forms.IntegerField) else "示例"
    return form(data, files)


def refusal_of(person: User, offer: Offer, row: Model) -> Refused | None:
    """Return the refusal of the action, if any; roll back its effects."""
    form = filled_in(offer.form(row))
    if not form.is_valid():
        return None
    with undone():
        try:
            offer.carry_out(person, type(row)._default_manager.get(pk=row.pk), form.cleaned_data)
        except Refused as refusal:
            return refusal
    return None


def offered_actions_can_be_done(seen: set[str]) -> None:
    """Check each offer to each person once, and on each row of another shape: it says why not, or can be done."""
    for person, offer, row, shape in offered():
        here = f"{offer.verb} on {row._meta.label} to {person.username}"
        if not is_new(here, shape) and here in seen:
            continue
        seen.add(here)
        why_not = offer.reason_against(person, row)
        assert why_not or not without_choice(offer.form(row)()), f"{here}: nothing to choose"
        refusal = None if why_not else refusal_of(person, offer, row)
        nothing = isinstance(refusal, WrongState) and not isinstance(refusal, NotYet | EditConflict)
        assert not nothing, f"{here}: {refusal}"


def work_items_can_be_done(situation: Situation) -> None:
    """Check that nobody's work list holds what they cannot do."""
    known = waitings()
    for person in User.objects.filter(is_staff=True):
        for name, rows in unlike_lists("offers", person, known, situation):
            waiting = known[name]
            for item in rows:
                row = item[0] if isinstance(item, tuple) else item
                verdict = waiting.action.verdict(person, row)
                if verdict.has("changed"):
                    continue  # void; the next sweep takes it off the list
                assert verdict, f"{waiting.action.verb} of {person.username}: {verdict.why_not}"


def offered_on_lists() -> Iterator[tuple[User, Offer]]:
    """Yield everything that is offered now to any officer on any list."""
    for person in User.objects.filter(is_staff=True):
        for kind in cases():
            for offer in offers_on_list(person, kind):
                yield person, offer


def actions_on_lists_have_something_to_select() -> None:
    """Check that no action of a list leads to an empty choice."""
    for person, offer in offered_on_lists():
        assert not without_choice(offer.form(None)()), f"{offer.verb} to {person.username}"


@on_stage(EXAMPLES)
def test_everything_offered_can_be_done(staged: Staged) -> None:
    seen: set[str] = set()
    for when in new_states_of(staged, "offers"):
        offered_actions_can_be_done(seen)
        work_items_can_be_done(situation_of(staged, when))
        actions_on_lists_have_something_to_select()
        assert list(columns.faults(MANY)) == []


def test_empty_register_offers_no_action_on_what_is_not_there(people: "People") -> None:
    offered = {offer.verb for _person, offer in offered_on_lists()}
    assert Verb.REGISTER_BANK in offered
    assert not offered & {Verb.OPEN_EXIT_CASE, Verb.RECORD_ASSESSMENT}


def test_every_adverse_letter_has_hearing() -> None:
    adverse = {code for code, kind in letter_kinds().items() if kind.adverse}
    heard = {kind.code for case in cases() if case.hearing for kind in case.letters}
    assert adverse
    assert adverse <= heard
    assert len(hearings()) == sum(case.hearing is not None for case in cases())


def adverse_offers(case: Any) -> list[Offer]:
    """Return the actions with which somebody signs against the bank."""
    kind = case_of(type(case))
    offers = kind.offers if kind else ()
    rows = [(offer, offer.row(case)) for offer in offers]
    due = [offer for offer, row in rows if row is not None and offer.action.is_due(row)]
    return [offer for offer in due if is_adverse(offer.drafts(case))]


@pytest.mark.parametrize("key", sorted(HEARD))
def test_signer_of_adverse_letter_reads_the_hearing_on_the_page(
    key: str, scene: Scene, client: Client
) -> None:
    case: Any = HEARD[key](scene)
    notice = PriorNotice.objects.get()
    state_case(notice=notice, text="示例陈述：网点已恢复。", by=scene.clerk)
    notice.refresh_from_db()
    officers = User.objects.filter(is_staff=True)
    other = next(one for one in officers if answer_statement.verdict(one, notice))
    answer_statement(notice=notice, text="示例答复：经复核不采纳。", by=other)
    case.refresh_from_db()
    offers = adverse_offers(case)
    assert offers
    for offer in offers:
        signer = next(one for one in officers if staff_may(one, offer.verb) and offer.is_offered(one, case))
        client.force_login(signer)
        page = client.get(action_page(case, offer.action)).content.decode()
        said = [str(notice.letter), "示例陈述：网点已恢复。", "示例答复：经复核不采纳。", other.name]
        assert [words for words in said if words not in page] == [], f"{offer.verb}"


def test_every_adverse_letter_is_signed_in_an_example(scene: Scene) -> None:
    signed = {
        draft.letter.kind
        for make in HEARD.values()
        for case in [make(scene)]
        for offer in adverse_offers(case)
        for draft in offer.drafts(case)
    }
    assert {code for code, kind in letter_kinds().items() if kind.adverse} <= signed


def test_control_markup_as_text_and_number_in_words_are_found(scene: Scene) -> None:
    desk = admin.site._registry[Bank]
    wrong = {
        "<span>逾期</span>": "shows its markup",
        "1,234.50": "is text in files",
        mark_safe("<b>甲</b>"): "",
    }
    for said, fault in wrong.items():
        found = list(columns.faults_of(desk, scene.bank, lambda _row, said=said: said))
        assert [fault in line for line in found] == [True] * bool(fault)
