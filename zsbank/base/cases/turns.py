"""Whose turn it is in a state, as tone and shape: not by colour alone, and not the same for both sides."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise


class Tone(StrEnum):
    """How a state looks; the style sheets use the same names."""

    DONE = "done"
    WAIT = "wait"
    YOU = "you"
    STOP = "stop"
    LATE = "late"
    NONE = "none"


SHAPES: dict[Tone, str] = {
    Tone.DONE: "●",
    Tone.WAIT: "◐",
    Tone.YOU: "▲",
    Tone.STOP: "■",
    Tone.LATE: "▲",
    Tone.NONE: "○",
}


@dataclass(frozen=True)
class Turn:
    """The tone of a state for officers and for the bank's users."""

    staff: Tone
    bank: Tone


BANKS_TURN = Turn(staff=Tone.WAIT, bank=Tone.YOU)
BUREAUS_TURN = Turn(staff=Tone.YOU, bank=Tone.WAIT)
WAITING = Turn(staff=Tone.WAIT, bank=Tone.WAIT)
DONE = Turn(staff=Tone.DONE, bank=Tone.DONE)
STOPPED = Turn(staff=Tone.STOP, bank=Tone.STOP)
FAILED = Turn(staff=Tone.LATE, bank=Tone.LATE)
NOT_BEGUN = Turn(staff=Tone.NONE, bank=Tone.NONE)


@dataclass(frozen=True)
class Shown:
    """How a state is shown.

    Args:
        turn: whose turn it is.
        staff: the label at the desk; by default that of the model's choices.
        bank: the label in the portal; by default that at the desk.
        next: what is next, for lists at the desk; empty when the case is over.
        then: what the bureau does next where nothing waits for a person; told to the bank.
    """

    turn: Turn
    staff: Text = ""
    bank: Text = ""
    next: Text = ""
    then: Text = ""
