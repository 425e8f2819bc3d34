"""Tones of the states of a rectification order."""

import pytest

from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from zsbank.base.cases.turns import Tone
from zsbank.base.pages.states import shown_state


@pytest.mark.parametrize(
    ("state", "staff", "bank"),
    [
        (OrderState.AWAITING_DEADLINE, Tone.YOU, Tone.WAIT),
        (OrderState.OPEN, Tone.WAIT, Tone.YOU),
        (OrderState.REPORTED, Tone.YOU, Tone.WAIT),
        (OrderState.ACCEPTED, Tone.DONE, Tone.DONE),
        (OrderState.LAPSED, Tone.LATE, Tone.LATE),
    ],
)
def test_tone_shows_whose_turn_it_is(state: OrderState, staff: Tone, bank: Tone) -> None:
    order = RectificationOrder(state=state)
    seen = [shown_state(order, staff=officer)["tone"] for officer in (True, False)]
    assert seen == [staff, bank]
