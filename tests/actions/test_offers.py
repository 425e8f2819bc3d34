"""What is offered can be done: all declared offers, on all rows that the examples of all actions make."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils.datastructures import MultiValueDict

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from tests.actions.examples import actions, examples
from tests.actions.scene import Scene
from tests.actions.test_every_action import carry_out
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.registry import cases, hearings, letter_kinds
from zsbank.base.pages.hearings import is_adverse
from zsbank.base.refusals import EditConflict, NotYet, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def scene(
    bank: Bank,
    other_bank: Bank,
    edition: PolicyEdition,
    people: "People",
    clerk: User,
    administrator: User,
    stranger: User,
) -> Scene:
    """Who acts, and on what."""
    return Scene(bank, other_bank, edition, people, clerk, administrator, stranger)


def states_of(name: str, scene: Scene) -> Iterator[str]:
    """The register before the example's action and after it."""
    arguments = EXAMPLES[name](scene)
    yield "before"
    carry_out(ACTIONS[name], arguments)
    yield "after"


def rows_of(kind: Case) -> list[Any]:
    """All rows of a kind."""
    return list(kind.model._default_manager.all())


def offered() -> Iterator[tuple[User, Offer, Model]]:
    """Everything that is offered now: to every officer, on every row."""
    officers = list(User.objects.filter(is_staff=True))
    for kind in cases():
        for row in rows_of(kind) if kind.offers else ():
            for person in officers:
                for offer in kind.offers:
                    if staff_may(person, offer.verb) and offer.is_offered(person, row):
                        yield person, offer, row


def choices_of(field: Any) -> list[str]:
    """What can be chosen in a field."""
    return [str(value) for value, _word in field.choices if value not in ("", None)]


def without_choice(form: forms.BaseForm) -> list[str]:
    """The fields that have to be chosen and have nothing to choose from."""
    return [
        name
        for name, field in form.fields.items()
        if field.required and hasattr(field, "choices") and not choices_of(field)
    ]


def filled_in(form: type[forms.BaseForm]) -> forms.BaseForm:
    """The form with something in every field."""
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
    """What carrying it out says against it; nothing is left of it."""
    form = filled_in(offer.form(row))
    if not form.is_valid():
        return None
    before = transaction.savepoint()
    try:
        offer.carry_out(person, type(row)._default_manager.get(pk=row.pk), form.cleaned_data)
    except Refused as refusal:
        return refusal
    finally:
        transaction.savepoint_rollback(before)
    return None


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_nothing_is_offered_that_would_do_nothing(name: str, scene: Scene) -> None:
    seen = set()
    for _when in states_of(name, scene):
        for person, offer, row in offered():
            here = f"{offer.verb} on {row._meta.label} to {person.username}"
            if here in seen:
                continue
            seen.add(here)
            why_not = offer.reason_against(person, row)
            assert why_not or not without_choice(offer.form(row)()), f"{here}: nothing to choose"
            refusal = None if why_not else refusal_of(person, offer, row)
            nothing = isinstance(refusal, WrongState) and not isinstance(refusal, NotYet | EditConflict)
            assert not nothing, f"{here}: {refusal}"


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_what_is_on_a_work_list_can_be_done(name: str, scene: Scene) -> None:
    for _when in states_of(name, scene):
        for person in User.objects.filter(is_staff=True):
            for kind in cases():
                for waiting in kind.waiting:
                    if not waiting.action.is_held(person):
                        continue
                    for item in waiting.rows(person):
                        row = item[0] if isinstance(item, tuple) else item
                        verdict = waiting.action.verdict(person, row)
                        if verdict.has("changed"):
                            continue  # void; the next sweep takes it off the list
                        assert verdict, f"{waiting.action.verb} of {person.username}: {verdict.why_not}"


def test_a_bank_is_heard_before_every_adverse_letter() -> None:
    adverse = {code for code, kind in letter_kinds().items() if kind.adverse}
    heard = {kind.code for case in cases() if case.hearing for kind in case.letters}
    assert adverse
    assert adverse <= heard
    assert len(hearings()) == sum(case.hearing is not None for case in cases())


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_whoever_signs_against_a_bank_sees_the_hearing(name: str, scene: Scene) -> None:
    """Wherever an adverse letter is drafted on an action page, its kind of case declares how the bank is heard."""
    for _when in states_of(name, scene):
        for kind in cases():
            for row in rows_of(kind) if kind.offers else ():
                for offer in kind.offers:
                    if offer.action.is_due(offer.row(row) or row) and is_adverse(offer.drafts(row)):
                        assert kind.hearing is not None, f"{offer.verb} on {row._meta.label}"
