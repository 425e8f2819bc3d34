"""The shown state of a row: every declared state, from both sides, and none by its bare word alone."""

import pytest
from django.contrib.auth.models import Group

from zsbank.base.actions.rows import state_field_of
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import SHAPES, Tone
from zsbank.base.pages.states import shown_state

WITH_STATES = [case for case in cases() if case.states and state_field_of(case.model)]


def in_state(case: Case, state: str) -> dict[str, dict[str, str]]:
    """A row of the case in a state, as both sides see it."""
    field = state_field_of(case.model)
    row = case.model()
    row.__dict__[field] = state
    return {side: shown_state(row, staff=side == "staff") for side in ("staff", "bank")}


@pytest.mark.parametrize("case", WITH_STATES, ids=lambda case: case.key)
def test_every_state_has_tone_shape_and_label_on_both_sides(case: Case) -> None:
    for state, declared in case.states.items():
        shown = in_state(case, state)
        assert shown["staff"]["tone"] == declared.turn.staff
        assert shown["bank"]["tone"] == declared.turn.bank
        for side in shown.values():
            assert side["shape"] == SHAPES[Tone(side["tone"])]
            assert side["label"]
            assert side["label"] != state


@pytest.mark.parametrize("case", WITH_STATES, ids=lambda case: case.key)
def test_every_state_of_the_model_is_declared(case: Case) -> None:
    field = case.model._meta.get_field(state_field_of(case.model))
    choices: list[tuple[str, str]] = list(field.flatchoices)  # type: ignore[union-attr]
    assert {value for value, _label in choices} == {str(state) for state in case.states}


def test_same_word_has_the_tone_of_its_own_case() -> None:
    by_key = {case.key: case for case in cases()}
    assert in_state(by_key["exit.exitcase"], "signed")["staff"]["tone"] == "done"
    assert in_state(by_key["letters.letter"], "signed")["staff"]["tone"] != "done"


def test_undeclared_model_is_an_error() -> None:
    with pytest.raises(LookupError, match="declared in no"):
        shown_state(Group(), staff=True)
