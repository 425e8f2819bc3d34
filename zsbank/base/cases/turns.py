"""Whose turn it is in a state, as tone and shape: never told by colour alone, never the same to both sides."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise


class Tone(StrEnum):
    """How a state looks; the style sheets know these words."""

    DONE = "done"
    WAIT = "wait"
    YOU = "you"
    STOP = "stop"
    LATE = "late"


SHAPES: dict[Tone, str] = {
    Tone.DONE: "●",
    Tone.WAIT: "◐",
    Tone.YOU: "▲",
    Tone.STOP: "■",
    Tone.LATE: "▲",
}


@dataclass(frozen=True)
class Turn:
    """The tone of a state to officers, and to the bank's people."""

    staff: Tone
    bank: Tone


BANKS_TURN = Turn(staff=Tone.WAIT, bank=Tone.YOU)
BUREAUS_TURN = Turn(staff=Tone.YOU, bank=Tone.WAIT)
WAITING = Turn(staff=Tone.WAIT, bank=Tone.WAIT)
DONE = Turn(staff=Tone.DONE, bank=Tone.DONE)
STOPPED = Turn(staff=Tone.STOP, bank=Tone.STOP)
FAILED = Turn(staff=Tone.LATE, bank=Tone.LATE)


@dataclass(frozen=True)
class Shown:
    """A state as people see it.

    Args:
        turn: whose turn it is.
        staff: the word at the desk; that of the model's choices where empty.
        bank: the word in the portal; as at the desk where empty.
    """

    turn: Turn
    staff: Text = ""
    bank: Text = ""
