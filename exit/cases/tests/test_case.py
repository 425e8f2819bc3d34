"""Tones of the states of an exit case."""

from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from zsbank.base.cases.turns import Tone
from zsbank.base.pages.states import shown_state


def tones(state: ExitState) -> tuple[str, str]:
    """The tone of a state to officers, and to the bank's people."""
    case = ExitCase(state=state)
    return shown_state(case, staff=True)["tone"], shown_state(case, staff=False)["tone"]


def test_tone_shows_signed_as_done_and_proposed_as_officers_turn() -> None:
    assert tones(ExitState.SIGNED) == (Tone.DONE, Tone.DONE)
    assert tones(ExitState.PROPOSED) == (Tone.YOU, Tone.WAIT)
